/** sys.dm_hadr_physical_seeding_stats: one transfer, as this server sees it. Sizes are bytes, times Unix seconds. */
export interface PhysicalSeeding {
  /** Equals `operationId` of the attempt in sys.dm_hadr_automatic_seeding. */
  readonly localPhysicalSeedingId: string | null;
  /** May be a GUID on a managed instance. */
  readonly localDatabaseName: string | null;
  readonly remoteMachineName: string | null;
  /** Source, Destination, Forwarder or ForwarderDestination. */
  readonly role: string | null;
  readonly internalState: string | null;
  readonly transferRateBytesPerSecond: number | null;
  /** Compressed bytes: need not reach `databaseSizeBytes`. */
  readonly transferredBytes: number | null;
  /** Uncompressed bytes. */
  readonly databaseSizeBytes: number | null;
  readonly startTimestampSeconds: number | null;
  /** Null while the transfer runs: finished rows may linger. */
  readonly endTimestampSeconds: number | null;
  readonly estimatedCompletionTimestampSeconds: number | null;
  readonly diskIoWaitSeconds: number | null;
  readonly networkWaitSeconds: number | null;
  readonly failureCode: number | null;
  readonly failureMessage: string | null;
  readonly failureTimestampSeconds: number | null;
  readonly isCompressionEnabled: boolean | null;
}

/** Tells transfers apart from one poll to the next. The id of another attempt is another one. */
export function transferKey(row: PhysicalSeeding): string {
  const { localPhysicalSeedingId, localDatabaseName, remoteMachineName, role, startTimestampSeconds } = row;
  return localPhysicalSeedingId ?? JSON.stringify([localDatabaseName, remoteMachineName, role, startTimestampSeconds]);
}

/** sys.dm_hadr_automatic_seeding: one attempt. The view keeps history: only the newest attempt says how things stand. */
export interface SeedingAttempt {
  readonly groupId: string | null;
  /** The database's group_database_id. */
  readonly groupDatabaseId: string | null;
  readonly remoteReplicaId: string | null;
  readonly operationId: string | null;
  readonly isSource: boolean | null;
  /** COMPLETED, FAILED, PENDING, CHECK_IF_SEEDING_NEEDED, ...: an open set. */
  readonly currentState: string | null;
  readonly startTimestampSeconds: number | null;
  /** Null while the attempt runs. */
  readonly completionTimestampSeconds: number | null;
  readonly performedSeeding: boolean | null;
  readonly failureState: number | null;
  readonly failureStateDescription: string | null;
  /** A SQL Server error number. */
  readonly errorCode: number | null;
  readonly numberOfAttempts: number | null;
}
