import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { start } from '../cli/process.ts';
import { dashboards } from '../mixin/dashboards/model.ts';

interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: readonly string[];
}

const root = resolve(import.meta.dirname, '../..');
const path = 'deploy/compose/compose.yaml';
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const services: Readonly<Record<string, Service>> = parse(read(path)).services;

function service(name: string): Service {
  const found = services[name];
  assert.ok(found, `there is no service ${name}`);
  return found;
}

/** The file of the project that a container sees under a path. */
function mounted(name: string, inside: string): string {
  for (const volume of service(name).volumes ?? []) {
    const [source = '', target = ''] = volume.split(':');
    if (inside.startsWith(`${target}/`)) return join(root, dirname(path), source, inside.slice(target.length));
  }
  return assert.fail(`${name} mounts nothing that holds ${inside}`);
}

const flag = (name: string, of: string): string =>
  service(name)
    .command?.find((argument) => argument.startsWith(`--${of}=`))
    ?.split('=')[1] ?? '';

/** `prometheus:9090`: a service and the port on which it listens, both as compose.yaml has them. */
function assertReachable(address: string): void {
  const [name = '', port = ''] = address.split(':');
  assert.ok(
    service(name).ports?.some((mapping) => mapping.endsWith(`:${port}`)),
    `${address} is not a port of that service`,
  );
}

test('Docker Compose accepts the file', () => {
  // Debian's docker-compose 1.29 is older than the key `name`, which Compose v2 knows.
  const text = read(path).replace(/^name: .*$/m, '');
  const { status, stdout, stderr, error } = spawnSync('docker-compose', ['-f', '-', 'config', '--services'], {
    input: text,
    encoding: 'utf8',
    cwd: join(root, dirname(path)),
  });
  assert.equal(error, undefined, 'docker-compose is in the Debian package of that name');
  assert.equal(status, 0, stderr);
  assert.deepEqual(stdout.trim().split('\n').sort(), Object.keys(services).sort());
});

test('Prometheus loads both rule files and finds the exporter and the Alertmanager', () => {
  const file = mounted('prometheus', flag('prometheus', 'config.file'));
  const checked = spawnSync('promtool', ['check', 'config', file], { encoding: 'utf8' });
  assert.equal(checked.status, 0, checked.stderr);
  const shipped = readdirSync(join(root, 'deploy/prometheus/rules'));
  for (const rules of shipped) assert.match(checked.stdout, new RegExp(`rules/${rules}\\b`));
  const { scrape_configs: jobs, alerting } = parse(readFileSync(file, 'utf8'));
  const targets = [...jobs, ...alerting.alertmanagers].flatMap(({ static_configs }) =>
    static_configs.flatMap((group: { targets: readonly string[] }) => group.targets),
  );
  assert.deepEqual(targets.sort(), ['alertmanager:9093', 'exporter:10522']);
  for (const target of targets) assertReachable(target);
});

test('the Alertmanager finds its file', () => {
  assert.ok(existsSync(mounted('alertmanager', flag('alertmanager', 'config.file'))));
});

test('Grafana finds its data sources, and a dashboard behind every file', () => {
  const provisioning = mounted('grafana', '/etc/grafana/provisioning/datasources/milink.yaml');
  const { datasources } = parse(readFileSync(provisioning, 'utf8'));
  for (const { url } of datasources) assertReachable(new URL(url).host);
  const [prometheus] = datasources;
  assert.equal(
    prometheus.jsonData.timeInterval,
    parse(read('deploy/prometheus/prometheus.yaml')).global.scrape_interval,
  );
  const [provider] = parse(read('grafana/provisioning/dashboards/milink.yaml')).providers;
  assert.ok(existsSync(mounted('grafana', '/etc/grafana/provisioning/dashboards/milink.yaml')));
  const folder = dirname(mounted('grafana', `${provider.options.path}/any.json`));
  assert.deepEqual(readdirSync(folder).sort(), dashboards.map(({ uid }) => `${uid}.json`).sort());
  const home = service('grafana').environment?.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
  assert.ok(existsSync(mounted('grafana', home)), home);
});

test('the exporter starts with that command, and others than its own container can reach it', async (context) => {
  const command = (service('exporter').command ?? []).map((argument) => argument.replace(':10522', ':0'));
  const demo = start([...command, '--log.level=info']);
  context.after(() => demo.process.kill('SIGKILL'));
  const [, address = ''] = await demo.seen(/address="?([^\s"]+)"? msg=listening/);
  demo.process.kill('SIGTERM');
  assert.equal((await demo.finished).code, 0);
  assert.match(address, /^(?::|\[::\]:|0\.0\.0\.0:)\d+$/);
});
