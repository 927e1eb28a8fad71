import type { DatabaseEnd } from '../database.ts';
import type { Evidence } from './evidence.ts';
import { type Finding, finding } from './finding.ts';

/** A log that lasts for less is a matter of hours; the alerts have the same bounds. */
export const logFullSoonHours = 4;
export const logFillingHours = 24;

/** Each primary whose log waits for a copy and will be full within a day at the rate at which it grows. */
export function logs({ databases }: Evidence): readonly Finding[] {
  return databases.flatMap(({ name, ends }) => ends.flatMap((end) => logOf(name, end)));
}

/** Longer than the schedule of any log backup that keeps a log small. */
export const logBackupHours = 2;

/** Each primary whose log has waited for a log backup for hours: after a failover the jobs may be at the other end still. */
export function logBackups({ databases }: Evidence): readonly Finding[] {
  return databases.flatMap(({ name, ends }) =>
    ends.flatMap(({ server, role, log }) => {
      if (role !== 'PRIMARY' || (log?.waitsForBackupSeconds ?? 0) < logBackupHours * 3600) return [];
      const text = `the log of database ${name} on ${server} has waited for a log backup (LOG_BACKUP) for ${logBackupHours} hours and more, and nothing of it was freed: nobody takes log backups there, as after a failover whose jobs stayed behind. When the last one was taken is not known: msdb is not read.`;
      return [finding('log_backup_missing', { server, database: name, text })];
    }),
  );
}

function logOf(database: string, { server, role, catalog, log }: DatabaseEnd): readonly Finding[] {
  const left = log?.timeLeftSeconds ?? null;
  if (role !== 'PRIMARY' || catalog?.logReuseWait !== 'AVAILABILITY_REPLICA' || left === null) return [];
  if (left >= logFillingHours * 3600) return [];
  const isSoon = left < logFullSoonHours * 3600;
  const text = `the log of database ${database} on ${server} is kept for a copy that has not got it, and will be full within ${isSoon ? logFullSoonHours : logFillingHours} hours at the rate at which it grows, before that if its disk is smaller than its limit.`;
  return [finding(isSoon ? 'log_full_soon' : 'log_filling', { server, database, text })];
}
