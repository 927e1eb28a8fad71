/** Works for longer than a turn of the event loop is to take. */
export function spin(): void {
  const until = performance.now() + 5;
  while (performance.now() < until);
}

/** Counts turns of the event loop, from one in which nothing from before waits for its own until it is told to end. */
export async function countTurns(): Promise<{ readonly count: () => number; readonly end: () => void }> {
  let count = 0;
  let next = setImmediate(onTurn);
  function onTurn(): void {
    count += 1;
    next = setImmediate(onTurn);
  }
  // Those that were waited for before came before this one, which from now on is the first in each turn.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  count = 0;
  return { count: () => count, end: () => clearImmediate(next) };
}
