import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { type Scope, temporaryFolder } from '../daemons/daemon.ts';
import { startPrometheus } from '../daemons/prometheus.ts';
import { failedServer } from '../link/server-state.ts';
import { fullState } from '../metrics/rows.ts';
import { stateOf } from '../metrics/series.ts';
import { startService } from './service.ts';

const names = fullState().servers.map(({ name }) => name);

test('/sd lists every server with its links, in the form that Prometheus reads', async (t) => {
  const { url } = await startService(t, { state: fullState() });
  const response = await fetch(`${url}/sd`);
  assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'application/json; charset=utf-8']);
  const groups = (await response.json()) as { targets: string[]; labels: Record<string, string> }[];
  assert.deepEqual(
    groups.map(({ targets }) => targets),
    names.map((name) => [name]),
  );
  const links = groups.map(({ labels }) => labels.__meta_milink_links ?? '');
  assert.ok(
    links.some((text) => /^,DAG_Sales\/mi-prod,/.test(text)),
    String(links),
  );
  for (const { labels } of groups) {
    for (const [name, value] of Object.entries(labels)) {
      assert.match(name, /^__meta_milink_[a-z]+$/);
      assert.equal(typeof value, 'string');
    }
  }
});

test('without servers the list is empty, and still a list', async (t) => {
  const { url } = await startService(t, { state: { servers: [], links: [] } });
  assert.equal(await (await fetch(`${url}/sd`)).text(), '[]');
});

test('/metrics gives the part about a server, and the exporter without servers', async (t) => {
  const { url } = await startService(t, { state: fullState() });
  const page = async (query: string): Promise<string> => (await fetch(`${url}/metrics?${query}`)).text();
  const name = names[0] ?? '';
  const part = await page(`server=${encodeURIComponent(name)}`);
  assert.match(part, new RegExp(`^milink_up\\{server="${name}"\\}`, 'm'));
  assert.match(part, /^milink_link_verdict\{/m);
  assert.doesNotMatch(part, /^(?:milink_exporter|process)_/m);
  const own = await page('collect[]=exporter');
  assert.match(own, /^milink_exporter_build_info\{/m);
  assert.doesNotMatch(own, /^milink_(?!exporter_)/m);
  const state = await page('collect[]=servers');
  const whole = await page('');
  assert.doesNotMatch(state, /^milink_exporter_/m);
  assert.ok(whole.startsWith(state));
  assert.equal(await page('anything=else').then((text) => text.startsWith(state)), true);
});

test('a part is compressed and in OpenMetrics like the page', async (t) => {
  const { url } = await startService(t, { state: fullState() });
  const headers = { accept: 'application/openmetrics-text;version=1.0.0', 'accept-encoding': 'gzip' };
  const response = await fetch(`${url}/metrics?server=${names[0]}`, { headers });
  assert.equal(response.headers.get('content-encoding'), 'gzip');
  assert.match(await response.text(), /\n# EOF\n$/);
});

const wrong: readonly [query: string, message: RegExp][] = [
  ['server=other', /^unknown server "other": the servers are ".*"/],
  ['server=', /^unknown server ""/],
  ['server=sql-1%0A%3Cscript%3E', /^unknown server "sql-1\\n<script>"/],
  ['collect[]=links', /^unknown collect\[\] "links": use servers or exporter\n$/],
];

for (const [query, message] of wrong) {
  test(`?${query} is 400 and says what is allowed`, async (t) => {
    const { url } = await startService(t, { state: fullState() });
    const response = await fetch(`${url}/metrics?${query}`);
    assert.deepEqual([response.status, response.headers.get('content-type')], [400, 'text/plain; charset=utf-8']);
    assert.match(await response.text(), message);
  });
}

test('with hundreds of servers the answer to an unknown one stays short', async (t) => {
  const servers = Array.from({ length: 300 }, (_, index) => failedServer(`server-${index}`));
  const { url } = await startService(t, { state: stateOf(servers) });
  const text = await (await fetch(`${url}/metrics?server=other`)).text();
  assert.equal(text, 'unknown server "other": none of the 300 servers has this name; /sd lists them\n');
});

/** The scrape configuration of docs/scaling.md, for an exporter at another address. */
async function documented(address: string): Promise<string> {
  const text = await readFile(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
  const block = /```yaml\n(scrape_configs:.*?)```/s.exec(text)?.[1] ?? assert.fail('no scrape configuration');
  const config = parse(
    block.replaceAll('exporter:10522', address).replace('refresh_interval: 30s', 'refresh_interval: 1s'),
  );
  return stringify({ global: { scrape_interval: '1s' }, ...config });
}

test('real Prometheus scrapes each server as a target of its own', async (t) => {
  const scope: Scope = new AsyncDisposableStack();
  t.after(() => scope.disposeAsync());
  const { url } = await startService(t, { state: fullState() });
  const configFile = join(await temporaryFolder(scope), 'prometheus.yaml');
  await writeFile(configFile, await documented(new URL(url).host));
  const prometheus = await startPrometheus(scope, configFile);
  const targets = async (name: string): Promise<string[]> =>
    (await prometheus.samples(name, '5m')).map(({ metric: { job, instance } }) => `${job} ${instance}`).sort();
  const expected = [...names, new URL(url).host].map((instance) => `milink-exporter ${instance}`).sort();
  const deadline = Date.now() + 60_000;
  while ((await targets('up')).length < expected.length && Date.now() < deadline) await pause(200);
  assert.deepEqual(await targets('up'), expected);
  const polled = await prometheus.samples('milink_up', '5m');
  assert.ok(polled.length > 0 && polled.every(({ metric: { instance, server } }) => instance === server));
  assert.equal((await prometheus.samples('milink_exporter_build_info', '5m')).length, 1);
});
