import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { startProgram } from '../cli/process.ts';
import { type PackedPackage, packPackage } from './installed.ts';
import { installFresh } from './without-lock.ts';

const root = resolve(import.meta.dirname, '../..');
const ranges: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies;

let packed: PackedPackage;
before(async () => {
  packed = await packPackage();
});
after(() => rm(packed.folder, { recursive: true }));

/** The lowest version that each range allows; that of tedious is mssql's own. */
const oldest = {
  ...Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, range.replace('^', '')])),
  tedious: '19.2.2',
};

for (const [name, pinned, tedious] of [
  ['the newest versions that the registry serves', {}, /^20\./],
  ['the oldest versions that are allowed', oldest, /^19\.2\.2$/],
] as const) {
  test(`installed as users do, without our lock, with ${name}: demo, check and serve work`, async (context) => {
    const place = join(packed.folder, name.split(' ')[1] ?? '');
    const fresh = await installFresh({ place, tarball: packed.tarball, pinned }, (reason) => {
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
  while (!(await fetch(`${url}-/ready`)).ok) await setImmediate();
  const page = await (await fetch(`${url}metrics`)).text();
  for (const server of ['sql-prod-01', 'mi-prod']) {
    assert.ok(page.includes(`milink_up{server="${server}"} 1\n`), page);
  }
  assert.doesNotMatch(page, /^milink_view_failed\{.*\} 1$/m);
}
