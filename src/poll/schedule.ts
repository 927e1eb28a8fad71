/** Polls of different servers start at least this far apart where the interval allows it. */
const spreadStepSeconds = 0.25;

/** A failing server is asked again after at most this many intervals. */
const maximumBackoffIntervals = 3;

/** How much of a backed-off wait is left to chance, so that servers that failed together don't come back together. */
const jitterShare = 0.25;

/**
 * How long after the start a server's first poll begins, in seconds. The polls are spread so that they don't pile up, and
 * stay close together where there are few servers: the two ends of a link are best seen at the same time.
 */
export function firstPollDelaySeconds(index: number, serverCount: number, intervalSeconds: number): number {
  return index * Math.min(spreadStepSeconds, intervalSeconds / Math.max(1, serverCount));
}

export interface PollTiming {
  /** When the poll was due, on any clock in seconds. */
  readonly dueSeconds: number;
  readonly endedSeconds: number;
  readonly intervalSeconds: number;
  readonly consecutiveFailures: number;
  /** From 0 to below 1. */
  readonly random: number;
}

/**
 * When the next poll is due, on the same clock: one interval after this one was, or at the next whole interval after its
 * end if it took longer. A server that fails again and again is asked after 2, then 3 intervals, some of it left to chance.
 */
export function nextPollSeconds(timing: PollTiming): number {
  const { dueSeconds, endedSeconds, intervalSeconds, consecutiveFailures, random } = timing;
  if (consecutiveFailures > 1) {
    const intervals = Math.min(2 ** (consecutiveFailures - 1), maximumBackoffIntervals);
    const waitSeconds = intervals * intervalSeconds * (1 - jitterShare * random);
    return Math.max(endedSeconds, dueSeconds + waitSeconds);
  }
  const missed = Math.max(1, Math.ceil((endedSeconds - dueSeconds) / intervalSeconds));
  return dueSeconds + missed * intervalSeconds;
}
