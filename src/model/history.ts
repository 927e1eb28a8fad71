import type { DatabaseReplicaState } from './database.ts';

/** What a server's polls showed one after another, where a single snapshot does not tell it. Failed polls change nothing. */
export interface ServerHistory {
  /** By group_id. */
  readonly roles: ReadonlyMap<string, RoleHistory>;
  /**
   * The distributed groups that the server showed last, by group_id: the rows of states name a group by its GUID only, and
   * the views that name it and its members may be refused one day.
   */
  readonly groups: ReadonlyMap<string, GroupHistory>;
  /** By the key of the transfer; those that the latest answer shows. */
  readonly transfers: ReadonlyMap<string, TransferHistory>;
  /** By the key of the copy; those that the latest answer shows. */
  readonly copies: ReadonlyMap<string, CopyHistory>;
  /** By the key of what the counters call the database; of linked databases only. */
  readonly logs: ReadonlyMap<string, LogHistory>;
}

/** What a distributed group was called, and the addresses of its members when they were last shown. */
interface GroupHistory {
  readonly name: string;
  readonly endpointUrls: readonly (string | null)[];
}

/** The roles of a server in one availability group. */
export interface RoleHistory {
  /** The last role that was seen. */
  readonly role: string;
  /** How often another role than before was seen, by the role that it changed to, since this program started. */
  readonly changes: ReadonlyMap<string, number>;
  /** The last of PRIMARY and SECONDARY that was seen: an end that restarts is RESOLVING in between. Absent: neither yet. */
  readonly settled?: SettledRole;
  /** The latest change between PRIMARY and SECONDARY; absent: none was seen. */
  readonly turn?: RoleTurn;
}

/** One of the two roles that last, as it was last seen. Unix seconds by the clock of this program. */
interface SettledRole {
  readonly role: SettledRoleName;
  /** When the reading began that first showed it since the last turn: it may have begun any time before. */
  readonly firstSeenTimestampSeconds: number;
  /** When the last reading that showed it began. */
  readonly seenTimestampSeconds: number;
}

export type SettledRoleName = 'PRIMARY' | 'SECONDARY';

/** A server became PRIMARY or SECONDARY at some time between two readings of it. Unix seconds by the clock of this program. */
export interface RoleTurn {
  readonly from: SettledRoleName;
  readonly to: SettledRoleName;
  /** When the last reading that showed the former role began. */
  readonly afterTimestampSeconds: number;
  /** When the first reading that showed the new one had ended. */
  readonly byTimestampSeconds: number;
  /** Read back from `history.path`: seen by a process before this one. */
  readonly isFromFile?: true;
}

/** How far a transfer had come. */
export interface TransferHistory {
  /** Null where the server does not say: it can't be told whether the transfer moves. */
  readonly transferredBytes: number | null;
  /** When this program last saw another number of bytes than before, or first saw the transfer. Unix seconds. */
  readonly movedTimestampSeconds: number;
  /** When the view was read last, Unix seconds. */
  readonly readTimestampSeconds: number;
}

/** How far one copy of a database had come. */
export interface CopyHistory {
  /** Null where the server does not say. */
  readonly lastRedoneLsn: bigint | null;
  readonly redoQueueBytes: number | null;
  /** Whether redo came further between the two last readings; null at the first one and where that can't be told. */
  readonly isRedoMoving: boolean | null;
  /**
   * The server's UTC clock at the last reading at which the copy, a partner's, had every commit of this server; null
   * where there was none.
   */
  readonly hadAllTimestampSeconds: number | null;
  /** When the view was read last, Unix seconds. */
  readonly readTimestampSeconds: number;
}

/** Tells copies apart from one poll to the next. */
export function copyKey(row: Pick<DatabaseReplicaState, 'groupId' | 'replicaId' | 'groupDatabaseId'>): string {
  return `${row.groupId} ${row.replicaId} ${row.groupDatabaseId}`;
}

/** Of a server that was not polled yet. */
export const noHistory: ServerHistory = {
  roles: new Map(),
  groups: new Map(),
  transfers: new Map(),
  copies: new Map(),
  logs: new Map(),
};

