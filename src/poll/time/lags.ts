/** In seconds. */
export interface Lag {
  readonly last: number;
  readonly maximum: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** The latest of some measured times. */
export interface Lags {
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
