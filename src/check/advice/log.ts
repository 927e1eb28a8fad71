import type { AdviceStep } from './step.ts';

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
