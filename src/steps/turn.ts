/** Others get a turn after so much work, whoever does it: a scrape waits for about this and one step more. */
const turnMilliseconds = 4;

/** When somebody first asked in this turn of the event loop, on this process' own clock; null: nobody has. */
let beganMilliseconds: number | null = null;
let isComing = false;
/** Those whose work a scrape waits for, and all others. */
const waiting: { readonly awaited: (() => void)[]; readonly others: (() => void)[] } = { awaited: [], others: [] };
let wasAwaited = false;

/** Whether all together have worked for so long in this turn of the event loop that others should have one. */
export function isTurnOver(): boolean {
  if (beganMilliseconds !== null) return performance.now() - beganMilliseconds >= turnMilliseconds;
  begin();
  return false;
}

/**
 * Resolves in a turn of its own, after the event loop has taken what came meanwhile. Those who wait get theirs one after
 * another: in one turn they would hold the loop for as many times as long. What is awaited gets every second turn: among the
 * polls of a thousand servers it would come to an end after seconds.
 */
export function nextTurn(isAwaited = false): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  (isAwaited ? waiting.awaited : waiting.others).push(resolve);
  comeBack();
  return promise;
}

function begin(): void {
  beganMilliseconds = performance.now();
  comeBack();
}

function comeBack(): void {
  if (isComing) return;
  isComing = true;
  setImmediate(() => {
    isComing = false;
    beganMilliseconds = null;
    const next = takeNext();
    if (next === undefined) return;
    begin();
    next();
  });
}

function takeNext(): (() => void) | undefined {
  const { awaited, others } = waiting;
  wasAwaited = awaited.length > 0 && (others.length === 0 || !wasAwaited);
  return (wasAwaited ? awaited : others).shift();
}
