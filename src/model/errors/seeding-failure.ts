/** What failure_state of sys.dm_hadr_automatic_seeding says; `where` is null when the number does not tell the end. */
export interface SeedingFailure {
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
