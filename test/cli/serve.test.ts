import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { run, start } from './process.ts';

let folder = '';
let silent: Server;
const sockets = new Set<Socket>();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milink-serve-'));
  // Accepts and never answers: the worst server to end in order with.
  silent = createServer((socket) => sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  assert.ok(typeof address === 'object' && address !== null);
  await writeFile(
    join(folder, 'milink.yaml'),
    [
      'poll_interval: 60s',
      'poll_timeout: 30s',
      'servers:',
      '  - name: silent',
      '    host: 127.0.0.1',
      `    port: ${address.port}`,
      '    authentication: { type: sql_login, username: milink, password_env: MILINK_PASSWORD }',
      '    tls: { trust_server_certificate: true }',
      '',
    ].join('\n'),
  );
});
after(async () => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  await rm(folder, { recursive: true });
});

const options = () => ({ cwd: folder, env: { MILINK_PASSWORD: 'hunter2-secret' } });
const onFreePort = ['--web.listen-address=127.0.0.1:0', '--web.listen-address=[::1]:0'];

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`serve ends in order on ${signal} while a server hangs`, async () => {
    const daemon = start(onFreePort, options());
    await daemon.seen(/msg=listening/);
    const [socket] = await Promise.race([once(silent, 'connection'), daemon.finished.then(() => [])]);
    assert.ok(socket);
    daemon.process.kill(signal);
    const { code, error, out } = await daemon.finished;
    assert.equal(code, 0);
    assert.match(error, /msg=stopped\n$/);
    assert.equal(out, '');
    assert.doesNotMatch(error, /hunter2/);
  });
}

test('serve logs the warnings of the configuration and each address', async () => {
  const daemon = start([...onFreePort, '--log.format=json'], options());
  await daemon.seen(/"\[::1\]:\d+"/);
  daemon.process.kill();
  const { error } = await daemon.finished;
  const records = error
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(
    records.filter(({ level, key }) => level === 'warn' && key.endsWith('trust_server_certificate')).length,
    1,
  );
  assert.equal(records.filter(({ msg }) => msg === 'listening').length, 2);
});

test('an address in use is one clear line and exit code 1', async () => {
  const address = silent.address();
  assert.ok(typeof address === 'object' && address !== null);
  const { code, error } = await run([`--web.listen-address=127.0.0.1:${address.port}`], options());
  assert.equal(code, 1);
  assert.match(error, /level=error .*in use.*msg="cannot start"/);
  assert.doesNotMatch(error, /\n\s+at /);
});

test('/metrics, /-/healthy and /-/ready are there before the first poll has ended', async () => {
  const daemon = start(onFreePort, options());
  const [, port] = await daemon.seen(/address=127\.0\.0\.1:(\d+)/);
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
  assert.equal((await get('/-/healthy')).status, 200);
  assert.equal((await get('/-/ready')).status, 503);
  const page = await (await get('/metrics')).text();
  assert.match(page, /^milink_exporter_build_info\{/m);
  assert.doesNotMatch(page, /^milink_up\b/m);
  daemon.process.kill();
  await daemon.finished;
});

test('serve --web.disable-debug has no debug view', async (context) => {
  const daemon = start(['--web.listen-address=127.0.0.1:0', '--web.disable-debug', '--log.format=json'], options());
  context.after(async () => {
    daemon.process.kill();
    await daemon.finished;
  });
  const [, port] = await daemon.seen(/"127\.0\.0\.1:(\d+)"/);
  const url = `http://127.0.0.1:${port}`;
  assert.equal((await fetch(`${url}/debug?server=silent`)).status, 403);
  assert.doesNotMatch(await (await fetch(`${url}/server?name=silent`)).text(), /\/debug/);
});
