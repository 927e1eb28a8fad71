import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { start } from '../cli/process.ts';
import { hashes } from '../config/web/files.ts';
import { comes } from '../daemons/comes.ts';
import { temporaryFolder } from '../daemons/daemon.ts';
import { startPrometheus } from '../daemons/prometheus.ts';
import { testAuthority } from '../http/certificates.ts';

/** The configuration of a server that refuses: what is scraped here is the exporter. */
const exporterConfig = [
  'servers:',
  '  - name: sql-prod-01',
  '    host: 127.0.0.1',
  '    port: 1',
  '    authentication: { type: sql_login, username: milink, password_env: MILINK_PASSWORD }',
  '',
].join('\n');

const webConfig = [
  'tls_server_config:',
  '  cert_file: exporter.crt',
  '  key_file: exporter.key',
  '  client_auth_type: RequireAndVerifyClientCert',
  '  client_ca_file: ca.crt',
  '  client_allowed_sans: [prometheus.corp.example]',
  '  min_version: TLS13',
  `basic_auth_users: { prometheus: ${hashes.y} }`,
  '',
].join('\n');

/** A job of the exporter's port that differs from the right one in what is given. */
function job(
  name: string,
  address: string,
  { certificate, password }: { certificate: boolean; password: string },
): string {
  return [
    `  - job_name: ${name}`,
    '    scheme: https',
    '    scrape_interval: 1s',
    '    metrics_path: /milink/metrics',
    `    basic_auth: { username: prometheus, password: ${password} }`,
    '    tls_config:',
    '      ca_file: ca.crt',
    ...(certificate ? ['      cert_file: prometheus.crt', '      key_file: prometheus.key'] : []),
    `    static_configs: [{ targets: ['${address}'] }]`,
    '',
  ].join('\n');
}

test('a real Prometheus scrapes over TLS with its certificate and password, and not without one of them', async (context) => {
  const scope = new AsyncDisposableStack();
  context.after(() => scope.disposeAsync());
  const folder = await temporaryFolder(scope);
  const authority = await testAuthority(folder);
  await authority.issue('exporter');
  await authority.issue('prometheus', [{ type: 2, value: 'prometheus.corp.example' }]);
  await writeFile(join(folder, 'milink.yaml'), exporterConfig);
  await writeFile(join(folder, 'web.yml'), webConfig);

  const flags = ['--web.listen-address=127.0.0.1:0', '--web.config.file=web.yml', '--web.route-prefix=/milink'];
  const exporter = start(flags, { cwd: folder, env: { MILINK_PASSWORD: 'hunter2' } });
  scope.defer(async () => {
    exporter.process.kill();
    await exporter.finished;
  });
  const [, address = ''] = await exporter.seen(/tls=true http2=true address=(\S+) msg=listening/);

  const jobs = [
    job('right', address, { certificate: true, password: 'opensesame' }),
    job('no-certificate', address, { certificate: false, password: 'opensesame' }),
    job('wrong-password', address, { certificate: true, password: 'guess' }),
  ];
  await writeFile(join(folder, 'prometheus.yml'), `scrape_configs:\n${jobs.join('')}`);
  const prometheus = await startPrometheus(scope, join(folder, 'prometheus.yml'));
  const upsOf = async (name: string): Promise<readonly string[]> =>
    (await prometheus.samples(`up{job="${name}"}`, '5m'))[0]?.values.map(([, value]) => value) ?? [];
  // On a busy machine the first scrape can take longer than it may.
  await comes('a scrape that is let in, beside two that are not', async () => {
    const [right = [], ...others] = await Promise.all(['right', 'no-certificate', 'wrong-password'].map(upsOf));
    return right.includes('1') && others.every((ups) => ups.length > 0);
  });
  for (const name of ['no-certificate', 'wrong-password']) {
    assert.deepEqual([name, ...new Set(await upsOf(name))], [name, '0']);
  }
  const info = await prometheus.samples('milink_exporter_build_info{job!=""}', '1m');
  assert.deepEqual([...new Set(info.map(({ metric }) => metric.job))], ['right']);
  assert.doesNotMatch(exporter.error(), /opensesame|guess|hunter2|PRIVATE/);
});
