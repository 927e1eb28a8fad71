import type { LogSpace } from '../../link/log-space.ts';
import { type Family, family } from '../family.ts';
import { databaseLabels, ofEachEnd } from './database-rows.ts';
import { known } from './made-of.ts';

const counterView = 'sys.dm_os_performance_counters';
const fileView = 'sys.master_files';

interface LogFamily {
  readonly name: string;
  readonly help: string;
  readonly source: string;
  readonly value: (log: LogSpace) => number | null;
}

export const databaseLogSizeBytes = logFamily({
  name: 'milink_database_log_size_bytes',
  help: `Size of all files of the log of the database as they are now: cntr_value of Log File(s) Size (KB) in ${counterView}, size in ${fileView} where the counter is not shown.`,
  source: `${counterView}.cntr_value`,
  value: (log) => log.sizeBytes,
});

export const databaseLogUsedBytes = logFamily({
  name: 'milink_database_log_used_bytes',
  help: `How much of the log of the database is used: cntr_value of Log File(s) Used Size (KB) in ${counterView}.`,
  source: `${counterView}.cntr_value`,
  value: (log) => log.usedBytes,
});

export const databaseLogLimitBytes = logFamily({
  name: 'milink_database_log_limit_bytes',
  help: `What the files of the log of the database may grow to: max_size in ${fileView}, 2 TiB a file without a limit, the present size of a file that does not grow. The disk may be smaller.`,
  source: `${fileView}.max_size`,
  value: (log) => log.limitBytes,
});

export const databaseLogGrowthBytesPerSecond = logFamily({
  name: 'milink_database_log_growth_bytes_per_second',
  help: `How fast the used part of the log of the database has grown since it was last truncated, over half an hour at most: the median over successive polls of cntr_value in ${counterView}. Absent while it does not grow, and for the first minutes.`,
  source: `${counterView}.cntr_value`,
  value: (log) => log.growthBytesPerSecond,
});

export const databaseLogTimeLeftSeconds = logFamily({
  name: 'milink_database_log_time_left_seconds',
  help: 'After how many seconds the log of the database reaches its limit at the rate at which it grows, if nothing truncates it before. Absent while it does not grow. Less is left where the disk is smaller than the limit.',
  source: `${counterView}, ${fileView}`,
  value: (log) => log.timeLeftSeconds,
});

function logFamily({ name, help, source, value }: LogFamily): Family<(typeof databaseLabels)[number]> {
  return family({
    name,
    help,
    type: 'gauge',
    labels: databaseLabels,
    source,
    ...ofEachEnd(({ log }) => (log === null ? null : value(log)), known),
  });
}

/** The log of each database at each end, and how long it lasts. */
export const databaseLogFamilies: readonly Family[] = [
  databaseLogSizeBytes,
  databaseLogUsedBytes,
  databaseLogLimitBytes,
  databaseLogGrowthBytesPerSecond,
  databaseLogTimeLeftSeconds,
];
