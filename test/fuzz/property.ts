import { appendFileSync } from 'node:fs';
import fc from 'fast-check';

/**
 * In the suite every property draws the same cases each time: whether a change may land must not be a matter of luck. Longer
 * runs draw others: FUZZ_RUNS asks for more cases, FUZZ_SEED for other ones (`random`, or a number that a failure named).
 */
const suiteSeed = 20_261_129;
const { FUZZ_RUNS, FUZZ_SEED, FUZZ_COUNTS } = process.env;
const isDrawnAnew = FUZZ_SEED === 'random' || (FUZZ_RUNS !== undefined && FUZZ_SEED === undefined);
if (!isDrawnAnew) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(FUZZ_SEED ?? suiteSeed) });

// A longer run adds up how many inputs were drawn, a line for each property.
if (FUZZ_COUNTS !== undefined) {
  const count = <Value>(details: fc.RunDetails<Value>): void => {
    appendFileSync(FUZZ_COUNTS, `${details.numRuns}\n`);
    if (details.failed) throw new Error(fc.defaultReportMessage(details));
  };
  fc.configureGlobal({ ...fc.readConfigureGlobal(), reporter: count });
}

export { fc };

/** How many cases a property draws: `few` in the suite, what FUZZ_RUNS asks for in longer runs. */
export function fuzzRuns(few: number): number {
  const asked = Number.parseInt(FUZZ_RUNS ?? '', 10);
  return Number.isFinite(asked) && asked > 0 ? asked : few;
}
