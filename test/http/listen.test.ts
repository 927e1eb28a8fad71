import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { listen } from '../../src/http/listen.ts';
import { sqlServer } from '../link/server-state.ts';
import { stateOf } from '../metrics/series.ts';
import { sendRaw, startService } from './service.ts';

const state = stateOf([sqlServer()]);
const nothing = { http1: (): void => undefined, http2: (): void => undefined };
const nothingToPrepare = async (): Promise<void> => undefined;

describe('requests that are none', () => {
  const cases: Readonly<Record<string, readonly [string, RegExp]>> = {
    'not HTTP': ['\x16\x03\x01\x02\x00\x01\r\n\r\n', /^HTTP\/1\.1 400 /],
    'a header without a colon': ['GET /metrics HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n', /^HTTP\/1\.1 400 /],
    'no host': ['GET /metrics HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    'two lengths': [
      'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    'headers beyond the limit': [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(9000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    'an address beyond the limit': [`GET /${'a'.repeat(9000)} HTTP/1.1\r\nHost: a\r\n\r\n`, /^HTTP\/1\.1 431 /],
  };
  for (const [name, [request, expected]] of Object.entries(cases)) {
    test(name, async (context) => {
      const { port, url } = await startService(context, { state });
      assert.match(await sendRaw(port, request), expected);
      assert.equal((await fetch(`${url}/-/healthy`)).status, 200);
    });
  }
});

test('a client that never ends its headers is cut off', async (context) => {
  const limits = { headersTimeoutMilliseconds: 50, requestTimeoutMilliseconds: 60 };
  const { port } = await startService(context, { state, limits });
  assert.match(await sendRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '), /^HTTP\/1\.1 408 /);
});

test('for a connection beyond the limit an unused one is closed', async (context) => {
  const { port, url } = await startService(context, { state, limits: { connections: 1 } });
  const first = connect(port, '127.0.0.1');
  // An answer shows that the service holds the connection.
  first.write('GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(first, 'data');
  const closed = once(first, 'close');
  assert.equal((await fetch(`${url}/-/healthy`)).status, 200);
  await closed;
});

test('every address given is served, and port 0 is replaced by the one taken', async (context) => {
  const here = {
    http1: (_request: unknown, response: ServerResponse) => void response.end('here\n'),
    http2: nothing.http2,
  };
  const { addresses, close } = await listen(here, [
    { host: '127.0.0.1', port: 0 },
    { host: 'localhost', port: 0 },
    { host: null, port: 0 },
  ]);
  context.after(close);
  assert.deepEqual(
    addresses.map(({ host }) => host),
    ['127.0.0.1', 'localhost', null],
  );
  for (const { host, port } of addresses) {
    assert.notEqual(port, 0);
    const response = await fetch(`http://${host ?? '127.0.0.1'}:${port}/`);
    assert.equal(await response.text(), 'here\n');
  }
});

describe('an address that can not be used is told in words', () => {
  test('in use; the addresses before it are given back', async (context) => {
    const taken = await listen(nothing, [{ host: '127.0.0.1', port: 0 }]);
    context.after(taken.close);
    const free = await listen(nothing, [{ host: '127.0.0.1', port: 0 }]);
    await free.close();
    const addresses = [...free.addresses, ...taken.addresses];
    await assert.rejects(listen(nothing, addresses), {
      message: `can't listen on 127.0.0.1:${addresses[1]?.port}: the port is in use; stop the program that has it or give another one with --web.listen-address`,
    });
    await (await listen(nothing, free.addresses)).close();
  });

  test('not of this machine', async () => {
    await assert.rejects(listen(nothing, [{ host: '192.0.2.1', port: 0 }]), {
      message: "can't listen on 192.0.2.1:0: the address is not one of this machine",
    });
  });
});

test('closing ends unused connections at once and lets an answer under way finish', {
  timeout: 30_000,
}, async (context) => {
  const answer = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const page = {
    prepare: nothingToPrepare,
    answer: async (): Promise<{ contentType: string; contentEncoding: null; body: readonly Buffer[] }> => {
      asked.resolve();
      await answer.promise;
      return { contentType: 'text/plain', contentEncoding: null, body: [Buffer.from('whole\n')] };
    },
  };
  const limits = { closeGraceMilliseconds: 600_000 };
  const { url, port, close } = await startService(context, { state, page, limits });
  const idle = connect(port, '127.0.0.1');
  idle.write('GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(idle, 'data');
  const scrape = fetch(`${url}/metrics`);
  await asked.promise;
  const closed = close();
  await once(idle, 'close');
  answer.resolve();
  assert.equal(await (await scrape).text(), 'whole\n');
  await closed;
  await assert.rejects(fetch(url));
});

test('closing cuts off an answer that does not come', async (context) => {
  const asked = Promise.withResolvers<void>();
  const page = {
    prepare: nothingToPrepare,
    answer: (): Promise<never> => {
      asked.resolve();
      return new Promise(() => undefined);
    },
  };
  const { url, close } = await startService(context, { state, page, limits: { closeGraceMilliseconds: 10 } });
  const scrape = assert.rejects(fetch(`${url}/metrics`));
  await asked.promise;
  await close();
  await scrape;
});
