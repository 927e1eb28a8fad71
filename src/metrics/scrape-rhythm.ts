/** When the next scrape will come, as far as those before tell. */
export interface ScrapeRhythm {
  /** A scrape has come, at a time of a monotonic clock. */
  readonly note: (nowSeconds: number) => void;
  /** In how many seconds one is expected; null: nobody knows. */
  readonly expectedInSeconds: (nowSeconds: number) => number | null;
}

/** Of two Prometheus servers with the same interval each second gap is shorter: the shortest of some counts. */
const remembered = 4;

/** One who scrapes at an interval is exact; one that is so late is not awaited any more. */
const longestDelayShare = 1;

/** Creates what has seen no scrape yet. */
export function createScrapeRhythm(): ScrapeRhythm {
  let last: number | null = null;
  let gaps: readonly number[] = [];
  return {
    note: (nowSeconds) => {
      if (last !== null) gaps = [...gaps, nowSeconds - last].slice(-remembered);
      last = nowSeconds;
    },
    expectedInSeconds: (nowSeconds) => {
      if (last === null || gaps.length === 0) return null;
      const gap = Math.min(...gaps);
      const left = last + gap - nowSeconds;
      return left < -longestDelayShare * gap ? null : Math.max(0, left);
    },
  };
}
