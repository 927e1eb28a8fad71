import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../config/temporary-folder.ts';
import { type Running, start, startProgram } from './process.ts';

/** As the service manager listens: it prints what it is told. */
const manager = [
  'import socket, sys',
  'listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)',
  'listener.bind(sys.argv[1])',
  'print("listening", flush=True)',
  'while True: print(listener.recv(1000).decode().strip(), flush=True)',
].join('\n');

const server =
  'servers: [{ name: sql-1, host: 127.0.0.1, port: 1, authentication: { type: sql_login, username: milink, password_env: P } }]\n';

async function startWatched(context: TestContext, env: Record<string, string>): Promise<readonly [Running, Running]> {
  const folder = await temporaryFolder(context);
  await writeFile(join(folder, 'milink.yaml'), server);
  const socket = join(folder, 'notify');
  const listener = startProgram('/usr/bin/python3', ['-c', manager, socket]);
  context.after(() => listener.process.kill('SIGKILL'));
  await listener.seen(/listening/);
  const daemon = start(['--web.listen-address=127.0.0.1:0'], {
    cwd: folder,
    env: { P: 'hunter2', NOTIFY_SOCKET: socket, WATCHDOG_USEC: '400000', ...env },
  });
  context.after(() => daemon.process.kill('SIGKILL'));
  return [listener, daemon];
}

test("systemd's watchdog is told again and again that the loop goes on, and not after the end", async (context) => {
  const [listener, daemon] = await startWatched(context, {});
  await listener.seen(/(?:WATCHDOG=1\s[\s\S]*){3}/);
  daemon.process.kill('SIGTERM');
  assert.equal((await daemon.finished).code, 0);
  assert.doesNotMatch(daemon.error(), /systemd/);
});

test('what asks another process is left alone, and a systemd-notify that is missing is told', async (context) => {
  const [listener, other] = await startWatched(context, { WATCHDOG_PID: '1' });
  await other.seen(/msg=listening/);
  const [, without] = await startWatched(context, { PATH: '/nowhere' });
  await without.seen(/systemd can not be told that the program goes on/);
  assert.equal(listener.out(), 'listening\n');
});
