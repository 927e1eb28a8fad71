import assert from 'node:assert/strict';
import dns from 'node:dns';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { lookupThrough } from '../../src/resolve/resolver.ts';

const addresses: Readonly<Record<string, readonly string[]>> = { 'sql.example': ['127.0.0.1', '::1'] };

const lookup = lookupThrough(async (name) => {
  const found = addresses[name];
  if (found === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  return found;
}, dns.lookup);

/** What a callback gets, as a list. */
const asked = (name: string, ...options: readonly unknown[]): Promise<readonly unknown[]> =>
  new Promise((resolve) => {
    const ask = lookup as unknown as (...values: readonly unknown[]) => void;
    ask(name, ...options, (...answer: readonly unknown[]) => resolve(answer));
  });

for (const [options, answer] of [
  [[], [null, '127.0.0.1', 4]],
  [[6], [null, '::1', 6]],
  [[{ family: 'IPv6' }], [null, '::1', 6]],
  [[{ family: 0 }], [null, '127.0.0.1', 4]],
  [
    [{ all: true }],
    [
      null,
      [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ],
    ],
  ],
] as const) {
  test(`dns.lookup with ${JSON.stringify(options)}`, async () =>
    assert.deepEqual(await asked('sql.example', ...options), answer));
}

test('a name that is not there is an error with its name', async () => {
  const [error] = await asked('nobody.example', { all: true });
  assert.ok(error instanceof Error);
  assert.deepEqual({ ...error }, { code: 'ENOTFOUND', hostname: 'nobody.example' });
});

test("what connects by itself connects through it: Node's own HTTP client", async (context) => {
  const server = http.createServer((_, response) => response.end('here')).listen(0, '127.0.0.1');
  context.after(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const request = http.get({ host: 'sql.example', port: address.port, lookup, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  assert.equal((await response.toArray()).join(''), 'here');
});
