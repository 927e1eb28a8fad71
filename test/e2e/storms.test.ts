import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startAlertmanager, startAlertmanagerPair } from '../daemons/alertmanager.ts';
import { temporaryFolder } from '../daemons/daemon.ts';
import { shippedFiles } from './shipped.ts';
import { startWebhookReceiver } from './webhook.ts';

/** A minute of the shipped file takes two seconds here. */
const factor = 30;
/** More than two group_intervals, after which nothing more can come. */
const settledMilliseconds = (11 * 60_000) / factor;

interface Storm {
  readonly name: string;
  /** Seconds of the shipped times over which the alerts arrive. */
  readonly withinSeconds: number;
  readonly alerts: readonly Readonly<Record<string, string>>[];
  readonly mostPages: number;
  /** Two Alertmanagers that know of each other, and two Prometheus whose label `replica` is dropped on the way: 1 unless given. */
  readonly doubled?: true;
}

const links = (count: number, instances: number) =>
  Array.from({ length: count }, (_, index) => ({ link: `DAG_${index}`, managed_instance: `mi-${index % instances}` }));
const critical = (alertname: string, labels: Readonly<Record<string, string>>) => ({
  alertname,
  severity: 'critical',
  ...labels,
});

const storms: readonly Storm[] = [
  {
    name: 'an exporter of 200 links on 100 instances is cut off',
    withinSeconds: 80,
    alerts: [
      critical('MilinkExporterDown', { job: 'milink-exporter', instance: 'a:10522' }),
      ...links(200, 100).map((link) => critical('MilinkLinkUnknown', link)),
    ],
    mostPages: 3,
  },
  {
    name: '12 links of one instance fall within four minutes',
    withinSeconds: 240,
    alerts: links(12, 1).flatMap((link) => [
      critical('MilinkLinkNotHealthy', link),
      critical('MilinkDatabaseNotHealthy', { ...link, database: 'Sales' }),
      critical('MilinkLinkDisconnected', link),
    ]),
    mostPages: 3,
  },
  {
    name: 'the server of 12 links is down, and with it their primary ends',
    withinSeconds: 60,
    alerts: [
      { alertname: 'MilinkServerNotPolled', severity: 'warning', server: 'sql-prod' },
      ...links(12, 12).flatMap((link) => [
        critical('MilinkLinkPrimaryUnreachable', link),
        critical('MilinkDatabaseNotHealthy', { ...link, database: 'Sales' }),
      ]),
    ],
    mostPages: 3,
  },
  {
    name: '12 links, told to two Alertmanagers by two Prometheus',
    withinSeconds: 60,
    alerts: links(12, 1).map((link) => critical('MilinkLinkNotHealthy', link)),
    mostPages: 2,
    doubled: true,
  },
  {
    name: 'one link',
    withinSeconds: 1,
    alerts: [critical('MilinkLinkSplitBrain', links(1, 1)[0] ?? {})],
    mostPages: 1,
  },
];

describe('a storm', { concurrency: true }, () => {
  for (const storm of storms) {
    it(`${storm.name}: at most ${storm.mostPages} pages, with every alert that is not inhibited on one`, (context) =>
      countPages(context, storm));
  }
});

async function countPages(
  context: TestContext,
  { withinSeconds, alerts, mostPages, doubled = false }: Omit<Storm, 'doubled'> & { readonly doubled?: boolean },
): Promise<void> {
  const scope = new AsyncDisposableStack();
  context.after(() => scope.disposeAsync());
  const webhook = await startWebhookReceiver(scope);
  const folder = await temporaryFolder(scope);
  const places = { exporter: '127.0.0.1:9', alertmanager: '127.0.0.1:9', webhookUrl: webhook.url };
  const file = join(folder, 'alertmanager.yaml');
  await writeFile(file, shippedFiles(places, factor)['alertmanager.yaml'] ?? '');
  const told = doubled ? await startAlertmanagerPair(scope, file) : [await startAlertmanager(scope, file)];
  // A link's alerts leave Prometheus together, and one link after another falls. Each Prometheus tells every Alertmanager.
  const waves = [...Map.groupBy(alerts, ({ link = '' }) => link).values()];
  const senders = doubled ? [1, 2] : [1];
  for (const wave of waves) {
    const body = JSON.stringify(wave.map((labels) => ({ labels })));
    for (const { url } of senders.flatMap(() => told))
      await fetch(`${url}/api/v2/alerts`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    await pause((withinSeconds * 1000) / factor / waves.length);
  }
  await pause(settledMilliseconds);
  const pages = webhook.notifications.filter(({ receiver }) => receiver === 'on-call');
  context.diagnostic(`${pages.length} pages`);
  assert.ok(pages.length >= 1 && pages.length <= mostPages, `${pages.length} pages`);
  const paged = new Set(pages.flatMap((page) => page.alerts.map(({ labels }) => `${labels.alertname} ${labels.link}`)));
  const missing = alerts.filter(
    ({ alertname, severity, link }) =>
      severity === 'critical' &&
      !/MilinkLinkNotHealthy|MilinkDatabaseNotHealthy/.test(alertname ?? '') &&
      !paged.has(`${alertname} ${link}`),
  );
  assert.deepEqual(missing, []);
}
