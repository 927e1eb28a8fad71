/** After a run the next one waits for so many times as long as it took: at most about a tenth of the time goes to it. */
const usualRestFactor = 9;

const shortestRestMilliseconds = 250;

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
    const restMilliseconds = Math.max(shortestRestMilliseconds, restFactor * (performance.now() - start));
    setTimeout(() => {
      isBusy = false;
      if (isAsked) void run();
    }, restMilliseconds).unref();
  };
  return () => {
    isAsked = true;
    if (!isBusy) void run();
  };
}
