import type { SqlErrorDescription } from './description.ts';
import { createAgain } from './step.ts';

const guardLog = [
  "Where SQL Server is the primary, pause its log backups of the database until seeding has ended, and give the log room to grow; those of a managed instance are the service's own.",
  'Where SQL Server is the primary and its build knows it, keep the log with trace flag 12381 while seeding: `DBCC TRACEON (12381, -1);`, and take it off afterwards: `DBCC TRACEOFF (12381, -1);`',
];

/** Errors that end the first copy of a database. 1408 and 1412 show as LinkCreationError in Azure. */
export const seedingErrors: readonly SqlErrorDescription[] = [
  {
    number: 1408,
    name: 'log_gap_between_ends',
    severity: 'critical',
    meaning: 'The copy ends before the oldest log that the primary still has, so the two cannot be joined.',
    likelyCauses: [
      'A log backup cut the log of the primary while the database was being seeded.',
      'The recovery model was changed while the database was being seeded.',
    ],
    whatToDo: [...guardLog, createAgain],
    seenIn: ['error_log', 'azure_resource_manager', 'automatic_seeding'],
    isLinkError: false,
    unverified: 'A change of the recovery model as a cause is inferred.',
  },
  {
    number: 1412,
    name: 'copy_too_old',
    severity: 'critical',
    meaning: 'The copy was not rolled forward far enough to follow the log of the primary.',
    likelyCauses: ['A log backup cut the log of the primary while the database was being seeded.'],
    whatToDo: [...guardLog, createAgain],
    seenIn: ['error_log', 'azure_resource_manager', 'automatic_seeding'],
    isLinkError: false,
  },
  {
    number: 1475,
    name: 'full_backup_needed',
    severity: 'critical',
    meaning: 'The database has no full backup that log can follow on, so it cannot join an availability group.',
    likelyCauses: [
      'The database was never backed up in full since it was created or its recovery model was changed.',
      'The only full backup was made with COPY_ONLY.',
    ],
    whatToDo: [
      'On SQL Server, set the full recovery model: `ALTER DATABASE [database] SET RECOVERY FULL;`',
      "Take a full backup on SQL Server, without COPY_ONLY: `BACKUP DATABASE [database] TO DISK = N'<file>';`",
      'Add the database to its group on SQL Server: `ALTER AVAILABILITY GROUP [group] ADD DATABASE [database];`',
    ],
    seenIn: ['statement', 'error_log'],
    isLinkError: false,
    end: 'sql_server',
  },
];
