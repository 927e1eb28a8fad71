import { runningLimit } from '../../threads/abort-signals.ts';

/** How often the event loop is looked at. What it was busy with for less than this is no lateness worth telling. */
const tickMilliseconds = 25;

/** Timers of a loop that has nothing to do come up to so much late. */
const toleranceMilliseconds = 5;

/** A limit that was moved leaves the loop at least so much time to take what has arrived meanwhile. */
const shortestExtensionSeconds = 0.05;

/** How late the event loop of this process has come to its timers, since it was first watched. */
interface LoopWatch {
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

/** In seconds. */
interface Lag {
  readonly last: number;
  readonly maximum: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** The latest of some measured times. */
interface Lags {
  readonly add: (seconds: number) => void;
  /** Null before the first one. */
  readonly lag: () => Lag | null;
}

/**
 * Remembers so many times and keeps them in order of size as they come: each scrape asks for percentiles, and to sort thousands of
 * times for it would take as long as all else that the exporter says of itself.
 */
export function createLags(most: number): Lags {
  const latest = new Float64Array(most);
  const sorted = new Float64Array(most);
  let [count, next] = [0, 0];

  /** How many of those in order are less. */
  function placeOf(seconds: number): number {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] ?? 0) < seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function forgetOldest(): void {
    const place = placeOf(latest[next] ?? 0);
    sorted.copyWithin(place, place + 1, count);
    count -= 1;
  }

  return {
    add: (seconds) => {
      if (count === most) forgetOldest();
      const place = placeOf(seconds);
      sorted.copyWithin(place + 1, place, count);
      sorted[place] = seconds;
      count += 1;
      latest[next] = seconds;
      next = (next + 1) % most;
    },
    lag: () => {
      if (count === 0) return null;
      const at = (share: number): number => sorted[Math.floor(share * (count - 1))] ?? 0;
      const last = latest[(next + most - 1) % most] ?? 0;
      return { last, maximum: at(1), p50: at(0.5), p90: at(0.9), p99: at(0.99) };
    },
  };
}
