import assert from 'node:assert/strict';
import type { Scenario } from '../../src/simulator/scenario/index.ts';
import { type EndName, endNames } from '../../src/simulator/world/topology.ts';
import { type SampleText, sampleText } from './sql-exporter-samples.ts';
import { startMilliseconds, type WitnessPair } from './witness-pair.ts';

type Numbers = Readonly<Record<string, number>>;

const link = 'DAG_Sales';
const members = { sqlServer: 'AG_Sales', managedInstance: 'AG_Sales_MI' } as const;

/** What each end says of the members of the distributed group: role, health, connected. */
interface Replicas {
  readonly own: Readonly<Record<EndName, readonly [number, number, number]>>;
  readonly partner: Readonly<Partial<Record<EndName, readonly [number, number, number]>>>;
}

/** What an end says of a database: synchronization state and whether it is suspended; -1 for what it doesn't know. */
interface Databases {
  readonly own: Readonly<Partial<Record<EndName, readonly [number, number]>>>;
  readonly partner: Readonly<Partial<Record<EndName, readonly [number, number]>>>;
}

const inOrder = [1, 2, 1] as const;

const replicas: Readonly<Record<'healthy' | 'suspended' | 'split-brain' | 'seeding', Replicas>> = {
  healthy: { own: { sqlServer: inOrder, managedInstance: [2, 2, 1] }, partner: { sqlServer: [2, 2, 1] } },
  suspended: { own: { sqlServer: inOrder, managedInstance: [2, 0, 1] }, partner: { sqlServer: [2, 0, 1] } },
  seeding: { own: { sqlServer: inOrder, managedInstance: [2, 0, 1] }, partner: { sqlServer: [2, 0, 1] } },
  'split-brain': {
    own: { sqlServer: inOrder, managedInstance: inOrder },
    partner: { sqlServer: [2, 0, 0], managedInstance: [2, 0, 0] },
  },
};

const databases: Readonly<Record<keyof typeof replicas, Databases>> = {
  healthy: { own: { sqlServer: [1, 0], managedInstance: [1, 0] }, partner: { sqlServer: [1, 0] } },
  suspended: { own: { sqlServer: [1, 0], managedInstance: [0, 1] }, partner: { sqlServer: [0, 1] } },
  seeding: { own: { sqlServer: [1, 0] }, partner: {} },
  'split-brain': {
    own: { sqlServer: [1, 0], managedInstance: [1, 0] },
    partner: { sqlServer: [0, 0], managedInstance: [0, 0] },
  },
};

/** The scenarios whose samples are known. */
export const sampledScenarios = [
  'healthy',
  'suspended',
  'split-brain',
  'seeding',
] as const satisfies readonly Scenario[];

/** Everything that the four jobs should find on both ends of a pair with one link, sorted. */
export function linkSamples(witness: WitnessPair, scenario: (typeof sampledScenarios)[number]): readonly SampleText[] {
  const running = scenario === 'seeding' ? endNames.flatMap((end) => seedingSamples(witness, end)) : [];
  const found = endNames.flatMap((end) => [
    ...replicaSamples(end, replicas[scenario]),
    ...databaseSamples(witness, end, databases[scenario]),
  ]);
  return [...found, ...running, ...certificateSamples()].sort();
}

function samples(name: string, labels: Readonly<Record<string, string>>, values: Numbers): readonly SampleText[] {
  return Object.entries(values).map(([col, value]) => sampleText(name, { ...labels, col }, value));
}

function otherEnd(end: EndName): EndName {
  return end === 'sqlServer' ? 'managedInstance' : 'sqlServer';
}

function replicaSamples(end: EndName, { own, partner }: Replicas): readonly SampleText[] {
  const of = (
    side: 'local' | 'partner',
    numbers: readonly [number, number, number] | undefined,
  ): readonly SampleText[] => {
    if (numbers === undefined) return [];
    const [role, health, connected] = numbers;
    const member = members[side === 'local' ? end : otherEnd(end)];
    return samples('sql_link_replica', { end, link, member, side }, { role, health, connected });
  };
  return [...of('local', own[end]), ...of('partner', partner[end])];
}

function databaseSamples(witness: WitnessPair, end: EndName, { own, partner }: Databases): readonly SampleText[] {
  const rows = [...witness.pair[end].instance.rows('dm_hadr_database_replica_states')];
  const of = (isLocal: boolean, numbers: readonly [number, number] | undefined): readonly SampleText[] => {
    if (numbers === undefined) return [];
    const [synchronizationState, suspended] = numbers;
    // The amounts are the world's: its own tests say that they are right. The distributed group's row is the last one.
    const row = rows.findLast((candidate) => candidate.is_local === isLocal);
    const bytes = (column: string): number => (row?.[column] == null ? -1 : Number(row[column]) * 1024);
    return samples(
      'sql_link_database',
      { end, link, member: members[isLocal ? end : otherEnd(end)], name: 'Sales' },
      {
        synchronization_state: synchronizationState,
        suspended,
        log_send_queue_bytes: bytes('log_send_queue_size'),
        redo_queue_bytes: bytes('redo_queue_size'),
        lag_seconds: row?.secondary_lag_seconds == null ? -1 : Number(row.secondary_lag_seconds),
      },
    );
  };
  return [...of(true, own[end]), ...of(false, partner[end])];
}

/** A seeding began eight minutes before the pair, at 23.4 million bytes a second; the estimate forgets the compression. */
function seedingSamples(witness: WitnessPair, end: EndName): readonly SampleText[] {
  const database = witness.pair.topology.links[0]?.databases[0];
  assert.ok(database !== undefined);
  const rate = 23_400_000;
  const transferred = 8 * 60 * rate;
  const labels = {
    end,
    name: database.physicalNames[end],
    direction: end === 'sqlServer' ? 'Source' : 'Destination',
    doing: 'ReadingAndSendingData',
  };
  return samples('sql_link_seeding', labels, {
    database_size_bytes: database.sizeBytes,
    transferred_bytes: transferred,
    rate_bytes_per_second: rate,
    estimated_completion_timestamp_seconds: Math.floor(
      startMilliseconds / 1000 + (database.sizeBytes - transferred) / rate,
    ),
  });
}

/** Both endpoint certificates on both ends, and on SQL Server the authorities behind the managed instance's. */
function certificateSamples(): readonly SampleText[] {
  const start = startMilliseconds / 1000;
  const expiries = [
    ['sqlServer', 'Cert_sql-prod-01_endpoint', start + 700 * 86_400],
    ['managedInstance', 'Cert_sql-prod-01_endpoint', start + 700 * 86_400],
    ['sqlServer', 'mi-prod.0123abcd.database.windows.net', start + 180 * 86_400],
    ['managedInstance', 'mi-prod.0123abcd.database.windows.net', start + 180 * 86_400],
    ['sqlServer', 'DigiCertPKI', Date.UTC(2038, 0, 15, 12) / 1000],
    ['sqlServer', 'MicrosoftPKI', Date.UTC(2042, 6, 18, 23) / 1000],
  ] as const;
  return expiries.flatMap(([end, certificate, seconds]) =>
    samples('sql_link_certificate', { end, certificate }, { expiry_timestamp_seconds: seconds }),
  );
}
