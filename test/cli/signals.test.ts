import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { firstCatching, isRunning } from './caught-signals.ts';
import { idleDaemon } from './idle-daemon.ts';
import { type Running, start, startProgram } from './process.ts';

const root = resolve(import.meta.dirname, '../..');
const main = join(root, 'src/main.ts');
const { folder, flags, env } = idleDaemon();

/** The ways in which the daemon is started. As PID 1 the kernel drops what a process does not catch. */
const ways: readonly (readonly [string, () => Running])[] = [
  ['from source', () => start(flags(), { env })],
  ['as PID 1', () => startProgram('unshare', ['--pid', '--fork', process.execPath, main, ...flags()], { env })],
  ['by npm start', () => startProgram('npm', ['start', '--silent', '--', ...flags()], { env, cwd: root })],
];

for (const [name, startDaemon] of await possible(ways)) {
  describe(name, () => {
    test('SIGTERM before anything is loaded: exit code 0, no port was opened', async () => {
      const daemon = startDaemon();
      process.kill(await firstCatching(daemon), 'SIGTERM');
      const { code, error } = await daemon.finished;
      assert.equal(code, 0, error);
      assert.doesNotMatch(error, /listening/);
    });

    test('SIGHUP before anything is loaded is a reload', async () => {
      const daemon = startDaemon();
      const id = await firstCatching(daemon);
      process.kill(id, 'SIGHUP');
      await daemon.seen(/msg="configuration reloaded"/);
      process.kill(id, 'SIGTERM');
      const { code, error } = await daemon.finished;
      assert.equal(code, 0, error);
      assert.match(error, /msg=stopped\n$/);
    });
  });
}

test('SIGTERM to npm start ends the daemon too', async () => {
  const daemon = startProgram('npm', ['start', '--silent', '--', ...flags()], { env, cwd: root });
  await daemon.seen(/msg=listening/);
  daemon.process.kill('SIGTERM');
  const { error } = await daemon.finished;
  assert.match(error, /msg=stopped\n/);
  assert.ok(!isRunning(folder()), 'no orphan of a shell of npm');
});

test('at any moment of the start SIGTERM ends it with 0 and SIGHUP does not', async () => {
  for (const turns of [100, 5000, 50_000]) {
    const daemon = start(flags(), { env });
    const id = await firstCatching(daemon);
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    process.kill(id, 'SIGHUP');
    process.kill(id, 'SIGTERM');
    const { code, error } = await daemon.finished;
    assert.equal(code, 0, `after ${turns} turns: ${error}`);
  }
});

test('a reader of the log that goes away does not end the daemon', async () => {
  const daemon = start(flags(), { env });
  const [, address] = await daemon.seen(/address=(\S+) msg=listening/);
  daemon.process.stderr?.destroy();
  // Each of these writes lines.
  for (const _ of [1, 2, 3]) await fetch(`http://${address}/-/reload`, { method: 'POST' });
  assert.equal((await fetch(`http://${address}/-/healthy`)).status, 200);
  daemon.process.kill('SIGTERM');
  assert.equal((await daemon.finished).code, 0);
});

test('other commands end at SIGHUP, as when their terminal is closed', async () => {
  const simulator = start(['simulate', `--simulator.config-file=${join(folder(), 'pair.yaml')}`]);
  await simulator.seen(/^try /m);
  simulator.process.kill('SIGHUP');
  assert.equal((await simulator.finished).code, null);
});

test('a Node that is too old says so in one line', async () => {
  // What process.versions says is all that is asked.
  const older = 'data:text/javascript,Object.defineProperty(process.versions, "node", { value: "20.20.2" });';
  const { code, out, error } = await startProgram(process.execPath, [`--import=${older}`, main, '--version']).finished;
  assert.deepEqual(
    { code, out, error },
    { code: 1, out: '', error: 'milink-exporter: error: needs Node 24, this is 20.20.2\n' },
  );
});

/** Without the right to make a PID namespace there is no PID 1 to be: said, not skipped in silence. */
async function possible(all: typeof ways): Promise<typeof ways> {
  const { code } = await startProgram('unshare', ['--pid', '--fork', 'true']).finished.catch(() => ({ code: 1 }));
  if (code === 0) return all;
  process.stderr.write('this machine lets nobody make a PID namespace: not tried as PID 1\n');
  return all.filter(([name]) => name !== 'as PID 1');
}
