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
