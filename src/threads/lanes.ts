/** The system keeps silent about a file or a name: what waits for it was given up, and takes a thread for as long as it lasts. */
export class StuckError extends Error {
  override readonly name = 'StuckError';
}

export interface LanesOptions {
  /** How many pieces of work may run at the same time. */
  readonly places: number;
  /** How long one may wait and run before whoever asked for it gets StuckError. */
  readonly limitMilliseconds: number;
}

/**
 * Does `work`, which takes a thread that nothing can take back from it. Of one key one piece at a time, in order. Rejects
 * as the work does, or with StuckError: at the limit, and at once where the key, or all places, have been kept for as long.
 */
export type InLane = <Value>(key: string, work: () => Promise<Value>) => Promise<Value>;

/** How long work has run, in milliseconds of a clock that only goes on. */
interface Running {
  readonly key: string;
  readonly sinceMilliseconds: number;
}

interface Waiting {
  readonly key: string;
  readonly start: () => void;
}

/**
 * Bounds what one kind of work takes of Node's thread pool (docs/decisions/0043). A file on a mount that hangs, or a name
 * that no resolver answers for, keeps its thread; what stands behind another key goes on as long as a place is left.
 */
export function createLanes({ places, limitMilliseconds }: LanesOptions): InLane {
  const running = new Set<Running>();
  const waiting = new Set<Waiting>();

  const isOld = ({ sinceMilliseconds }: Running): boolean => performance.now() - sinceMilliseconds >= limitMilliseconds;
  const isBusy = (key: string): boolean => [...running].some((each) => each.key === key);
  const isStuck = (key: string): boolean => {
    const old = [...running].filter(isOld);
    return old.length >= places || old.some((each) => each.key === key);
  };

  function startWaiting(): void {
    for (const each of waiting) {
      if (running.size >= places) return;
      if (isBusy(each.key)) continue;
      waiting.delete(each);
      each.start();
    }
  }

  return <Value>(key: string, work: () => Promise<Value>): Promise<Value> => {
    if (isStuck(key)) return Promise.reject(new StuckError('the system does not answer'));
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const start = (): void => {
      const place: Running = { key, sinceMilliseconds: performance.now() };
      running.add(place);
      work()
        .finally(() => {
          clearTimeout(timer);
          running.delete(place);
          startWaiting();
        })
        .then(resolve, reject);
    };
    const place: Waiting = { key, start };
    // In two halves: when the loop itself was late, what has been done meanwhile is heard before it counts as stuck.
    let timer = setTimeout(() => {
      timer = setTimeout(() => {
        waiting.delete(place);
        reject(new StuckError('the system does not answer'));
      }, limitMilliseconds / 2);
    }, limitMilliseconds / 2);
    waiting.add(place);
    startWaiting();
    return promise;
  };
}
