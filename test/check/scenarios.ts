import { buildReport } from '../../src/check/report/build.ts';
import type { CheckReport } from '../../src/check/report/report.ts';
import { assessLinks } from '../../src/link/assessor.ts';
import type { AzureState } from '../../src/model/azure/state.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import { noHistory, type ServerHistory } from '../../src/model/history.ts';
import type { SeedingAttempt } from '../../src/model/seeding.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { database, databaseState, managedInstanceWithDatabase, sqlServerWithDatabase } from '../link/database-rows.ts';
import {
  certificate,
  failedServer,
  guid,
  managedInstance,
  mirroringEndpoint,
  now,
  pendingServer,
  physicalSeeding,
  polledServer,
  seedingAttempt,
  sqlServer,
} from '../link/server-state.ts';
import { day, type Ends, miHost, pair, trust } from './ends.ts';

const expected: ExpectedLink = {
  name: 'DAG_Sales',
  managedInstance: 'mi-prod',
  servers: ['sql-prod-01', 'mi-prod'],
  databases: ['Sales'],
};

const lost = { connectedState: 'DISCONNECTED', synchronizationHealth: 'NOT_HEALTHY' } as const;
const timedOut = {
  lastConnectErrorNumber: 35_206,
  lastConnectErrorDescription: 'A connection timeout has occurred on a previously established connection.',
  lastConnectErrorTimestampSeconds: now - 300,
} as const;
const stopped = { synchronizationState: 'NOT SYNCHRONIZING', synchronizationHealth: 'NOT_HEALTHY' } as const;
const behind = {
  ...stopped,
  secondaryLagSeconds: 300,
  logSendQueueBytes: 126_000_000,
  lastCommitTimestampSeconds: now - 302,
} as const;
/** No log for ten minutes. */
const still = {
  ownCopy: {
    ...stopped,
    lastReceivedTimestampSeconds: now - 600,
    lastHardenedTimestampSeconds: now - 600,
  },
} as const;
const turnedPrimary = {
  from: 'SECONDARY',
  to: 'PRIMARY',
  afterTimestampSeconds: now - 735.2,
  byTimestampSeconds: now - 720.1,
} as const;
/** This program saw the managed instance become primary. */
const failedOver: ServerHistory = {
  ...noHistory,
  roles: new Map([
    [guid('DAG_Sales@mi-prod'), { role: 'PRIMARY', changes: new Map([['PRIMARY', 1]]), turn: turnedPrimary }],
  ]),
};
const suspended = { ...stopped, isSuspended: true, suspendReason: 'SUSPEND_FROM_USER' } as const;

const attempt = { groupId: guid('DAG_Sales@mi-prod'), groupDatabaseId: guid('database Sales') };
const running: SeedingAttempt = seedingAttempt({
  ...attempt,
  currentState: 'SEEDING',
  startTimestampSeconds: now - 492,
  completionTimestampSeconds: null,
});
const failedAttempt = seedingAttempt({
  ...attempt,
  currentState: 'FAILED',
  startTimestampSeconds: now - 2400,
  completionTimestampSeconds: now - 1500,
  failureState: 2,
  failureStateDescription: 'SQL Error',
  errorCode: 1412,
  numberOfAttempts: 2,
});
const seedingEnds: Ends = {
  sql: { partner: { synchronizationHealth: 'NOT_HEALTHY' }, partnerCopy: null },
  // A copy has no group_database_id before it joins.
  miViews: { databases: [], database_replica_states: [] },
};

/** Servers as polls left them, and what the configuration expects. */
export interface Scenario {
  readonly servers: readonly ServerState[];
  readonly expected?: readonly ExpectedLink[];
}

