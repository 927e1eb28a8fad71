/** After a run the next one waits for so many times as long as it took: at most about a tenth of the time goes to it. */
const usualRestFactor = 9;

const shortestRestMilliseconds = 250;

/** What is shown is never older than this and a run: where the processor is short a run takes long, since it gives way to others. */
const longestRestMilliseconds = 1000;

/** How long to rest after a run that took so long. */
export function restAfter(tookMilliseconds: number, restFactor: number): number {
  return Math.min(Math.max(shortestRestMilliseconds, restFactor * tookMilliseconds), longestRestMilliseconds);
}

/**
 * Runs the work after each call, but once for all calls that come while it runs or rests. With hundreds of servers one is
 * polled every few milliseconds.
 */
export function atMostOften(work: () => Promise<void>, restFactor = usualRestFactor): () => void {
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
      restAfter(performance.now() - start, restFactor),
    ).unref();
  };
  return () => {
    isAsked = true;
    if (!isBusy) void run();
  };
}
