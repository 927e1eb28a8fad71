import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { passedSockets } from '../../src/cli/serve/web-flags.ts';
import { comes } from '../daemons/comes.ts';
import { curl } from '../http/curl.ts';
import { run, startProgram } from './process.ts';

const main = resolve(import.meta.dirname, '../../src/main.ts');

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milink-sockets-'));
  const server = 'name: sql-1, host: 127.0.0.1, port: 1';
  const authentication = 'authentication: { type: sql_login, username: milink, password_env: MILINK_PASSWORD }';
  await writeFile(join(folder, 'milink.yaml'), `servers: [{ ${server}, ${authentication} }]\n`);
});
after(() => rm(folder, { recursive: true }));

describe('which descriptors were passed on', () => {
  const cases: readonly (readonly [Record<string, string>, readonly number[] | null])[] = [
    [{ LISTEN_PID: '7', LISTEN_FDS: '1' }, [3]],
    [{ LISTEN_PID: '7', LISTEN_FDS: '3', LISTEN_FDNAMES: 'a:b:c' }, [3, 4, 5]],
    [{}, null],
    [{ LISTEN_FDS: '1' }, null],
    [{ LISTEN_PID: '8', LISTEN_FDS: '1' }, null],
    [{ LISTEN_PID: '7' }, null],
    [{ LISTEN_PID: '7', LISTEN_FDS: '0' }, null],
    [{ LISTEN_PID: '7', LISTEN_FDS: '-1' }, null],
    [{ LISTEN_PID: '7', LISTEN_FDS: '1.5' }, null],
    [{ LISTEN_PID: '7', LISTEN_FDS: 'x' }, null],
    [{ LISTEN_PID: '7', LISTEN_FDS: '1000000' }, null],
  ];
  for (const [environment, expected] of cases) {
    test(JSON.stringify(environment), () => {
      if (expected === null) assert.throws(() => passedSockets(environment, 7), { name: 'CommandError' });
      else
        assert.deepEqual(
          passedSockets(environment, 7).map(({ fileDescriptor }) => fileDescriptor),
          expected,
        );
    });
  }
});

test('without a socket it is one clear line and exit code 1', async () => {
  const { code, error } = await run(['--web.systemd-socket'], { cwd: folder });
  assert.equal(code, 1);
  assert.match(
    error,
    /^milink-exporter: error: --web\.systemd-socket: no socket was passed on \(LISTEN_PID, LISTEN_FDS\)/,
  );
});

test('systemd-socket-activate passes a Unix socket on', async () => {
  const socket = join(folder, 'milink.sock');
  const environment = ['-E', 'MILINK_PASSWORD=hunter2', '-E', `PATH=${process.env.PATH}`];
  const program = [process.execPath, main, '--web.systemd-socket', `--config.file=${join(folder, 'milink.yaml')}`];
  const running = startProgram('systemd-socket-activate', ['-l', socket, ...environment, ...program]);
  try {
    // It starts the program with the first connection, which then waits for the answer.
    await comes('an answer', async () => {
      const { status, body } = await curl('http://exporter/-/healthy', '--unix-socket', socket);
      return status === 200 && body === 'milink-exporter is healthy.\n';
    });
    await running.seen(/address=fd:3 msg=listening/);
  } finally {
    running.process.kill();
    await running.finished;
  }
});
