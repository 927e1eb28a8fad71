import assert from 'node:assert/strict';
import type { Severity } from '../../src/link/data/verdict.ts';
import type { FindingCode } from '../../src/link/findings/kinds.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { SeedingAttempt } from '../../src/model/seeding.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import {
  type DatabaseAtEnd,
  database,
  databaseState,
  managedInstanceWithDatabase,
  sqlServerWithDatabase,
} from './database-rows.ts';
import {
  availabilityReplica,
  certificate,
  guid,
  linkRows,
  managedInstance,
  mirroringEndpoint,
  now,
  polledServer,
  seedingAttempt,
  sqlServer,
} from './server-state.ts';

/** What people who run availability groups reported, as states: what must be said of each. */
export interface Report {
  readonly servers: readonly ServerState[];
  readonly expected?: readonly ExpectedLink[];
  readonly severity: Severity;
  /** Codes with the database or server that they are about; no other finding but information may hold. */
  readonly told: readonly (readonly [FindingCode, string | null])[];
}

export const day = 86_400;
export const group = guid('DAG_Sales@mi-prod');
export const lost = { connectedState: 'DISCONNECTED', synchronizationHealth: 'NOT_HEALTHY' } as const;
const old = { startTimestampSeconds: now - 30 * day, completionTimestampSeconds: now - 30 * day + 600 } as const;
const failedLongAgo = seedingAttempt({
  groupId: group,
  groupDatabaseId: guid('database Sales'),
  currentState: 'FAILED',
  failureState: 21,
  ...old,
});

type Views = Partial<Snapshot['views']>;

function pair(
  sql: DatabaseAtEnd = {},
  mi: DatabaseAtEnd = {},
  sqlViews: Views = {},
  miViews: Views = {},
): readonly ServerState[] {
  return [sqlServerWithDatabase(sql, { views: sqlViews }), managedInstanceWithDatabase(mi, { views: miViews })];
}

/** A second database of the link at the primary, whose copy is this; null: none. */
function withSecond(
  attempts: readonly SeedingAttempt[],
  partner: object | null,
  first: object = {},
): readonly ServerState[] {
  const [server] = pair({ partner: { synchronizationHealth: 'NOT_HEALTHY' }, partnerCopy: first }, {});
  assert.ok(server?.outcome.kind === 'ok');
  const { views } = server.outcome.snapshot;
  const own = views.databases?.[0];
  const [local, remote] = views.database_replica_states ?? [];
  const id = { databaseId: 6, groupDatabaseId: guid('database HR') };
  return pair(
    { partner: { synchronizationHealth: 'NOT_HEALTHY' }, partnerCopy: first },
    {},
    {
      automatic_seeding: attempts,
      databases: [...(views.databases ?? []), database({ ...own, ...id, name: 'HR' })],
      database_replica_states: [
        ...(views.database_replica_states ?? []),
        databaseState({ ...local, ...id }),
        ...(partner === null ? [] : [databaseState({ ...remote, ...id, ...partner })]),
      ],
    },
  );
}

export const seedingOfHr = seedingAttempt({
  groupId: group,
  groupDatabaseId: guid('database HR'),
  currentState: 'SEEDING',
  completionTimestampSeconds: null,
});
const stopped = { synchronizationState: 'NOT SYNCHRONIZING', synchronizationHealth: 'NOT_HEALTHY' } as const;
export const listed: ExpectedLink = {
  name: 'DAG_Sales',
  managedInstance: 'mi-prod',
  servers: ['sql-prod-01', 'mi-prod'],
  databases: ['Sales'],
};
const restored = database({ groupDatabaseId: null, replicaId: null });
const refusedGroups = { availability_groups: null } as const;

