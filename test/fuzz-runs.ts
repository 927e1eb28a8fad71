/** How many cases a property draws: `few` in the suite, what the environment asks for in `npm run fuzz`. */
export function fuzzRuns(few: number): number {
  const asked = Number.parseInt(process.env.FUZZ_RUNS ?? '', 10);
  return Number.isFinite(asked) && asked > 0 ? asked : few;
}
