/** A limit that begins anew: it aborts when the latest of those that `limit` gave does. */
export function renewedLimit(limit: () => AbortSignal): {
  readonly signal: AbortSignal;
  readonly renew: () => void;
  readonly end: () => void;
} {
  const all = new AbortController();
  const onLate = (): void => all.abort(current.reason);
  let current = limit();
  const end = (): void => current.removeEventListener('abort', onLate);
  const begin = (): void => {
    current.addEventListener('abort', onLate, { once: true });
    if (current.aborted) onLate();
  };
  begin();
  const renew = (): void => {
    end();
    current = limit();
    begin();
  };
  return { signal: all.signal, renew, end };
}
