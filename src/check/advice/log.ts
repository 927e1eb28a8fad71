import type { AdviceStep } from './step.ts';

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
