import { amount } from '../model/believable.ts';
import type { Database, LogCounter, LogFile } from '../model/database.ts';
import { type LogHistory, logKey } from '../model/history.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The log of one database at one end. Null: not told, or not to be believed. */
export interface LogSpace {
  /** Of all its files as they are now. */
  readonly sizeBytes: number | null;
  readonly usedBytes: number | null;
  /** What its files may grow to. Their disk may be full before that. */
  readonly limitBytes: number | null;
  /** How fast the used part grows; null unless it was seen to grow for a while. */
  readonly growthBytesPerSecond: number | null;
  /** When the used part reaches the limit at that rate: the most that is left, since the disk may be smaller. */
  readonly timeLeftSeconds: number | null;
  /** How long it was seen to wait for a log backup while nothing of it was freed; null: it does not, or was not watched. */
  readonly waitsForBackupSeconds: number | null;
}

/** What is known of the logs of a server's databases, indexed once per snapshot. */
export interface LogIndex {
  readonly counters: ReadonlyMap<string, readonly LogCounter[]>;
  readonly files: ReadonlyMap<number, readonly LogFile[]>;
  readonly history: ReadonlyMap<string, LogHistory>;
}

/** A log that takes longer to fill is not filling. */
const longestSeconds = 366 * 86_400;

export function indexLogs(views: Snapshot['views'], history: ReadonlyMap<string, LogHistory>): LogIndex {
  return {
    counters: Map.groupBy(views.performance_counters ?? [], ({ instanceName }) => logKey(instanceName)),
    files: Map.groupBy(views.master_files ?? [], ({ databaseId }) => databaseId),
    history,
  };
}

/** The log of a database; null where neither view tells of it. */
export function logSpaceOf(database: Database | null, index: LogIndex): LogSpace | null {
  if (database === null) return null;
  const key = keyOf(database, index);
  const files = index.files.get(database.databaseId) ?? [];
  if (key === null && files.length === 0) return null;
  const { sizeBytes, usedBytes } = counted(key === null ? [] : (index.counters.get(key) ?? []), files);
  const limitBytes = total(files.map((file) => amount(file.limitBytes)));
  const past = key === null || usedBytes === null ? undefined : index.history.get(key);
  const growth = past?.growthBytesPerSecond ?? null;
  return {
    sizeBytes,
    usedBytes,
    limitBytes,
    growthBytesPerSecond: growth,
    timeLeftSeconds: timeLeft(usedBytes, limitBytes, growth),
    waitsForBackupSeconds: database.logReuseWait === 'LOG_BACKUP' ? waited(past) : null,
  };
}

/** The counters' name for a database: its own, or on a managed instance the physical one. */
function keyOf({ name, physicalDatabaseName, groupDatabaseId }: Database, { counters }: LogIndex): string | null {
  const names = [name, physicalDatabaseName, groupDatabaseId].flatMap((each) => (each === null ? [] : [logKey(each)]));
  return names.find((each) => counters.has(each)) ?? null;
}

/** More used than there is: one of the two is wrong, so neither is told. */
function counted(
  counters: readonly LogCounter[],
  files: readonly LogFile[],
): Pick<LogSpace, 'sizeBytes' | 'usedBytes'> {
  const of = (counter: LogCounter['counter']): number | null =>
    amount(counters.find((each) => each.counter === counter)?.bytes ?? null);
  const sizeBytes = (of('size') ?? total(files.map((file) => amount(file.sizeBytes)))) || null;
  const usedBytes = of('used');
  if (sizeBytes !== null && usedBytes !== null && usedBytes > sizeBytes) return { sizeBytes: null, usedBytes: null };
  return { sizeBytes, usedBytes };
}

/** Null where one is not known, and of none. */
function total(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return values.length === 0 ? null : sum;
}

function waited(past: LogHistory | undefined): number | null {
  const last = past?.samples.at(-1);
  const since = past?.waitsForBackupSinceSeconds ?? null;
  return last === undefined || since === null ? null : last.timestampSeconds - since;
}

function timeLeft(used: number | null, limit: number | null, growth: number | null): number | null {
  if (used === null || limit === null || growth === null || growth <= 0) return null;
  const seconds = Math.max(0, limit - used) / growth;
  return seconds <= longestSeconds ? seconds : null;
}
