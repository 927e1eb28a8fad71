/** How much of the log of a database was used at one reading. */
export interface LogSample {
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
