/** How often servers are polled, which another configuration may change while they wait. */
export interface Pace {
  readonly intervalSeconds: () => number;
  /** Aborts at the next change. */
  readonly changed: () => AbortSignal;
  readonly change: (intervalSeconds: number) => void;
}

export function createPace(intervalSeconds: number): Pace {
  let current = intervalSeconds;
  let change = new AbortController();
  return {
    intervalSeconds: () => current,
    changed: () => change.signal,
    change: (next) => {
      if (next === current) return;
      current = next;
      const former = change;
      change = new AbortController();
      former.abort();
    },
  };
}
