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