export const reports: Readonly<Record<string, Report>> = {
  'A1 an attempt that failed a month ago beside a copy that was restored by hand': {
    servers: pair({}, {}, { automatic_seeding: [failedLongAgo] }),
    severity: 'healthy',
    told: [],
  },
  'A2 one database is seeded for hours, another has stopped': {
    servers: withSecond([seedingOfHr], null, stopped),
    severity: 'critical',
    told: [
      ['partner_not_healthy', 'sql-prod-01'],
      ['database_not_healthy', 'Sales'],
      ['seeding_running', 'HR'],
    ],
  },
  'A2 one database is seeded for hours, the other is in order': {
    servers: withSecond([seedingOfHr], null),
    severity: 'degraded',
    told: [['seeding_running', 'HR']],
  },
  'A3 the old failure, and the partner is DISCONNECTED': {
    servers: pair({ partner: lost }, {}, { automatic_seeding: [failedLongAgo] }),
    severity: 'critical',
    told: [
      ['partner_disconnected', 'sql-prod-01'],
      ['partner_not_healthy', 'sql-prod-01'],
    ],
  },
  'A4 a database in the primary group and in no copy at the other end': {
    servers: pair({ partnerCopy: null }, {}, {}, { databases: [], database_replica_states: [] }),
    severity: 'degraded',
    told: [['database_unprotected', 'Sales']],
  },
  'A4 the system databases of a contained group have no copy, legally': {
    servers: pair(
      { partnerCopy: null, catalogRow: { name: 'AG_Sales_master' } },
      {},
      {},
      { databases: [], database_replica_states: [] },
    ),
    severity: 'healthy',
    told: [],
  },
  'A6 an expired self-signed certificate that signs modules': {
    servers: pair(
      {},
      {},
      {
        certificates: [
          certificate(),
          certificate({
            certificateId: 9,
            name: 'Signing',
            privateKeyEncryption: 'NA',
            subject: 'CN=S',
            issuer: 'CN=S',
            expiryTimestampSeconds: now - 30 * day,
          }),
        ],
        database_mirroring_endpoints: [mirroringEndpoint()],
      },
    ),
    severity: 'healthy',
    told: [],
  },
  'A7 the endpoint names a certificate that the catalog does not show': {
    servers: pair({}, {}, { certificates: [], database_mirroring_endpoints: [mirroringEndpoint()] }),
    severity: 'degraded',
    told: [['endpoint_certificate_not_seen', 'sql-prod-01']],
  },
  'A9 the primary is FAILED and NOT_HEALTHY itself': {
    servers: pair({ local: { operationalState: 'FAILED', synchronizationHealth: 'NOT_HEALTHY' } }),
    severity: 'critical',
    told: [
      ['end_not_healthy', 'sql-prod-01'],
      ['end_not_operational', 'sql-prod-01'],
    ],
  },
  'A9 a database of the primary is SUSPECT': {
    servers: pair({ catalogRow: { state: 'SUSPECT' }, local: { recoveryHealth: 'ONLINE_IN_PROGRESS' } }),
    severity: 'critical',
    told: [
      ['database_not_online', 'Sales'],
      ['end_in_recovery', 'sql-prod-01'],
    ],
  },
  'A15 a stopped endpoint under a connection that stands': {
    servers: pair(
      {},
      {},
      { database_mirroring_endpoints: [mirroringEndpoint({ state: 'STOPPED' })], certificates: [certificate()] },
    ),
    severity: 'degraded',
    told: [['endpoint_not_started', 'sql-prod-01']],
  },
  'A15 endpoints without an algorithm in common': {
    servers: pair(
      {},
      {},
      {
        database_mirroring_endpoints: [mirroringEndpoint({ encryptionAlgorithm: 'RC4' })],
        certificates: [certificate()],
      },
      { database_mirroring_endpoints: [mirroringEndpoint()] },
    ),
    severity: 'degraded',
    told: [
      ['endpoint_settings_refuse', 'sql-prod-01'],
      ['endpoints_do_not_meet', 'sql-prod-01'],
    ],
  },
  'A19 the primary may not read its groups, and answers': {
    servers: [sqlServer({}, { views: refusedGroups }), managedInstance()],
    severity: 'degraded',
    told: [['view_not_read', 'sql-prod-01']],
  },
  'A19 nothing names its groups: not read is not lost': {
    servers: [sqlServer({ groupId: guid('unknown') }, { views: refusedGroups }), managedInstance()],
    expected: [listed],
    severity: 'unknown',
    told: [
      ['end_not_read', 'sql-prod-01'],
      ['view_not_read', 'sql-prod-01'],
    ],
  },
  'D1 dropped at the SQL Server, whose database is ONLINE and in no group': {
    servers: [
      polledServer('sql-prod-01', 'sql_server', { views: { databases: [restored] } }),
      managedInstanceWithDatabase({}),
    ],
    severity: 'critical',
    told: [['dropped_at_one_end', 'sql-prod-01']],
  },
  'D1 the managed instance dropped it and keeps its database': {
    servers: [
      sqlServerWithDatabase({ partner: lost }),
      managedInstance({}, { links: [], views: { databases: [restored] } }),
    ],
    severity: 'critical',
    told: [
      ['dropped_at_one_end', 'mi-prod'],
      ['partner_disconnected', 'sql-prod-01'],
      ['partner_not_healthy', 'sql-prod-01'],
    ],
  },
  'D3 dropped everywhere, the copies RESTORING': {
    servers: [
      polledServer('sql-prod-01', 'sql_server', { views: { databases: [{ ...restored, state: 'RESTORING' }] } }),
      managedInstance({}, { links: [], views: { databases: [{ ...restored, state: 'RESTORING' }] } }),
    ],
    expected: [listed],
    severity: 'critical',
    told: [['not_found_anywhere', null]],
  },
  'D5 a database taken out at the primary only': {
    servers: pair({}, {}, { databases: [], database_replica_states: [] }),
    severity: 'degraded',
    told: [['database_orphaned', 'Sales']],
  },
  'D7 the copy is REVERTING': {
    servers: pair(
      {
        partner: { synchronizationHealth: 'NOT_HEALTHY' },
        partnerCopy: { ...stopped, synchronizationState: 'REVERTING' },
      },
      { ownCopy: { ...stopped, synchronizationState: 'REVERTING' } },
    ),
    severity: 'critical',
    told: [
      ['partner_not_healthy', 'sql-prod-01'],
      ['database_reverting', 'Sales'],
      ['database_reverting', 'Sales'],
    ],
  },
  'D18 commit modes that differ': {
    servers: pair(
      {},
      {},
      {
        availability_replicas: linkRows('sql_server').replicas.map((row, index) =>
          index === 0 ? availabilityReplica({ ...row, availabilityMode: 'SYNCHRONOUS_COMMIT' }) : row,
        ),
      },
    ),
    severity: 'degraded',
    told: [['commit_modes_differ', null]],
  },
};
