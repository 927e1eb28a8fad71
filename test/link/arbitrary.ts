import type { AvailabilityGroup, AvailabilityReplica, ReplicaState } from '../../src/model/availability.ts';
import type { Database, DatabaseReplicaState } from '../../src/model/database.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { PhysicalSeeding, SeedingAttempt } from '../../src/model/seeding.ts';
import type { Permission, ServerFacts } from '../../src/model/server.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { fc } from '../fuzz/property.ts';
import { database, databaseState, lsn } from './database-rows.ts';
import {
  availabilityReplica,
  failedServer,
  guid,
  managedInstance,
  now,
  pendingServer,
  physicalSeeding,
  polledServer,
  replicaState,
  seedingAttempt,
  sqlServer,
} from './server-state.ts';

/** Few values, so that names, GUIDs and roles collide often: that is where pairing goes wrong. */
const managedInstances = ['mi-a', 'mi-b'];
const linkNames = ['DAG_1', 'dag_1', 'DAG_2'];
const serverNames = ['s1', 's2', 's3', 's4'];
const guids = ['g1', 'g2', 'g3'].map(guid);
const strange = fc.string({ unit: 'grapheme', maxLength: 6 });

const managedInstanceName = fc.constantFrom(...managedInstances);
const guidValue = fc.constantFrom(...guids);
const host = fc.constantFrom('mi-a.01ab.database.windows.net', 'mi-b', 'sql01.corp.example', '10.0.0.4');

function text(...known: readonly string[]): fc.Arbitrary<string | null> {
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...known) }, fc.constant(null), strange);
}

const state: fc.Arbitrary<ReplicaState> = fc
  .record({
    replicaId: guidValue,
    groupId: guidValue,
    isLocal: fc.boolean(),
    role: text('PRIMARY', 'SECONDARY', 'RESOLVING'),
    connectedState: text('CONNECTED', 'DISCONNECTED'),
    synchronizationHealth: text('HEALTHY', 'PARTIALLY_HEALTHY', 'NOT_HEALTHY'),
    lastConnectErrorNumber: fc.constantFrom(null, 35206),
  })
  .map(replicaState);

const endpointUrl = fc.oneof(
  managedInstanceName.map((name) => `tcp://${name}.01ab.database.windows.net:5022;Server=[${name}]`),
  fc.constantFrom('tcp://sql01.corp.example:5022', null),
  strange,
);

const replica: fc.Arbitrary<AvailabilityReplica> = fc
  .record({ replicaId: guidValue, groupId: guidValue, replicaServerName: text('AG_1', 'AG_2'), endpointUrl })
  .map(availabilityReplica);

const attempt: fc.Arbitrary<SeedingAttempt> = fc
  .record({
    groupId: guidValue,
    currentState: text('COMPLETED', 'FAILED', 'PENDING'),
    startTimestampSeconds: fc.constantFrom(null, now - 90, now - 60),
    completionTimestampSeconds: fc.constantFrom(null, now - 30),
  })
  .map(seedingAttempt);

const transfer: fc.Arbitrary<PhysicalSeeding> = fc
  .record({
    localPhysicalSeedingId: fc.constantFrom(null, guid('operation')),
    localDatabaseName: text('Sales', ...guids),
    transferredBytes: fc.constantFrom(null, 0, 5),
    endTimestampSeconds: fc.constantFrom(null, now - 30),
  })
  .map(physicalSeeding);

const lsnValue = fc.constantFrom(null, 0n, 1n, lsn, lsn + 1n);

const copy: fc.Arbitrary<DatabaseReplicaState> = fc
  .record({
    databaseId: fc.constantFrom(1, 2),
    groupId: guidValue,
    replicaId: guidValue,
    groupDatabaseId: guidValue,
    isLocal: fc.constantFrom(true, true, false, null),
    isPrimaryReplica: fc.constantFrom(true, false, null),
    synchronizationState: text('SYNCHRONIZING', 'SYNCHRONIZED', 'NOT SYNCHRONIZING'),
    synchronizationHealth: text('HEALTHY', 'NOT_HEALTHY'),
    isSuspended: fc.constantFrom(false, false, true, null),
    suspendReason: text('SUSPEND_FROM_USER'),
    lastHardenedLsn: lsnValue,
    secondaryLagSeconds: fc.constantFrom(null, 0, 5),
    lastCommitTimestampSeconds: fc.constantFrom(null, now - 3600, now - 2, now),
    lastHardenedTimestampSeconds: fc.constantFrom(null, now - 360, now + 30, now + 7200),
  })
  .map(databaseState);

