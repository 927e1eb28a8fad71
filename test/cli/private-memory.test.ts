import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { memoryRefusal, nodeFault } from '../../src/cli/serve/process-faults.ts';
import { idleDaemon } from './idle-daemon.ts';
import { start, startProgram } from './process.ts';

const main = resolve(import.meta.dirname, '../../src/main.ts');
const { flags, env } = idleDaemon();

/** The TCP ports that a process listens on, by its own sockets (proc_pid_net(5): state 0A). */
async function listening(id: number): Promise<number> {
  const lines = (await readFile(`/proc/${id}/net/tcp`, 'utf8')).split('\n').slice(1);
  const own = new Set(
    readdirSync(`/proc/${id}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${id}/fd/${fd}`);
      } catch {
        return '';
      }
    }),
  );
  return lines.filter((line) => {
    const fields = line.trim().split(/\s+/);
    return fields[3] === '0A' && own.has(`socket:[${fields[9]}]`);
  }).length;
}

test('SIGUSR1 opens no inspector', async () => {
  const daemon = start(flags(), { env });
  const [, address] = await daemon.seen(/address=(\S+) msg=listening/);
  const id = daemon.process.pid ?? 0;
  for (const _ of [1, 2, 3]) {
    process.kill(id, 'SIGUSR1');
    // Signals and requests are taken by the same loop: what the signal causes has begun by the second answer.
    for (const _again of [1, 2]) assert.equal((await fetch(`http://${address}/-/healthy`)).status, 200);
  }
  assert.equal(await listening(id), 1);
  daemon.process.kill('SIGTERM');
  const { code, error } = await daemon.finished;
  assert.equal(code, 0);
  assert.doesNotMatch(error, /Debugger/i);
});

for (const [way, given, environment] of [
  ['as an argument', ['--inspect=127.0.0.1:0'], {}],
  ['in the environment', [], { NODE_OPTIONS: '--inspect=127.0.0.1:0' }],
  ['as a snapshot of the heap', ['--heapsnapshot-signal=SIGUSR2'], {}],
] as const) {
  test(`an option that shows the memory, ${way}, is refused`, async () => {
    const program = startProgram(process.execPath, [...given, main, ...flags()], { env: { ...env, ...environment } });
    const { code, error } = await program.finished;
    assert.equal(code, 1);
    assert.match(error, /error: --(?:inspect|heapsnapshot-signal), an option of Node.js .* leave it out/);
    assert.doesNotMatch(error, /msg=listening/);
  });
}

test('a report holds no environment, and an ordinary process is not refused', () => {
  const report = { excludeEnv: false } as NodeJS.ProcessReport;
  assert.equal(memoryRefusal({ env: { NODE_OPTIONS: '--max-old-space-size=256' }, execArgv: [], report }), null);
  assert.equal(report.excludeEnv, true);
  // node --test gives each file many options that open nothing, as --inspect-publish-uid.
  assert.equal(memoryRefusal(process), null);
  for (const option of ['--inspect_brk', '--inspect-wait=1', '--heap-prof', '--abort-on-uncaught-exception'])
    assert.match(memoryRefusal({ env: {}, execArgv: [option], report }) ?? '', /leave it out/);
});

for (const [version, isFaulty] of [
  ['24.15.0', false],
  ['24.16.0', true],
  ['24.21.0', true],
  ['24.22.0', false],
  ['25.9.0', false],
  ['26.0.0', false],
  ['26.5.1', true],
  ['26.10.0', false],
  ['22.23.0', false],
] as const) {
  test(`Node ${version} ${isFaulty ? 'is warned of' : 'is not warned of'}`, () => {
    assert.equal(nodeFault(version) !== null, isFaulty);
  });
}
