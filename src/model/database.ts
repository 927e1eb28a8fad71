/** sys.databases: one database of the server, linked or not. */
export interface Database {
  readonly databaseId: number;
  readonly name: string;
  /** What some views of a managed instance call the database, a GUID there; null before SQL Server 2019. */
  readonly physicalDatabaseName: string | null;
  /** Upper-case GUID, the same on every replica; null unless the database is joined to a group. */
  readonly groupDatabaseId: string | null;
  /** The local replica of the group; null unless the database is joined to one. */
  readonly replicaId: string | null;
  /** ONLINE, RESTORING, RECOVERING, RECOVERY_PENDING, SUSPECT, EMERGENCY, OFFLINE, ...: an open set. */
  readonly state: string | null;
  /** Why the log can't be truncated: NOTHING, LOG_BACKUP, AVAILABILITY_REPLICA, ...: an open set. */
  readonly logReuseWait: string | null;
}

/**
 * sys.dm_hadr_database_replica_states: one copy of a database in one group, as this server knows it. A primary has a row
 * for its own copy and one per remote copy; a secondary only its own. Values are what the local side knows: each may be
 * missing or behind. Sizes are bytes, rates bytes per second, times Unix seconds.
 *
 * LSNs are numeric(25,0), more than a number holds. All but `lastRedoneLsn` and `lastCommitLsn` are ids of log blocks.
 */
export interface DatabaseReplicaState {
  /** Of the server that says so; for a remote row it need not be the local id. Null: not known. */
  readonly databaseId: number | null;
  /** Upper-case GUIDs. Of a multi-database link the group may be one that sys.availability_groups does not show. */
  readonly groupId: string;
  readonly replicaId: string;
  readonly groupDatabaseId: string;
  readonly isLocal: boolean | null;
  /** Primary within its own group: says nothing of the role in a link. */
  readonly isPrimaryReplica: boolean | null;
  /** `NOT SYNCHRONIZING` (with a blank), SYNCHRONIZING, SYNCHRONIZED, REVERTING, INITIALIZING. */
  readonly synchronizationState: string | null;
  /** NOT_HEALTHY, PARTIALLY_HEALTHY or HEALTHY. */
  readonly synchronizationHealth: string | null;
  /** As `Database.state`. */
  readonly databaseState: string | null;
  readonly isSuspended: boolean | null;
  /** SUSPEND_FROM_USER, ...; null while data moves. */
  readonly suspendReason: string | null;
  readonly lastSentLsn: bigint | null;
  readonly lastReceivedLsn: bigint | null;
  /** Null on the row of an asynchronous primary. */
  readonly lastHardenedLsn: bigint | null;
  readonly lastRedoneLsn: bigint | null;
  readonly endOfLogLsn: bigint | null;
  readonly lastCommitLsn: bigint | null;
  readonly lastSentTimestampSeconds: number | null;
  readonly lastReceivedTimestampSeconds: number | null;
  readonly lastHardenedTimestampSeconds: number | null;
  readonly lastRedoneTimestampSeconds: number | null;
  /**
   * Converted with the offset of the server that says so. On a secondary the clock behind it is the primary's: use the
   * `DatabaseEnd` of the link, which corrects it.
   */
  readonly lastCommitTimestampSeconds: number | null;
  readonly logSendQueueBytes: number | null;
  /** Of the last time that log was sent: stale while the link is idle. */
  readonly logSendRateBytesPerSecond: number | null;
  readonly redoQueueBytes: number | null;
  readonly redoRateBytesPerSecond: number | null;
  /** While data movement is suspended it grows, or reads 0 as long as nothing is written. */
  readonly secondaryLagSeconds: number | null;
}

/** synchronization_state_desc of sys.dm_hadr_database_replica_states by its code; the first has a blank, not an underscore. */
export const synchronizationStates = [
  'NOT SYNCHRONIZING',
  'SYNCHRONIZING',
  'SYNCHRONIZED',
  'REVERTING',
  'INITIALIZING',
] as const;

type SynchronizationState = (typeof synchronizationStates)[number];

const meanings: Readonly<Record<SynchronizationState, string>> = {
  'NOT SYNCHRONIZING': 'No changes reach this copy: the ends are not connected, or data movement is suspended.',
  SYNCHRONIZING: 'Changes reach this copy with a delay, which is the healthy state of a link with asynchronous commit.',
  SYNCHRONIZED: 'This copy has every committed change, which a link shows only with synchronous commit.',
  REVERTING:
    'This copy undoes changes that the new primary does not have, and a forced failover would make it unusable.',
  INITIALIZING: 'This copy is waiting for log that it needs to start, and a forced failover would make it unusable.',
};

/** The text of a code; a code that a newer server made up becomes `UNKNOWN (9)`, null stays null. */
export function synchronizationStateName(code: number | null): string | null {
  return code === null ? null : (synchronizationStates[code] ?? `UNKNOWN (${code})`);
}

/** What a synchronization_state_desc means for a link, in one sentence; null for a text that is not known. */
export function describeSynchronizationState(state: string): string | null {
  return Object.hasOwn(meanings, state) ? meanings[state as SynchronizationState] : null;
}

/** sys.dm_os_performance_counters: one counter of the log of one database. */
export interface LogCounter {
  /** The database's name; on a managed instance it may be its physical name, a GUID. */
  readonly instanceName: string;
  readonly counter: 'size' | 'used';
  readonly bytes: number | null;
}

/** sys.master_files: one file of the log of a database. */
export interface LogFile {
  readonly databaseId: number;
  readonly fileId: number;
  readonly sizeBytes: number | null;
  /** What the file may grow to, however much its disk has; null where the server does not say. */
  readonly limitBytes: number | null;
}
