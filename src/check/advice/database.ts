import { createAgain, readPartnerLog } from '../../model/errors/step.ts';
import { type AdviceStep, stepsOfTexts } from './step.ts';

/** Microsoft's troubleshooting article: seeding can't be resumed, and a cut log breaks it with 1408 or 1412. */
export const seeding: readonly AdviceStep[] = [
  {
    text: 'Let it run: it can not be resumed, so a restart of either end starts it over. Azure gives a link up after 6 days.',
  },
  {
    text: 'Pause log backups of the database at the primary until seeding has ended, and watch its log: a cut log ends seeding with error 1408 or 1412.',
    at: 'primary',
    sql: ['DBCC SQLPERF(LOGSPACE);'],
  },
];

/** Comes before what the error's own entry in the catalogue says: that ends with making the link anew. */
export const beforeSeedingAgain: readonly AdviceStep[] = stepsOfTexts([readPartnerLog], 'secondary');

export const seedingFailed: readonly AdviceStep[] = [
  {
    text: 'See that the group may create databases at {secondary}: without that grant every attempt fails there.',
    at: 'secondary',
    sql: ['ALTER AVAILABILITY GROUP [group] GRANT CREATE ANY DATABASE;'],
  },
  ...stepsOfTexts([createAgain], 'secondary'),
  {
    text: 'Before it is created again, remove on {secondary}, and only there, what the failed attempt left of the database. Never at the primary: there it is the one that is in use.',
  },
];

/** A transfer that runs and does not move. */
export const seedingStalled: readonly AdviceStep[] = [
  {
    text: 'See whether the network or a disk holds it up: the error logs of both ends, and free space at {secondary}. If it stays, the database has to be seeded anew: take it out of the ordinary group at {primary} and add it again, or, where the link has no other database, delete the link and create it again.',
    at: 'each_end',
    sql: ['EXEC sys.sp_readerrorlog 0, 1;'],
  },
];

/** The log of a primary that nobody backs up: what was taken last is in msdb, which the exporter does not read. */
export const logBackupMissing: readonly AdviceStep[] = [
  {
    text: 'See on {end} when the last log backups were taken, and which jobs take them. It needs SELECT on msdb.dbo.backupset.',
    at: 'teller',
    sql: [
      "SELECT database_name, MAX(backup_finish_date) AS newest FROM msdb.dbo.backupset WHERE type = 'L' GROUP BY database_name;",
    ],
  },
  {
    text: 'Let the jobs that back up the log run on {end}, which is the primary now: a job that asks for the preferred replica, or stayed with the other end, does nothing there. A managed instance takes its own; if it does not, ask Azure support.',
    at: 'teller',
  },
];

/** A log of the primary that is kept for a copy and fills: nothing is changed here, and room comes before the repair. */
export const logFilling: readonly AdviceStep[] = [
  {
    text: 'See on {primary} how much is left for the log, and on its disk, which may be full before the limit of the files.',
    at: 'primary',
    sql: [
      'SELECT database_id, physical_name, size / 128 AS size_mb, max_size / 128 AS max_size_mb FROM sys.master_files WHERE type = 1;',
    ],
  },
  {
    text: 'Make room at {primary} before it is full: a larger disk, a higher limit, or a second log file on another disk. Then repair what keeps the copy from getting the log, and let a log backup free it.',
  },
];