/** What an engineer may meet, by name: each has a golden screen and golden JSON. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  healthy: { servers: pair() },
  'split-brain': {
    servers: pair({
      sql: { partner: { ...lost, ...timedOut }, partnerCopy: behind },
      mi: { role: 'PRIMARY', partner: { ...lost, ...timedOut }, partnerCopy: behind },
    }),
  },
  missing: {
    servers: [polledServer('sql-prod-01', 'sql_server'), managedInstance({}, { links: [] })],
    expected: [expected],
  },
  'nothing-polled': {
    servers: [failedServer('sql-prod-01'), pendingServer('mi-prod')],
    expected: [expected],
  },
  'no-links': { servers: [polledServer('sql-prod-01', 'sql_server')] },
  'no-primary': { servers: pair({ sql: { role: 'SECONDARY' } }) },
  'no-primary-stuck': { servers: pair({ sql: { role: 'SECONDARY', ...still }, mi: still }) },
  'primary-lost': {
    servers: [
      failedServer('sql-prod-01', { host: 'sql01.corp.example' }),
      managedInstanceWithDatabase({ local: lost, ...still }),
    ],
    expected: [expected],
  },
  'copy-reverting': {
    servers: [
      failedServer('sql-prod-01', { host: 'sql01.corp.example' }),
      managedInstanceWithDatabase({ local: lost, ownCopy: { ...still.ownCopy, synchronizationState: 'REVERTING' } }),
    ],
    expected: [expected],
  },
  'dropped-at-sql-server': {
    servers: [
      polledServer('sql-prod-01', 'sql_server', {
        views: { databases: [database({ groupDatabaseId: null, replicaId: null })] },
        state: { host: 'sql01.corp.example' },
      }),
      managedInstanceWithDatabase({ local: lost, ...still }),
    ],
    expected: [expected],
  },
  'dropped-at-managed-instance': {
    servers: [
      sqlServerWithDatabase({ partner: { ...lost, ...timedOut }, partnerCopy: behind }, { views: trust() }),
      managedInstance({}, { links: [], views: { databases: [database({ groupDatabaseId: null, replicaId: null })] } }),
    ],
    expected: [expected],
  },
  'split-brain-seen': {
    servers: [
      sqlServerWithDatabase({ partner: { ...lost, ...timedOut }, partnerCopy: behind }, { views: trust() }),
      managedInstanceWithDatabase(
        { role: 'PRIMARY', partner: { ...lost, ...timedOut }, partnerCopy: behind },
        { state: { history: failedOver } },
      ),
    ],
  },
  'primary-unreachable': {
    servers: [failedServer('sql-prod-01', { host: 'sql01.corp.example' }), ...pair().slice(1)],
    expected: [expected],
  },
  'secondary-unreachable': {
    servers: [...pair().slice(0, 1), failedServer('mi-prod', { host: miHost, lastSuccessTimestampSeconds: now - 75 })],
  },
  seeding: {
    servers: pair({
      ...seedingEnds,
      sqlViews: { automatic_seeding: [running], physical_seeding_stats: [physicalSeeding()] },
    }),
  },
  'seeding-uncompressed': {
    servers: pair({
      ...seedingEnds,
      sqlViews: {
        automatic_seeding: [running],
        physical_seeding_stats: [physicalSeeding({ isCompressionEnabled: false })],
      },
    }),
  },
  'seeding-without-estimate': {
    servers: pair({
      ...seedingEnds,
      sqlViews: {
        automatic_seeding: [running],
        physical_seeding_stats: [physicalSeeding({ transferRateBytesPerSecond: 0 })],
      },
    }),
  },
  'seeding-failed': { servers: pair({ ...seedingEnds, sqlViews: { automatic_seeding: [failedAttempt] } }) },
  disconnected: {
    servers: pair({ sql: { partner: { ...lost, ...timedOut }, partnerCopy: behind }, mi: { ownCopy: stopped } }),
  },
  suspended: {
    servers: pair({
      sql: { partner: { synchronizationHealth: 'NOT_HEALTHY' }, partnerCopy: suspended },
      mi: { ownCopy: suspended },
    }),
  },
  'not-healthy': {
    servers: pair({
      sql: { partner: { synchronizationHealth: 'NOT_HEALTHY' }, partnerCopy: behind },
      mi: { ownCopy: stopped },
    }),
  },
  'partially-healthy': {
    servers: pair({ sql: { partner: { synchronizationHealth: 'PARTIALLY_HEALTHY' } } }),
  },
  'certificate-expiring': { servers: pair({ sqlViews: trust(now + 5.5 * day) }) },
  'certificate-expired': { servers: pair({ sqlViews: trust(now - 2 * day) }) },
  'certificate-differs': {
    servers: pair({
      miViews: {
        certificates: [certificate({ certificateId: 7, name: 'MI', thumbprint: 'AB'.repeat(20), subject: 'CN=mi' })],
        database_mirroring_endpoints: [mirroringEndpoint({ certificateId: 7 })],
      },
    }),
  },
  'database-missing': {
    servers: pair(),
    expected: [{ ...expected, databases: ['Sales', 'HR'] }],
  },
  'permission-missing': {
    servers: pair({ sqlViews: { permissions: [{ name: 'VIEW ANY DEFINITION', held: false }] } }),
  },
  'view-not-read': { servers: withoutDatabases() },
  'many-links': { servers: manyLinks() },
};

/** The login may not read the view of databases. */
function withoutDatabases(): readonly ServerState[] {
  const failure = {
    reason: 'permission',
    message: 'VIEW SERVER PERFORMANCE STATE permission was denied on object.',
    errorNumber: 300,
  } as const;
  const views = new Map([
    ['database_replica_states', { durationSeconds: 0.01, failure, readTimestampSeconds: null }],
  ] as const);
  const [, mi] = pair();
  const sql = sqlServerWithDatabase(
    {},
    { views: { ...trust(), databases: null, database_replica_states: null }, state: { views } },
  );
  return mi === undefined ? [sql] : [sql, mi];
}

