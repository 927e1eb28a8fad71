import { endLimit } from './time-limits.ts';

/** Signals in one, until nobody needs it any more. */
export interface JoinedSignals {
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
