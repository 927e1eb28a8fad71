/**
 * npm run mutate -- [COUNT] [SEED]: breaks the code in COUNT places of the judgement and prints what no test noticed.
 *
 * Asked are the tests that reach the file by imports and start no program, no browser and no Prometheus. The rest of the
 * suite may notice what they miss: a survivor is a question, not yet a defect.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sourceFiles } from '../architecture/imports.ts';
import { randomFrom } from '../fuzz/random.ts';
import { coveringTests } from './covering.ts';
import { type Mutant, mutantsOf, withoutTypes } from './mutants.ts';

const root = resolve(import.meta.dirname, '../..');
const brokenFolders = ['src/link', 'src/views', 'src/metrics', 'src/poll'];
const askedFolders = ['link', 'views', 'metrics', 'poll', 'check', 'resolve', 'integration'].map(
  (name) => `test/${name}`,
);
/** Those nearest to the file, a few at a time: most mutants die at once. */
const testsAtOnce = 6;
const mostTests = 30;
/** A mutant that never ends is noticed too; on a busy machine it may be the tests that did not get as far. */
const limitMilliseconds = 120_000;

type End = 'noticed' | 'survived' | 'endless';

interface Place {
  readonly file: string;
  readonly line: number;
  readonly mutant: Mutant;
  readonly was: string;
}

const [count = 50, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2).map(Number);
process.stdout.write(`seed ${seed}, ${count} mutants\n`);
const covering = coveringTests(askedFolders);
const survivors: Place[] = [];
const endless: Place[] = [];
const waiting = drawn(count, seed);
await Promise.all(Array.from({ length: availableParallelism() }, () => worker()));
process.stdout.write(
  `${count - survivors.length} of ${count} noticed, ${endless.length} of them by the limit of time\n`,
);
for (const place of survivors) process.stdout.write(`not noticed: ${told(place)}\n`);

function drawn(places: number, from: number): Place[] {
  const random = randomFrom(from);
  const files = brokenFolders.flatMap((folder) => sourceFiles(folder));
  const all = files.flatMap((file) => placesIn(file));
  return Array.from({ length: Math.min(places, all.length) }, () => all.splice(random.below(all.length), 1)).flat();
}

function placesIn(file: string): readonly Place[] {
  const code = withoutTypes(readFileSync(join(root, file), 'utf8'));
  return mutantsOf(code).map((mutant) => ({
    file,
    line: code.slice(0, mutant.start).split('\n').length,
    mutant,
    was: code.slice(mutant.start, mutant.end),
  }));
}

async function worker(): Promise<void> {
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const end = await endOf(place);
    if (end === 'survived') survivors.push(place);
    if (end === 'endless') endless.push(place);
    process.stdout.write(`${end.padStart(8)} ${told(place)}\n`);
  }
}

async function endOf(place: Place): Promise<End> {
  const tests = covering(place.file)
    .slice(0, mostTests)
    .map(({ test }) => test);
  for (let from = 0; from < tests.length; from += testsAtOnce) {
    const end = await endOfTests(tests.slice(from, from + testsAtOnce), place);
    if (end !== 'survived') return end;
  }
  return 'survived';
}

/** What the tests say of the broken code. */
function endOfTests(tests: readonly string[], { file, mutant }: Place): Promise<End> {
  const url = pathToFileURL(join(root, file)).href;
  const child = spawn(process.execPath, ['--import=./test/mutation/replace.ts', '--test', ...tests], {
    cwd: root,
    env: { ...process.env, MUTANT: JSON.stringify({ url, mutant }), NODE_NO_WARNINGS: '1' },
    stdio: 'ignore',
    timeout: limitMilliseconds,
  });
  return new Promise((done) =>
    child.on('close', (code, signal) => done(code === 0 ? 'survived' : signal === null ? 'noticed' : 'endless')),
  );
}

function told({ file, line, mutant, was }: Place): string {
  return `${file}:${line} ${JSON.stringify(was)} -> ${JSON.stringify(mutant.replacement)}`;
}
