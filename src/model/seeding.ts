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

/** What failure_state of sys.dm_hadr_automatic_seeding says; `where` is null when the number does not tell the end. */
interface SeedingFailure {
  readonly where: 'source' | 'target' | null;
  /** One sentence. */
  readonly text: string;
}

/** By the last two digits (sys.dm_hadr_automatic_seeding, failure_state). */
const texts: readonly string[] = [
  'Seeding failed on an internal error.',
  'Seeding was cancelled by a user.',
  'Seeding failed on a SQL error, which error_code names.',
  'The partner denied the request to seed.',
  'The thread that did the seeding was aborted.',
  'The primary failed while it was seeding.',
  'The transport between the replicas failed.',
  'The transport to the replica failed.',
  'Checking whether the database needs seeding failed.',
  'Sending the information about the files failed.',
  'Creating the callback failed.',
  'Creating the operation failed.',
  'Creating the VDI client of the backup failed.',
  'Opening the VDI client of the backup failed.',
  'Creating the session for the transfer (USC) failed.',
  'The transfer of the data failed.',
  'Making the restore statement failed.',
  'Looking up the id of the database failed.',
  'Creating the asynchronous task failed.',
  'Creating the task that watches the time failed.',
  'The asynchronous task failed.',
  'The message that says whether seeding is needed did not come in time.',
  'The message about the files did not come in time.',
  'A database of that name already exists at the target.',
  'The secondary did not catch up with the log in time.',
  'The stream to restore from was not ready in time.',
];

const ends: ReadonlyMap<number, 'source' | 'target'> = new Map([
  [1, 'source'],
  [2, 'target'],
]);

/** Puts a failure_state in words: 0 to 25, and with a leading 1 or 2 the end where it failed. Unknown numbers are named. */
export function describeSeedingFailure(failureState: number): SeedingFailure {
  const prefix = Math.trunc(failureState / 100);
  const text = texts[failureState % 100];
  const where = ends.get(prefix) ?? null;
  if (text === undefined || (where === null && prefix !== 0)) {
    return { where, text: `Seeding failed with the failure state ${failureState}, of which nothing is known.` };
  }
  return { where, text };
}