/** Names that are GUIDs too, as a managed instance has them. */
const databaseRow: fc.Arbitrary<Database> = fc
  .record({
    databaseId: fc.constantFrom(1, 2, 3),
    name: fc.constantFrom('Sales', 'sales', 'HR', ...guids),
    groupDatabaseId: fc.option(guidValue),
    replicaId: fc.option(guidValue),
  })
  .map(database);

const group = fc.record({
  groupId: guidValue,
  name: fc.constantFrom(...linkNames),
  isDistributed: fc.constantFrom(true, true, false),
  clusterType: fc.constant(null),
});

const groups: fc.Arbitrary<readonly AvailabilityGroup[] | null> = fc.option(
  fc.uniqueArray(group, { maxLength: 3, selector: (row) => row.groupId }),
  { freq: 12 },
);

const facts: fc.Arbitrary<Partial<ServerFacts>> = fc.oneof(
  fc.record({ engine: fc.constant('sql_server' as const), serverName: fc.constantFrom('SQL01', 'sql01', 'SQL02', '') }),
  managedInstanceName.map((name) => ({
    engine: 'managed_instance' as const,
    serverName: `${name}.01ab.database.windows.net`,
  })),
);

function rowsOrNull<Row>(row: fc.Arbitrary<Row>): fc.Arbitrary<readonly Row[] | null> {
  return fc.option(fc.array(row, { maxLength: 5 }), { freq: 12 });
}

const views: fc.Arbitrary<Partial<Snapshot['views']>> = fc.record({
  permissions: fc.constantFrom<readonly Permission[] | null>(null, [], [{ name: 'VIEW ANY DEFINITION', held: false }]),
  availability_groups: groups,
  availability_replicas: rowsOrNull(replica),
  availability_replica_states: rowsOrNull(state),
  automatic_seeding: rowsOrNull(attempt),
  physical_seeding_stats: rowsOrNull(transfer),
  databases: rowsOrNull(databaseRow),
  database_replica_states: rowsOrNull(copy),
});

function server(name: string): fc.Arbitrary<ServerState> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(facts, views, host).map(([said, seen, at]) => polled(name, said, [seen, at])) },
    host.map((at) => pendingServer(name, { host: at })),
    host.map((at) => failedServer(name, { host: at })),
  );
}

function polled(
  name: string,
  said: Partial<ServerFacts>,
  [seen, at]: readonly [Partial<Snapshot['views']>, string],
): ServerState {
  return polledServer(name, said.engine ?? 'sql_server', { facts: said, views: seen, state: { host: at } });
}

/** Any servers at all: rows that fit together by chance or not at all, unknown texts, views that were not read; now and then two in order. */
export const anyServers: fc.Arbitrary<readonly ServerState[]> = fc.oneof(
  { weight: 40, arbitrary: fc.subarray(serverNames).chain((names) => fc.tuple(...names.map(server))) },
  fc.constant([sqlServer(), managedInstance()]),
);

/** Expected links with distinct identities. */
export const anyExpected: fc.Arbitrary<readonly ExpectedLink[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('DAG_1', 'DAG_2', 'DAG_3'),
    managedInstance: managedInstanceName,
    servers: fc.subarray(serverNames),
    databases: fc.subarray(['Sales', 'HR', guids[0] ?? '']),
  }),
  { maxLength: 4, selector: (link) => `${link.name} ${link.managedInstance}` },
);

/** The same servers in another order, with the rows of their views in another order. */
export function shuffled(servers: readonly ServerState[]): fc.Arbitrary<readonly ServerState[]> {
  const inner = fc.tuple(...servers.map(withShuffledRows));
  return inner.chain((each) => fc.shuffledSubarray(each, { minLength: each.length }));
}

function withShuffledRows(each: ServerState): fc.Arbitrary<ServerState> {
  if (each.outcome.kind !== 'ok') return fc.constant(each);
  const { snapshot } = each.outcome;
  const seen = snapshot.views;
  return fc
    .record({
      availability_groups: shuffledRows(seen.availability_groups),
      availability_replicas: shuffledRows(seen.availability_replicas),
      availability_replica_states: shuffledRows(seen.availability_replica_states),
      automatic_seeding: shuffledRows(seen.automatic_seeding),
      physical_seeding_stats: shuffledRows(seen.physical_seeding_stats),
      databases: shuffledRows(seen.databases),
      database_replica_states: shuffledRows(seen.database_replica_states),
    })
    .map((rows) => ({ ...each, outcome: { kind: 'ok', snapshot: { ...snapshot, views: { ...seen, ...rows } } } }));
}

function shuffledRows<Row>(rows: readonly Row[] | null): fc.Arbitrary<readonly Row[] | null> {
  return rows === null ? fc.constant(null) : fc.shuffledSubarray([...rows], { minLength: rows.length });
}
