import { endLimit } from '../threads/abort-signals.ts';

/**
 * A limit that begins anew: it aborts when the latest of those that `limit` gave does. What is renewed several times
 * before others get a turn, as for answers that came together, is renewed once.
 */
export function renewedLimit(limit: () => AbortSignal): {
  readonly signal: AbortSignal;
  readonly renew: () => void;
  readonly end: () => void;
} {
  const all = new AbortController();
  const onLate = (): void => all.abort(current.reason);
  let current = limit();
  let isAsked = false;
  let hasEnded = false;
  const leave = (): void => {
    current.removeEventListener('abort', onLate);
    endLimit(current);
  };
  const begin = (): void => {
    current.addEventListener('abort', onLate, { once: true });
    if (current.aborted) onLate();
  };
  begin();
  const renew = (): void => {
    if (isAsked) return;
    isAsked = true;
    setImmediate(() => {
      isAsked = false;
      if (hasEnded) return;
      leave();
      current = limit();
      begin();
    });
  };
  const end = (): void => {
    hasEnded = true;
    leave();
  };
  return { signal: all.signal, renew, end };
}