/** How much of the log of a database was used at one reading. */
interface LogSample {
  /** Unix seconds. */
  readonly timestampSeconds: number;
  readonly usedBytes: number;
}

/** How the used part of a log went on. */
export interface LogHistory {
  /** Oldest first, since the log was last truncated, of the last half hour at most. */
  readonly samples: readonly LogSample[];
  /** Null unless it was seen to grow for a while. */
  readonly growthBytesPerSecond: number | null;
  /** Since when it was seen to wait for a log backup (LOG_BACKUP) without giving anything back, Unix seconds; null: it does not. */
  readonly waitsForBackupSinceSeconds: number | null;
}

/** What a counter calls a database, as a key: GUIDs are written in either case, and blanks at the end do not count. */
export function logKey(name: string): string {
  return name.trimEnd().toLowerCase();
}

const windowSeconds = 30 * 60;
/** Between two samples that are kept: some twenty a log, as the estimate looks at every pair of them. */
const spacingSeconds = 90;
const leastSpanSeconds = 120;
const leastSamples = 3;
/** A share of what was used: a log that gives back more was truncated. */
const truncationShare = 0.01;

/** The history of a log after one more reading. */
export function nextLogHistory(
  before: LogHistory | undefined,
  sample: LogSample,
  reuseWait: string | null = null,
): LogHistory {
  const known = before?.samples ?? [];
  const last = known.at(-1);
  if (last !== undefined && sample.timestampSeconds <= last.timestampSeconds) return before ?? noLogHistory;
  const isTruncated = last !== undefined && sample.usedBytes < last.usedBytes * (1 - truncationShare);
  const samples = isTruncated ? [sample] : [...kept(known, sample.timestampSeconds), sample];
  const isWaiting = reuseWait === 'LOG_BACKUP' && !isTruncated;
  return {
    samples,
    growthBytesPerSecond: growth(samples),
    waitsForBackupSinceSeconds: isWaiting ? (before?.waitsForBackupSinceSeconds ?? sample.timestampSeconds) : null,
  };
}

const noLogHistory: LogHistory = { samples: [], growthBytesPerSecond: null, waitsForBackupSinceSeconds: null };

/** The last sample is always the newest reading; it stays only if it is far enough from the one before it. */
function kept(samples: readonly LogSample[], nowSeconds: number): readonly LogSample[] {
  const [beforeLast, last] = samples.slice(-2);
  const isNear =
    beforeLast !== undefined &&
    last !== undefined &&
    last.timestampSeconds - beforeLast.timestampSeconds < spacingSeconds;
  const spaced = isNear ? samples.slice(0, -1) : samples;
  return spaced.filter(({ timestampSeconds }) => timestampSeconds >= nowSeconds - windowSeconds);
}

/**
 * The median of the slopes between all pairs (Theil and Sen): a burst or a pause of less than a quarter of the window does not move it.
 * Null where the log does not grow, over the whole window and over its second half: what has stopped growing does not fill.
 */
function growth(samples: readonly LogSample[]): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < leastSamples) return null;
  if (last.timestampSeconds - first.timestampSeconds < leastSpanSeconds) return null;
  const middle = (first.timestampSeconds + last.timestampSeconds) / 2;
  const late = samples.filter(({ timestampSeconds }) => timestampSeconds >= middle);
  const slope = medianSlope(samples);
  const isGrowing = slope > 0 && (late.length < 2 || medianSlope(late) > 0);
  return isGrowing ? slope : null;
}

function medianSlope(samples: readonly LogSample[]): number {
  const slopes = samples.flatMap((one, at) =>
    samples
      .slice(at + 1)
      .map((other) => (other.usedBytes - one.usedBytes) / (other.timestampSeconds - one.timestampSeconds)),
  );
  slopes.sort((one, other) => one - other);
  const half = slopes.length / 2;
  const upper = slopes[Math.floor(half)] ?? 0;
  return Number.isInteger(half) ? ((slopes[half - 1] ?? upper) + upper) / 2 : upper;
}
