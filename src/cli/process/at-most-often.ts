const shortestRestMilliseconds = 500;

/** What is shown is never older than this and a run: where the processor is short a run takes long, since it gives way to others. */
const longestRestMilliseconds = 1000;

/** How long to rest after a run that took so long: so many times as long. */
export function restAfter(tookMilliseconds: number, restFactor: number): number {
  return Math.min(Math.max(shortestRestMilliseconds, restFactor * tookMilliseconds), longestRestMilliseconds);
}

/**
 * What is made for a scrape is begun so long before it. It may take longer than the last time, and is not to be ready long before:
 * where a poll ends every few milliseconds the scrape has to find it within its moment (src/metrics/former-pages.ts), which
 * begins when its making does.
 */
const shortestLeadMilliseconds = 700;
const leadFactor = 1.2;
const spareMilliseconds = 300;

/** One who comes at no interval finds most of it made. */
const longestRestFromScrape = 5000;

/**
 * How long what is made for scrapes may rest: until shortly before the next one is expected, since what is made before
 * most often has to be made again; null: nobody knows when that is.
 */
export function restBeforeScrape(tookMilliseconds: number, expectedInSeconds: number | null): number {
  const usual = restAfter(tookMilliseconds, usualRestFactor);
  if (expectedInSeconds === null) return usual;
  const lead = Math.max(shortestLeadMilliseconds, leadFactor * tookMilliseconds + spareMilliseconds);
  const left = expectedInSeconds * 1000 - lead;
  // The last one begins when it should: another one is made before only if there is time for both.
  return left < 0 ? usual : left <= longestRestFromScrape + tookMilliseconds ? left : longestRestFromScrape;
}

/** It gives way to everything else while it is made, and a scrape that comes in between makes it anyway. */
const usualRestFactor = 3;

/**
 * Runs the work after each call, but once for all calls that come while it runs or rests; `rest` says how long that is, in
 * milliseconds, after a run that took so long. With hundreds of servers one is polled every few milliseconds.
 */
export function atMostOften(work: () => Promise<void>, rest: (tookMilliseconds: number) => number): () => void {
  let isBusy = false;
  let isAsked = false;
  const run = async (): Promise<void> => {
    isBusy = true;
    isAsked = false;
    const start = performance.now();
    // A defect is for whoever asks for the outcome to show.
    await work().catch(() => undefined);
    setTimeout(
      () => {
        isBusy = false;
        if (isAsked) void run();
      },
      rest(performance.now() - start),
    ).unref();
  };
  return () => {
    isAsked = true;
    if (!isBusy) void run();
  };
}
