import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultListenAddress } from '../../src/cli/flags/service.ts';
import { serve } from '../../src/cli/serve/serve.ts';
import { runHere } from '../cli/fake-terminal.ts';
import { startProgram } from '../cli/process.ts';
import { projectRoot } from './dockerfile.ts';

const units = join(projectRoot, 'deploy/systemd');
const servicePath = join(units, 'milink-exporter.service');
const service = readFileSync(servicePath, 'utf8');
const socket = readFileSync(join(units, 'milink-exporter.socket'), 'utf8');
const settingOf = (unit: string, name: string): string | undefined => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];

const analyze = (...args: string[]) => spawnSync('systemd-analyze', [...args, '--no-pager'], { encoding: 'utf8' });

test('systemd finds nothing wrong with the units', () => {
  const folder = mkdtempSync(join(tmpdir(), 'milink-units-'));
  // It wants the programs to be there.
  writeFileSync(join(folder, 'milink-exporter.service'), service.replaceAll('/usr/bin/milink-exporter', '/bin/true'));
  writeFileSync(join(folder, 'milink-exporter.socket'), socket);
  const { status, stdout, stderr } = analyze(
    'verify',
    join(folder, 'milink-exporter.service'),
    join(folder, 'milink-exporter.socket'),
  );
  rmSync(folder, { recursive: true });
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' });
});

test('the exposure level is the one that docs/install/systemd.md states', () => {
  const { stdout } = analyze('security', '--offline=true', servicePath);
  const [, level] = /Overall exposure level for milink-exporter\.service: ([\d.]+)/.exec(stdout) ?? [];
  assert.ok(level !== undefined, stdout);
  assert.ok(
    readFileSync(join(projectRoot, 'docs/install/systemd.md'), 'utf8').includes(`exposure level ${level}`),
    level,
  );
});

test('the program runs under the system call filter and the address families of the unit', async (context) => {
  const sandboxed = (...args: string[]) =>
    startProgram('/usr/bin/python3', [join(import.meta.dirname, 'sandbox.py'), servicePath, process.execPath, ...args]);
  // The filter is there: even root may not give a file away.
  const { out } = await sandboxed(
    '-e',
    'try { fs.chownSync(".", 0, 0) } catch ({ code }) { process.stdout.write(code) }',
  ).finished;
  assert.equal(out, 'EPERM');
  const main = join(projectRoot, 'src/main.ts');
  const daemon = sandboxed(main, 'demo', '--scenario=healthy', '--web.listen-address=127.0.0.1:0');
  context.after(() => daemon.process.kill('SIGKILL'));
  const [, url] = await daemon.seen(/^metrics +(http:\S+)\/metrics$/m);
  await daemon.seen(/ is healthy$/m);
  assert.equal((await runHere(['healthcheck', `--url=${url}/-/healthy`])).error, '');
  daemon.process.kill('SIGTERM');
  assert.equal((await daemon.finished).code, 0);
});

test('V8 may write the code that it runs, and nothing is loosened beside it', () => {
  assert.equal(settingOf(service, 'MemoryDenyWriteExecute'), 'false');
  const loosened = service
    .split('\n')
    .filter((line) => /^(?:Protect|Private|Restrict|No|Lock|Memory)\w+=(?:no|false)$/.test(line));
  assert.deepEqual(loosened, ['MemoryDenyWriteExecute=false']);
});

test('the units name flags, a signal and a port that the program knows', () => {
  const known = new Set(serve.flags.map(({ name }) => name));
  const given = [...`${service}${socket}`.matchAll(/ --([\w.-]+)/g)].map(([, flag = '']) => flag);
  const own = given.filter((flag) => /^(?:config|web|log)\./.test(flag));
  assert.ok(own.length > 0);
  for (const flag of own) assert.ok(known.has(flag), flag);
  assert.ok(known.has('web.systemd-socket'));
  assert.equal(settingOf(service, 'ExecReload'), '/bin/kill -HUP $MAINPID');
  assert.equal(`:${settingOf(socket, 'ListenStream')}`, defaultListenAddress);
});

test('the user of the unit is made by the sysusers file, without a shell', () => {
  const path = join(units, 'milink-exporter.sysusers.conf');
  assert.ok(existsSync(path));
  const { status, stdout, stderr } = spawnSync('systemd-sysusers', ['--dry-run', path], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.match(stdout + stderr, new RegExp(`Creating user '${settingOf(service, 'User')}'|^$`));
});
