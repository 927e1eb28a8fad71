import type { AzureFailureReason } from '../../model/azure/state.ts';
import { longestPauseSeconds } from '../failure.ts';

/** How many of the first readings begin in a second: Azure refills 25 reads in it, and others read too. */
const firstReadsPerSecond = 5;

/** So many may begin at once. */
const firstReadsAtOnce = 8;

/** To the second attempt after a failure that passes by itself; doubled from one to the next. */
const firstRetrySeconds = 5;
const longestIntervals = 3;

/** Of what only people mend, as a right that is missing: a change takes minutes to be in force. */
const forPeopleSeconds = 60;

/** What is left to chance of each wait after a failure, so that what failed together does not come back together. */
const jitterShare = 0.25;

const forPeople: ReadonlySet<AzureFailureReason> = new Set([
  'unauthorized',
  'token',
  'forbidden',
  'not_found',
  'refused',
]);

/** From 0 to below 1, the same for the same text on every machine: where in the interval a reading has its place. */
export function placeOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193) >>> 0;
  // The lowest bits of FNV-1a differ most between texts that differ in their end.
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0) / 2 ** 32;
}

/** After how many seconds the first reading begins: soon where there are few, spread over the interval where there are many. */
export function firstDelaySeconds(place: number, count: number, intervalSeconds: number): number {
  return place * Math.min(intervalSeconds, Math.max(0, count - firstReadsAtOnce) / firstReadsPerSecond);
}

export interface EndedReading {
  /** On any clock in seconds. */
  readonly endedSeconds: number;
  readonly intervalSeconds: number;
  /** See `placeOf`. */
  readonly place: number;
  readonly reason: AzureFailureReason | null;
  /** Of failures one after another, this one among them. */
  readonly failures: number;
  /** From 0 to below 1. */
  readonly random: number;
}

/** When the next reading is due: at its own place in the interval, or later and later after failures. */
export function nextReadingSeconds({ reason, ...ended }: EndedReading): number {
  const { endedSeconds, intervalSeconds, place, failures, random } = ended;
  if (reason === null) {
    const half = endedSeconds + intervalSeconds / 2;
    const offset = place * intervalSeconds;
    return Math.ceil((half - offset) / intervalSeconds) * intervalSeconds + offset;
  }
  const first = forPeople.has(reason) ? Math.min(forPeopleSeconds, intervalSeconds) : firstRetrySeconds;
  const most = forPeople.has(reason)
    ? Math.max(longestPauseSeconds, intervalSeconds)
    : longestIntervals * intervalSeconds;
  const waitSeconds = Math.min(first * 2 ** Math.min(failures - 1, 20), most);
  return endedSeconds + waitSeconds * (1 - jitterShare * random);
}

/** Azure says 0 seconds, or nothing, when it can't tell: seconds, and longer each time. */
const shortPauseSeconds = 2;

/** How long a subscription is left alone after a 429; `count` is that of those one after another, this one among them. */
export function pauseSeconds(retryAfter: number | null, count: number, random: number): number {
  const own = shortPauseSeconds * 2 ** Math.min(count - 1, 10);
  // Never shorter than Azure says: who asks earlier is refused for longer.
  return Math.min(Math.max(retryAfter ?? 0, own) * (1 + jitterShare * random), longestPauseSeconds * (1 + jitterShare));
}
