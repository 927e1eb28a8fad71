import { type Failure, type FailureReason, isForPeople } from '../../model/failure-reason.ts';

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

/** How soon a failure that only a person can mend is tried again: seconds to the second attempt, doubled up to an hour. */
const firstRestSeconds: Partial<Record<FailureReason, number>> = {
  // Three attempts in half an hour: accounts are commonly locked after five.
  login: 300,
  // Nothing is locked by it.
  tls: 60,
};
const longestRestSeconds = 3600;

/** How often in a row a poll failed with what only a person can mend, and with what. */
export interface Refusals {
  readonly reason: FailureReason;
  readonly count: number;
}

/** The refusals after one more poll; null when there is none to wait for. */
export function nextRefusals(before: Refusals | null, failure: Failure | null): Refusals | null {
  if (failure === null || !isForPeople(failure)) return null;
  return { reason: failure.reason, count: before?.reason === failure.reason ? before.count + 1 : 1 };
}

export interface PollTiming {
  /** When the poll was due, on any clock in seconds. */
  readonly dueSeconds: number;
  readonly endedSeconds: number;
  readonly intervalSeconds: number;
  readonly consecutiveFailures: number;
  /** Null: what is wrong, if anything, may pass by itself. */
  readonly refusals: Refusals | null;
  /** From 0 to below 1. */
  readonly random: number;
}

/**
 * When the next poll is due, on the same clock: one interval after this one was, or at the next whole interval after its
 * end if it took longer. A server that fails again and again is asked after 2, then 3 intervals, some of it left to chance;
 * one that only a person can mend after minutes, then up to an hour.
 */
export function nextPollSeconds(timing: PollTiming): number {
  const { dueSeconds, endedSeconds, intervalSeconds, consecutiveFailures, refusals, random } = timing;
  if (refusals !== null) {
    const restSeconds =
      (firstRestSeconds[refusals.reason] ?? longestRestSeconds) * 2 ** Math.min(refusals.count - 1, 20);
    const waitSeconds = Math.min(restSeconds, longestRestSeconds) * (1 - jitterShare * random);
    return Math.max(endedSeconds, dueSeconds + Math.max(intervalSeconds, waitSeconds));
  }
  if (consecutiveFailures > 1) {
    const intervals = Math.min(2 ** (consecutiveFailures - 1), maximumBackoffIntervals);
    const waitSeconds = intervals * intervalSeconds * (1 - jitterShare * random);
    return Math.max(endedSeconds, dueSeconds + waitSeconds);
  }
  const missed = Math.max(1, Math.ceil((endedSeconds - dueSeconds) / intervalSeconds));
  return dueSeconds + missed * intervalSeconds;
}
