import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when a condition that nobody announces holds; rejects with `what` after so long. */
export async function comes(what: string, holds: () => Promise<boolean>, patienceSeconds = 60): Promise<void> {
  const deadline = performance.now() + patienceSeconds * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`did not come in ${patienceSeconds} s: ${what}`);
    await pause(50);
  }
}
