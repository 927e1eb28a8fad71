import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Finished, type Running, run, startProgram } from '../cli/process.ts';
import { type InstalledPackage, installPackage } from './installed.ts';
import { installFresh } from './without-lock.ts';

const root = resolve(import.meta.dirname, '../..');
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
/** Started as a shell does it: by the first line of the file and its mode. */
const start = (...args: readonly string[]): Running => startProgram(installed.command, args);
const runInstalled = (...args: readonly string[]): Promise<Finished> => start(...args).finished;
const manifest = readJson(join(root, 'package.json'));

let installed: InstalledPackage;
before(async () => {
  installed = await installPackage();
});
after(() => rm(installed.folder, { recursive: true }));

test('the package carries compiled JavaScript and what one deploys it with, and nothing else', () => {
  const tops = new Set(
    installed.files.map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('deploy/') ? 2 : 1)
        .join('/'),
    ),
  );
  const allowed = [...manifest.files, 'LICENSE', 'README.md', 'package.json', 'grafana'];
  assert.deepEqual(
    [...tops].filter((top) => !allowed.includes(top)),
    [],
  );
  assert.deepEqual(
    installed.files.filter((path) => /\.(?:ts|map|tsbuildinfo)$|^(?:src|test|dist\/mixin)\//.test(path)),
    [],
  );
  // A page of it in the registry is one compressed megabyte at most.
  assert.ok(installed.tarballBytes < 1024 * 1024, `${installed.tarballBytes} bytes`);
});

test('it brings the dependencies of package.json and none of the development packages', () => {
  const { packages } = readJson(join(root, 'package-lock.json'));
  const development = Object.keys(packages).filter((path) => packages[path].dev === true);
  const place = join(installed.folder, 'installed');
  const there = new Set(Object.keys(readJson(join(place, 'node_modules/.package-lock.json')).packages));
  assert.deepEqual(
    development.filter((path) => there.has(path)),
    [],
  );
  for (const name of Object.keys(manifest.dependencies)) assert.ok(there.has(`node_modules/${name}`), name);
});

test('it says the version', async () => {
  const { code, out } = await runInstalled('--version');
  assert.equal(code, 0);
  assert.ok(out.startsWith(`milink-exporter, version ${manifest.version}\n`), out);
});

test('every file of it loads with what was installed', async () => {
  const files = installed.files.filter((path) => path.startsWith('dist/') && path !== 'dist/main.js');
  assert.ok(files.length > 100);
  const loader = join(installed.folder, 'load-all.mjs');
  const urls = files.map((path) => pathToFileURL(join(installed.root, path)).href);
  await writeFile(loader, `for (const url of ${JSON.stringify(urls)}) await import(url);\n`);
  assert.deepEqual(await startProgram(process.execPath, [loader]).finished, { code: 0, out: '', error: '' });
});

test('it runs beside a simulated pair from the same package: check, serve, /metrics, healthcheck', async (context) => {
  const path = join(installed.folder, 'pair.yaml');
  const simulator = start('simulate', '--scenario=healthy', `--simulator.config-file=${path}`);
  context.after(() => simulator.process.kill('SIGKILL'));
  await simulator.seen(/^try /m);
  assert.match((await runInstalled('--config.check', `--config.file=${path}`)).out, /is valid: 2 servers/);
  const report = await runInstalled('check', '--json', `--config.file=${path}`);
  assert.equal(report.code, 0, report.error);
  const daemon = start(`--config.file=${path}`, '--web.listen-address=127.0.0.1:0');
  context.after(() => daemon.process.kill('SIGKILL'));
  const [, address] = await daemon.seen(/address=(\S+) msg=listening/);
  await assertPolls(`http://${address}/`);
  const health = await runInstalled('healthcheck', `--url=http://${address}/-/healthy`);
  assert.deepEqual({ code: health.code, error: health.error }, { code: 0, error: '' });
  const page = await (await fetch(`http://${address}/metrics`)).text();
  assert.match(page, /^milink_exporter_build_info\{.*\} 1$/m);
  for (const running of [daemon, simulator]) {
    running.process.kill('SIGTERM');
    assert.equal((await running.finished).code, 0);
  }
});

/** Waits until every server has had its first poll. */
async function polled(url: string): Promise<void> {
  const deadline = AbortSignal.timeout(30_000);
  while (!(await fetch(url, { signal: deadline })).ok) await setImmediate();
}

test('a configuration that cannot be used is refused as from source', async () => {
  const path = join(installed.folder, 'bad.yaml');
  await writeFile(path, 'poll_intervall: 15s\nservers: []\n');
  const compiled = await runInstalled('--config.check', `--config.file=${path}`);
  const source = await run(['--config.check', `--config.file=${path}`]);
  assert.equal(compiled.code, 1);
  assert.deepEqual(compiled, source);
});

/** The lowest version that each range allows; that of tedious is mssql's own. */
const oldest = {
  ...Object.fromEntries(
    Object.entries<string>(manifest.dependencies).map(([name, range]) => [name, range.replace('^', '')]),
  ),
  tedious: '19.2.2',
};

for (const [name, pinned, tedious] of [
  ['the newest versions that the registry serves', {}, /^20\./],
  ['the oldest versions that are allowed', oldest, /^19\.2\.2$/],
] as const) {
  test(`installed as users do, without our lock, with ${name}: demo, check and serve work`, async (context) => {
    const place = join(installed.folder, name.split(' ')[1] ?? '');
    const fresh = await installFresh({ place, tarball: installed.tarball, pinned }, (reason) => {
      context.diagnostic(`NOT TRIED: the registry could not be reached: ${reason}`);
    });
    if (fresh === null) return;
    const { command, versions } = fresh;
    context.diagnostic(
      `mssql ${versions.mssql}, tedious ${versions.tedious}, @azure/identity ${versions['@azure/identity']}`,
    );
    assert.match(versions.tedious ?? '', tedious);
    for (const [dependency, version] of Object.entries(pinned)) assert.equal(versions[dependency], version, dependency);

    const path = join(place, 'pair.yaml');
    const demo = startProgram(command, [
      'demo',
      '--scenario=healthy',
      '--web.listen-address=127.0.0.1:0',
      `--simulator.config-file=${path}`,
    ]);
    context.after(() => demo.process.kill('SIGKILL'));
    const [, page] = await demo.seen(/^metrics +(\S+)$/m);
    await assertPolls(new URL('/', page).href);

    const report = await startProgram(command, ['check', '--json', `--config.file=${path}`]).finished;
    assert.equal(report.code, 0, `${report.error}${report.out}`);

    const daemon = startProgram(command, [`--config.file=${path}`, '--web.listen-address=127.0.0.1:0']);
    context.after(() => daemon.process.kill('SIGKILL'));
    const [, address] = await daemon.seen(/address=(\S+) msg=listening/);
    await assertPolls(`http://${address}/`);
    for (const running of [daemon, demo]) {
      running.process.kill('SIGTERM');
      assert.equal((await running.finished).code, 0);
    }
  });
}

/** Waits for the first poll of each server: both ends answered, every view of them. */
async function assertPolls(url: string): Promise<void> {
  await polled(`${url}-/ready`);
  const page = await (await fetch(`${url}metrics`)).text();
  for (const server of ['sql-prod-01', 'mi-prod']) {
    assert.ok(page.includes(`milink_up{server="${server}"} 1\n`), page);
  }
  assert.doesNotMatch(page, /^milink_view_failed\{.*\} 1$/m);
}
