import { runningLimit } from '../../threads/abort-signals.ts';
import { createLags, type Lag } from './lags.ts';

/** How often the event loop is looked at. What it was busy with for less than this is no lateness worth telling. */
const tickMilliseconds = 25;

/** Timers of a loop that has nothing to do come up to so much late. */
const toleranceMilliseconds = 5;

/** A limit that was moved leaves the loop at least so much time to take what has arrived meanwhile. */
const shortestExtensionSeconds = 0.05;

/** How late the event loop of this process has come to its timers, since it was first watched. */
export interface LoopWatch {
  /** In all, in seconds; what it is late at this moment is in it. Never goes back. */
  readonly lateSeconds: () => number;
  /**
   * Aborts with a TimeoutError when so many seconds have passed in which the loop was not late: a loop that computes hears
   * no server, and a process that gets no processor neither. As `AbortSignal.timeout` it keeps no program running. What
   * waits for no such end any more should say so (`endLimit`).
   */
  readonly timeLimit: (seconds: number) => AbortSignal;
  /** How late the timers of the last minute were, whoever else asks; null before the first one. */
  readonly lag: () => Lag | null;
}

/** Watches the event loop from now on. Keeps no program running. */
export function watchLoop(): LoopWatch {
  let late = 0;
  let expected = performance.now() + tickMilliseconds;
  const latenessNow = (): number => {
    const behind = performance.now() - expected;
    return behind > toleranceMilliseconds ? behind : 0;
  };
  const lags = createLags(mostSeen);
  const tick = (): void => {
    late += latenessNow();
    lags.add(Math.max(0, performance.now() - expected) / 1000);
    expected = performance.now() + tickMilliseconds;
    setTimeout(tick, tickMilliseconds).unref();
  };
  setTimeout(tick, tickMilliseconds).unref();
  const lateSeconds = (): number => (late + latenessNow()) / 1000;
  return { lateSeconds, timeLimit: (seconds) => timeLimitBy(lateSeconds, seconds), lag: lags.lag };
}

/** Of a minute: a scrape is hardly ever further from the one before. */
const mostSeen = 60_000 / tickMilliseconds;

function timeLimitBy(lateSeconds: () => number, seconds: number): AbortSignal {
  const limit = new AbortController();
  const [start, lateBefore] = [performance.now() / 1000, lateSeconds()];
  let timer: NodeJS.Timeout | undefined;
  const wait = (waitSeconds: number): void => {
    timer = setTimeout(look, Math.ceil(waitSeconds * 1000)).unref();
  };
  const look = (): void => {
    const left = seconds + lateSeconds() - lateBefore - (performance.now() / 1000 - start);
    // Node comes to timers before it reads from sockets: what came while the loop was late has not been seen yet.
    if (left > 0) wait(Math.max(left, shortestExtensionSeconds));
    else limit.abort(new DOMException('the time limit has passed', 'TimeoutError'));
  };
  wait(seconds);
  return runningLimit(limit.signal, () => clearTimeout(timer));
}

let processLoop: LoopWatch | null = null;

/** The one watch of this process, from the first call on. */
export function theLoop(): LoopWatch {
  processLoop ??= watchLoop();
  return processLoop;
}
