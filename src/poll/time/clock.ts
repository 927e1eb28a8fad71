import { theLoop } from './loop-watch.ts';

/** The clocks of the poller, given so that tests can hold them. */
export interface Clock {
  /** Unix seconds. */
  readonly nowSeconds: () => number;
  /** Seconds that only ever go forward: for durations. */
  readonly monotonicSeconds: () => number;
  /** Chance for the jitter, from 0 to below 1. */
  readonly random: () => number;
  /**
   * Aborts after so many seconds, with a TimeoutError. What this process was late itself does not count: a poll's time
   * limit is for the server's silence.
   */
  readonly timeLimit: (seconds: number) => AbortSignal;
}

export const systemClock: Clock = {
  nowSeconds: () => Date.now() / 1000,
  monotonicSeconds: () => performance.now() / 1000,
  random: Math.random,
  timeLimit: (seconds) => theLoop().timeLimit(seconds),
};
