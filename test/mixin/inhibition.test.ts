import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { alertGroups } from '../../src/mixin/alerts/groups.ts';
import { startAlertmanager } from '../daemons/alertmanager.ts';
import { comes } from '../daemons/comes.ts';
import type { Labels } from './rule-case.ts';

const configFile = resolve(import.meta.dirname, '../../deploy/alertmanager/alertmanager.yaml');
/** The worse one where a name has two, which comes first. */
const severities = new Map(
  alertGroups.flatMap(({ rules }) => rules.map(({ name, severity }) => [name, severity] as const)).toReversed(),
);

/** One cause: what fires then, and which of it is not told. */
interface Cause {
  readonly name: string;
  readonly labels: Labels;
  readonly told: Readonly<Record<string, Labels>>;
  readonly untold: Readonly<Record<string, Labels>>;
}

const database = { database: 'Sales' };

const causes: readonly Cause[] = [
  {
    name: 'a split brain',
    labels: { link: 'DAG_Split', managed_instance: 'mi-a' },
    told: {
      MilinkLinkSplitBrain: {},
      MilinkDatabaseMissing: database,
      MilinkDatabaseSuspended: database,
      MilinkLinkErrors: { server: 'sql-a', error: '35206' },
    },
    untold: {
      MilinkLinkNotHealthy: {},
      MilinkLinkDisconnected: {},
    },
  },
  {
    name: 'a link that is not healthy because a database is suspended',
    labels: { link: 'DAG_Suspended', managed_instance: 'mi-b' },
    told: { MilinkDatabaseNotHealthy: database, MilinkDatabaseSuspended: database },
    untold: {
      MilinkLogSendQueueHigh: database,
      MilinkDataLossOverObjective: database,
      MilinkLinkNotHealthy: {},
    },
  },
  {
    name: 'a link with one database that has stood still for days, when another one stops and its primary fails',
    labels: { link: 'DAG_Old', managed_instance: 'mi-b' },
    told: {
      MilinkDatabaseNotHealthy: { database: 'Stock' },
      MilinkReplicaNotHealthy: { server: 'sql-b' },
      MilinkDatabaseNotOnline: { database: 'Stock' },
    },
    untold: { MilinkLinkNotHealthy: {} },
  },
  {
    name: 'the same of a database that was told before',
    labels: { link: 'DAG_Old', managed_instance: 'mi-b', database: 'Sales' },
    told: { MilinkDatabaseNotHealthy: {} },
    untold: {},
  },
  {
    name: 'ends that lose each other while a database stands still',
    labels: { link: 'DAG_Lost', managed_instance: 'mi-b' },
    told: { MilinkLinkDisconnected: {}, MilinkReplicaNotHealthy: { server: 'sql-b' } },
    untold: { MilinkLinkNotHealthy: {}, MilinkDatabaseNotHealthy: database },
  },
  {
    name: 'a link that is partially healthy because of a database, when its primary end does not settle',
    labels: { link: 'DAG_Partial', managed_instance: 'mi-b', severity: 'warning' },
    told: { MilinkDatabaseNotHealthy: database, MilinkReplicaNotHealthy: { server: 'sql-b' } },
    untold: { MilinkLinkPartiallyHealthy: {} },
  },
  {
    name: 'a link with an error in Azure, whose certificate is another there',
    labels: { link: 'DAG_Azure', managed_instance: 'mi-b' },
    told: {
      MilinkAzureLinkError: { finding: 'azure_link_error' },
      MilinkDatabaseUnprotected: database,
    },
    untold: {},
  },
  {
    name: 'the same at a lower severity',
    labels: { link: 'DAG_Azure', managed_instance: 'mi-b', severity: 'warning' },
    told: { MilinkAzureLinkError: { finding: 'azure_certificate_differs' } },
    untold: {},
  },
  {
    name: 'another database of that link, which is only late',
    labels: { link: 'DAG_Suspended', managed_instance: 'mi-b', database: 'Stock' },
    told: { MilinkDatabaseLagHigh: {}, MilinkLogTruncationBlocked: {} },
    untold: {},
  },
  {
    name: 'another link of the same instance',
    labels: { link: 'DAG_Other', managed_instance: 'mi-b' },
    told: { MilinkLogSendQueueHigh: database },
    untold: { MilinkLogSendQueueGrowing: database },
  },
  {
    name: 'a primary that is down',
    labels: { link: 'DAG_Down', managed_instance: 'mi-c' },
    told: {
      MilinkLinkPrimaryUnreachable: { server: 'sql-c' },
      MilinkDatabaseNotOnline: database,
      // What follows for the secondary end is left out by the rules; that it has failed itself is news.
      MilinkReplicaNotHealthy: { server: 'mi-c' },
    },
    untold: { MilinkDatabaseNotHealthy: database },
  },
  {
    name: 'its server',
    labels: { server: 'sql-c' },
    told: {},
    untold: { MilinkServerNotPolled: {}, MilinkViewFailing: { view: 'databases' } },
  },
  {
    name: 'another server at the same time',
    labels: { server: 'sql-d' },
    told: { MilinkServerNotPolled: {} },
    untold: { MilinkPermissionMissing: {} },
  },
  {
    name: 'a certificate that has expired',
    labels: { server: 'sql-e', certificate: 'Cert', usage: 'endpoint' },
    told: { MilinkCertificateExpired: {} },
    untold: { MilinkCertificateExpiring: {} },
  },
  {
    name: 'another certificate of that server',
    labels: { server: 'sql-e', certificate: 'Root', usage: 'authority' },
    told: { MilinkCertificateExpiring: {} },
    untold: {},
  },
  {
    name: 'one exporter of several down',
    labels: { job: 'milink-exporter' },
    told: {
      MilinkExporterDown: { instance: 'a:10522' },
      MilinkConfigReloadFailed: { instance: 'b:10522' },
      MilinkShardsMissing: {},
    },
    untold: { MilinkExporterStale: { instance: 'a:10522' } },
  },
];

