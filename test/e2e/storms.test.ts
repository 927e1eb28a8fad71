import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startAlertmanager } from '../daemons/alertmanager.ts';
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
    name: 'one link',
    withinSeconds: 1,
    alerts: [critical('MilinkLinkSplitBrain', links(1, 1)[0] ?? {})],
    mostPages: 1,
  },
];

for (const { name, withinSeconds, alerts, mostPages } of storms) {
  test(`${name}: at most ${mostPages} pages, with every alert that is not inhibited on one`, async (context) => {
    const scope = new AsyncDisposableStack();
    context.after(() => scope.disposeAsync());
    const webhook = await startWebhookReceiver(scope);
    const folder = await temporaryFolder(scope);
    const places = { exporter: '127.0.0.1:9', alertmanager: '127.0.0.1:9', webhookUrl: webhook.url };
    const file = join(folder, 'alertmanager.yaml');
    await writeFile(file, shippedFiles(places, factor)['alertmanager.yaml'] ?? '');
    const { url } = await startAlertmanager(scope, file);
    // A link's alerts leave Prometheus together, and one link after another falls.
    const waves = [...Map.groupBy(alerts, ({ link = '' }) => link).values()];
    for (const wave of waves) {
      const body = JSON.stringify(wave.map((labels) => ({ labels })));
      await fetch(`${url}/api/v2/alerts`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      await pause((withinSeconds * 1000) / factor / waves.length);
    }
    await pause(settledMilliseconds);
    const pages = webhook.notifications.filter(({ receiver }) => receiver === 'on-call');
    context.diagnostic(`${pages.length} pages`);
    assert.ok(pages.length >= 1 && pages.length <= mostPages, `${pages.length} pages`);
    const paged = new Set(
      pages.flatMap((page) => page.alerts.map(({ labels }) => `${labels.alertname} ${labels.link}`)),
    );
    const missing = alerts.filter(
      ({ alertname, link }) =>
        !/MilinkLinkDisconnected|MilinkDatabaseNotHealthy/.test(alertname ?? '') && !paged.has(`${alertname} ${link}`),
    );
    assert.deepEqual(missing, []);
  });
}
