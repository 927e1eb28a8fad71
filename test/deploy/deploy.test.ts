import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
}

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

for (const path of ['deploy/compose/compose.yaml', 'deploy/docker/sqlserver-dag/compose.yaml']) {
  const services: readonly Service[] = Object.values(parse(read(path), { merge: true }).services);

  test(`${path}: images are pinned, mounted paths exist, ports are this machine's only`, () => {
    assert.ok(services.length > 1);
    for (const { image, build, volumes = [], ports = [] } of services) {
      const pinned = /:\D*\d+\.?[\w.-]+@sha256:[0-9a-f]{64}$/;
      assert.ok(build !== undefined || pinned.test(image ?? ''), `${image} has no version and digest`);
      assert.doesNotMatch(image ?? '', /latest/);
      for (const volume of volumes) {
        const [source = '', , mode] = volume.split(':');
        assert.ok(existsSync(resolve(root, dirname(path), source)), volume);
        assert.equal(mode, 'ro', volume);
      }
      for (const port of ports) assert.match(port, /^127\.0\.0\.1:/);
    }
  });
}

test('the scripts of the SQL Server pair: setup.sh is sh and runs every T-SQL file once per server that it is for', () => {
  const folder = join(root, 'deploy/docker/sqlserver-dag');
  assert.equal(spawnSync('sh', ['-n', join(folder, 'setup.sh')]).status, 0);
  const script = read('deploy/docker/sqlserver-dag/setup.sh');
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  for (const file of files) {
    assert.ok(script.includes(` ${file}`), file);
    const variables = [...read(`deploy/docker/sqlserver-dag/${file}`).matchAll(/\$\((\w+)\)/g)].map(([, name]) => name);
    for (const name of variables) assert.match(script, new RegExp(`${file} -v .*\\b${name}=`), `${file} uses ${name}`);
  }
});

for (const name of ['secure.yaml', 'discovery.yaml']) {
  test(`deploy/prometheus/scrape/${name}: promtool takes it, and a job has the name that the alert rules know`, () => {
    const path = join(root, 'deploy/prometheus/scrape', name);
    const { status, stderr } = spawnSync('promtool', ['check', 'config', '--syntax-only', path], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const jobs: { job_name: string }[] = parse(readFileSync(path, 'utf8')).scrape_configs;
    assert.ok(jobs.some((job) => job.job_name === 'milink-exporter'));
  });
}

test('docs/scaling.md shows the scrape configuration that is shipped', () => {
  const [, ...shown] = read('deploy/prometheus/scrape/discovery.yaml')
    .split('\n')
    .filter((line) => !line.startsWith('# '));
  assert.ok(read('docs/scaling.md').includes(shown.join('\n')));
});
