import type { Database, DatabaseReplicaState } from '../../src/model/database.ts';
import type { Engine } from '../../src/model/server.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { type LeftOut, nothingLeftOut, type Snapshot } from '../../src/model/snapshot.ts';
import { guid, type LinkAtEnd, linkRows, managedInstance, now, type PolledServer, sqlServer } from './server-state.ts';

/** A row of sys.databases; as given, Sales, joined and online. */
export function database(row: Partial<Database> = {}): Database {
  const name = row.name ?? 'Sales';
  return {
    databaseId: 5,
    name,
    physicalDatabaseName: name,
    groupDatabaseId: guid(`database ${name}`),
    replicaId: guid('replica'),
    state: 'ONLINE',
    logReuseWait: 'NOTHING',
    ...row,
  };
}

/** A copy of Sales: as given the healthy one of an asynchronous secondary without anything to catch up with. */
export function databaseState(row: Partial<DatabaseReplicaState> = {}): DatabaseReplicaState {
  return {
    databaseId: 5,
    groupId: guid('group'),
    replicaId: guid('replica'),
    groupDatabaseId: guid('database Sales'),
    isLocal: true,
    isPrimaryReplica: false,
    synchronizationState: 'SYNCHRONIZING',
    synchronizationHealth: 'HEALTHY',
    databaseState: 'ONLINE',
    isSuspended: false,
    suspendReason: null,
    lastSentLsn: null,
    lastReceivedLsn: null,
    lastHardenedLsn: lsn,
    lastRedoneLsn: lsn,
    endOfLogLsn: lsn,
    lastCommitLsn: lsn,
    lastSentTimestampSeconds: null,
    lastReceivedTimestampSeconds: null,
    lastHardenedTimestampSeconds: now - 1,
    lastRedoneTimestampSeconds: now - 1,
    lastCommitTimestampSeconds: now - 2,
    logSendQueueBytes: null,
    logSendRateBytesPerSecond: null,
    redoQueueBytes: 0,
    redoRateBytesPerSecond: 1024,
    secondaryLagSeconds: null,
    ...row,
  };
}

/** 25 digits: more than a number holds. */
export const lsn = 1_234_567_890_123_456_789_012_345n;

/** How the database Sales looks at one end. */
export interface DatabaseAtEnd extends LinkAtEnd {
  readonly catalogRow?: Partial<Database>;
  /** Columns of the own copy in the distributed group; null: no row. */
  readonly ownCopy?: Partial<DatabaseReplicaState> | null;
  /** Columns of the partner's copy, which only a primary has; null: no row. */
  readonly partnerCopy?: Partial<DatabaseReplicaState> | null;
}

/** The views of databases at one end: as a server shows them, with the server's own group beside the link's. */
export function databaseViews(
  engine: Engine,
  at: DatabaseAtEnd,
): Pick<Snapshot['views'], 'databases' | 'database_replica_states'> {
  const { states } = linkRows(engine, at);
  const [local, ...others] = states;
  const partner = others.find((row) => !row.isLocal);
  const own = others.find((row) => row.isLocal);
  const { ownCopy = {}, partnerCopy = {}, catalogRow = {} } = at;
  const isPrimary = at.role === 'PRIMARY';
  const groupDatabaseId = guid('database Sales');
  // An asynchronous primary's own row in the link's group has no hardened LSN.
  const primaryColumns = isPrimary ? { isPrimaryReplica: true, lastHardenedLsn: null, redoQueueBytes: null } : {};
  return {
    databases: [database({ replicaId: own?.replicaId ?? null, groupDatabaseId, ...catalogRow })],
    database_replica_states: [
      ...(ownCopy === null || local === undefined
        ? []
        : [databaseState({ groupId: local.groupId, replicaId: local.replicaId, ...primaryColumns, ...ownCopy })]),
      ...(partnerCopy === null || partner === undefined
        ? []
        : [
            databaseState({
              groupId: partner.groupId,
              replicaId: partner.replicaId,
              isLocal: false,
              logSendQueueBytes: 0,
              logSendRateBytesPerSecond: 2048,
              secondaryLagSeconds: 0,
              ...partnerCopy,
            }),
          ]),
      ...(own === undefined
        ? []
        : [databaseState({ groupId: own.groupId, replicaId: own.replicaId, isPrimaryReplica: true })]),
    ],
  };
}

/** The SQL Server's end of DAG_Sales with the database Sales: the primary unless told otherwise. */
export function sqlServerWithDatabase(at: DatabaseAtEnd = {}, polled: PolledServer = {}): ServerState {
  const end = { role: 'PRIMARY', ...at };
  return sqlServer(end, { ...polled, views: { ...databaseViews('sql_server', end), ...polled.views } });
}

/** The managed instance's end: the secondary unless told otherwise. */
export function managedInstanceWithDatabase(at: DatabaseAtEnd = {}, polled: PolledServer = {}): ServerState {
  const end = { role: 'SECONDARY', ...at };
  return managedInstance(end, { ...polled, views: { ...databaseViews('managed_instance', end), ...polled.views } });
}

/** The server with this much beyond the limits of the configuration: read, and not shown. */
export function beyond(server: ServerState, leftOut: Partial<LeftOut>): ServerState {
  if (server.outcome.kind !== 'ok') return server;
  const whole = { ...server.outcome.snapshot, leftOut: { ...nothingLeftOut, ...leftOut } };
  return { ...server, outcome: { kind: 'ok', snapshot: whole } };
}
