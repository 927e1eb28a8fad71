/** Signals in one, until nobody needs it any more. */
interface JoinedSignals {
  /** Aborts with the first of them, and with its reason. */
  readonly signal: AbortSignal;
  /** The signals hold nothing of it from now on. */
  readonly leave: () => void;
}

/**
 * As AbortSignal.any, for signals that live as long as the process: Node.js 24 keeps a few hundred bytes for each call as
 * long as each source lives (its sourceSignalsCleanupRegistry), which is what a daemon does several times in each poll.
 */
export function joinSignals(signals: readonly AbortSignal[]): JoinedSignals {
  const joined = new AbortController();
  const onAbort = (): void => {
    leave();
    joined.abort(signals.find(({ aborted }) => aborted)?.reason);
  };
  const leave = (): void => {
    for (const signal of signals) signal.removeEventListener('abort', onAbort);
  };
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  if (signals.some(({ aborted }) => aborted)) onAbort();
  return { signal: joined.signal, leave };
}

/** What a lasting signal ends, or a time limit: which comes in any case, so that nobody has to leave. */
export function limitedBy(lasting: AbortSignal, limit: AbortSignal): AbortSignal {
  return joinSignals([lasting, limit]).signal;
}

/** Does work that a lasting signal ends, or a time limit; nothing of both is left after it. */
export async function withinLimit<Result>(
  lasting: AbortSignal,
  limit: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { signal, leave } = joinSignals([lasting, limit]);
  try {
    return await work(signal);
  } finally {
    leave();
    endLimit(limit);
  }
}

/** What ends the timers of limits that still run. */
const timers = new WeakMap<AbortSignal, () => void>();

/** To be called by whoever makes a time limit, with what stops its clock. */
export function runningLimit(limit: AbortSignal, stop: () => void): AbortSignal {
  timers.set(limit, stop);
  return limit;
}

/**
 * Nobody needs the limit any more: it will never abort. One that is left to come holds what it would have ended until then,
 * and makes an error for nobody; a poll makes several, each as long as a poll may last.
 */
export function endLimit(limit: AbortSignal): void {
  timers.get(limit)?.();
  timers.delete(limit);
}

/**
 * Settles as `work` does, or rejects as soon as `signal` aborts: not everything that waits heeds a signal. It rejects with
 * `late`, or with the signal's reason.
 */
export async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal, late?: Error): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(late ?? signal.reason);
  // The loser of the race may still reject, with nobody waiting.
  work.catch(() => undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