/** Five healthy links and a disconnected one. */
function manyLinks(): readonly ServerState[] {
  const names = ['DAG_A', 'DAG_B', 'DAG_C', 'DAG_D', 'DAG_E'];
  const at = (role: string) => [
    ...names.map((link) => ({ link, role })),
    { link: 'DAG_Sales', role, ...(role === 'PRIMARY' ? { partner: lost } : {}) },
  ];
  return [sqlServer({}, { links: at('PRIMARY'), views: trust() }), managedInstance({}, { links: at('SECONDARY') })];
}

/** The report of a scenario, at the instant that every built state is of. */
export function reportOf({ servers, expected: links = [] }: Scenario, azure: AzureState | null = null): CheckReport {
  return buildReport({
    servers: servers.map((state) => ({ state, port: 1433 })),
    links: assessLinks(servers, links, azure),
    azure,
    nowSeconds: now + 2,
    chosen: null,
  });
}

/** Many databases of one link, some of them suspended. */
export function manyDatabases(count: number, suspendedCount: number): readonly ServerState[] {
  const [sql] = pair();
  if (sql?.outcome.kind !== 'ok') throw new Error('the pair was polled');
  const { snapshot } = sql.outcome;
  const [partner] = (snapshot.views.database_replica_states ?? []).filter((row) => row.isLocal === false);
  const named = Array.from({ length: count }, (_, index) => `Sales_${String(index).padStart(3, '0')}`);
  const views: Snapshot['views'] = {
    ...snapshot.views,
    databases: named.map((name, index) => database({ name, databaseId: index + 5 })),
    database_replica_states: named.map((name, index) =>
      databaseState({
        ...partner,
        groupDatabaseId: guid(`database ${name}`),
        ...(index < count - suspendedCount ? {} : suspended),
      }),
    ),
  };
  return [{ ...sql, outcome: { kind: 'ok', snapshot: { ...snapshot, views } } }, managedInstance()];
}
