/** Others get a turn after so much work, whoever does it: a scrape waits for about this and one step more. */
const turnMilliseconds = 4;

/** When somebody first asked in this turn of the event loop, on this process' own clock; null: nobody has. */
let beganMilliseconds: number | null = null;
let isComing = false;
const waiting: (() => void)[] = [];

/** Whether all together have worked for so long in this turn of the event loop that others should have one. */
export function isTurnOver(): boolean {
  if (beganMilliseconds !== null) return performance.now() - beganMilliseconds >= turnMilliseconds;
  begin();
  return false;
}

/**
 * Resolves in a turn of its own, after the event loop has taken what came meanwhile. Those who wait get theirs one after
 * another: in one turn they would hold the loop for as many times as long.
 */
export function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.push(resolve);
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
    const next = waiting.shift();
    if (next === undefined) return;
    begin();
    next();
  });
}
