import { resume } from './errors/step.ts';

/** Why data movement of a database is suspended: suspend_reason of sys.dm_hadr_database_replica_states. */
export interface SuspendReason {
  readonly code: number;
  /** suspend_reason_desc. */
  readonly name: string;
  /** One sentence. */
  readonly meaning: string;
  /** Imperative steps; T-SQL stands between backticks, `[database]` is to be filled in. */
  readonly whatToDo: readonly string[];
}

const readLog =
  'Read why in the error log of the server that says so, at the time it was suspended: `EXEC sys.sp_readerrorlog 0, 1;`';
const seedAgain =
  'If it is suspended again at once, the copy is of no use and has to be seeded again: take the database out of the ordinary group at the primary and add it again, or, where the link has no other database, delete the link and create it again.';

/** Every reason that is documented, by its code. A newer server may know more. */
export const suspendReasons: readonly SuspendReason[] = [
  {
    code: 0,
    name: 'SUSPEND_FROM_USER',
    meaning: 'Somebody suspended it by hand.',
    whatToDo: ['Ask who suspended it and whether that is over.', resume],
  },
  {
    code: 1,
    name: 'SUSPEND_FROM_PARTNER',
    meaning: 'The partner suspended it, as a forced failover does.',
    whatToDo: [
      'See with `milink-exporter check` which end is primary: two of them are a split brain, and resuming is wrong then.',
      'Back up what only this copy has before it follows the new primary.',
      resume,
    ],
  },
  {
    code: 2,
    name: 'SUSPEND_FROM_REDO',
    meaning: 'The secondary failed to apply log that it had received.',
    whatToDo: [readLog, 'Remove the cause, such as a full disk or a file that could not grow.', resume, seedAgain],
  },
  {
    code: 3,
    name: 'SUSPEND_FROM_CAPTURE',
    meaning: 'The primary failed to read its own log in order to send it.',
    whatToDo: [readLog, 'Check the disk with the log of the primary.', resume],
  },
  {
    code: 4,
    name: 'SUSPEND_FROM_APPLY',
    meaning: 'The secondary failed to write log that it had received to its own log file.',
    whatToDo: [readLog, 'Check the space and the disk of the log at the secondary.', resume],
  },
  {
    code: 5,
    name: 'SUSPEND_FROM_RESTART',
    meaning: 'The database was restarted, and data movement stays suspended until it is resumed.',
    whatToDo: [readLog, resume],
  },
  {
    code: 6,
    name: 'SUSPEND_FROM_UNDO',
    meaning: 'The secondary failed to undo what the new primary does not have.',
    whatToDo: [readLog, resume, seedAgain],
  },
  {
    code: 7,
    name: 'SUSPEND_FROM_REVALIDATION',
    meaning: 'On reconnecting, the two copies could not agree on where to go on.',
    whatToDo: [readLog, resume, seedAgain],
  },
  {
    code: 8,
    name: 'SUSPEND_FROM_XRF_UPDATE',
    meaning: 'The common point of the two logs could not be computed.',
    whatToDo: [readLog, resume, seedAgain],
  },
];

const byName: ReadonlyMap<string, SuspendReason> = new Map(suspendReasons.map((reason) => [reason.name, reason]));

/** The reason with this suspend_reason_desc or suspend_reason; null for one that a newer server made up. */
export function describeSuspendReason(reason: string | number): SuspendReason | null {
  return (typeof reason === 'number' ? suspendReasons[reason] : byName.get(reason)) ?? null;
}
