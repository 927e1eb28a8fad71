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