interface Sent {
  readonly labels: Labels;
  readonly status: { readonly inhibitedBy: readonly string[] };
}

function alertsOf(kind: 'told' | 'untold'): readonly Labels[] {
  return causes.flatMap((cause) =>
    Object.entries(cause[kind]).map(([alertname, labels]) => ({
      alertname,
      severity: severities.get(alertname) ?? 'unknown',
      ...cause.labels,
      ...labels,
    })),
  );
}

const text = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort());

test('one cause is told once: a real Alertmanager inhibits what follows from it, and nothing else', async (context) => {
  const scope = new AsyncDisposableStack();
  context.after(() => scope.disposeAsync());
  const { url } = await startAlertmanager(scope, configFile);
  const api = `${url}/api/v2/alerts`;
  const send = async (alerts: readonly Labels[]): Promise<void> => {
    const body = JSON.stringify(alerts.map((labels) => ({ labels })));
    const response = await fetch(api, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    assert.equal(response.status, 200);
  };
  const untold = async (): Promise<readonly string[]> => {
    const answer = (await (await fetch(api)).json()) as readonly Sent[];
    return answer
      .filter(({ status }) => status.inhibitedBy.length > 0)
      .map(({ labels }) => text(labels))
      .sort();
  };

  await send([...alertsOf('told'), ...alertsOf('untold')]);
  const expected = alertsOf('untold').map(text).sort();
  await comes('the inhibitions', async () => (await untold()).length >= expected.length, 30);
  assert.deepEqual(await untold(), expected);

  // A job without any exporter, of a test environment for instance, hides nothing that is seen.
  await send([{ alertname: 'MilinkExporterAbsent', severity: 'critical', job: 'milink-exporter' }]);
  await comes(
    'the alert of no exporter',
    async () => {
      const answer = (await (await fetch(api)).json()) as readonly Sent[];
      return answer.some(({ labels }) => labels.alertname === 'MilinkExporterAbsent');
    },
    30,
  );
  assert.deepEqual(await untold(), expected);
});
