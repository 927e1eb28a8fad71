/**
 * npm test -- [WORDS]: the whole suite, or only the files whose path has one of the words (`npm test -- link grants`).
 *
 * Two processes at a time, and a third of those that mostly wait. Files share one where they can (jobs.ts), in an order that
 * is drawn anew each time: `SEED=n npm test` draws the same one again. Each process says how long it took.
 */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { askedFiles, type Job, jobsOf } from './jobs.ts';

interface End {
  readonly job: Job;
  readonly isPassed: boolean;
  readonly seconds: number;
  /** By what became of them, as Node's reporter counts: `tests`, `pass`, `fail`, ... */
  readonly counts: ReadonlyMap<string, number>;
}

const root = resolve(import.meta.dirname, '../..');
/** What Node made of a source is kept: half of what the start of the program and of each test file costs. */
const env = { ...process.env, NODE_COMPILE_CACHE: resolve(root, 'node_modules/.cache/compile') };

const words = process.argv.slice(2);
const files = askedFiles(words);
if (files.length === 0) {
  process.stderr.write(`no test file has ${words.join(' or ')} in its path: see test/\n`);
  process.exit(2);
}
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isSafeInteger(seed)) {
  process.stderr.write(`SEED is "${process.env.SEED}": a whole number is what a run before printed\n`);
  process.exit(2);
}
const jobs = jobsOf(files, seed);
const isOnly = jobs.length === 1;
process.stdout.write(`==> ${files.length} test files in ${jobs.length} processes, SEED=${seed}\n`);
const working = jobs.filter(({ isWaiting }) => !isWaiting);
const waiting = jobs.filter(({ isWaiting }) => isWaiting);
const ends: End[] = [];
await Promise.all([work(working, waiting), work(working, waiting), work(waiting)]);
for (const { job, isPassed, seconds } of ends.sort((one, other) => other.seconds - one.seconds)) {
  process.stdout.write(`==> ${seconds} s  ${isPassed ? 'passed' : 'FAILED'}  ${told(job)}\n`);
}
const total = (kind: string): number => ends.reduce((sum, { counts }) => sum + (counts.get(kind) ?? 0), 0);
process.stdout.write(`==> ${total('tests')} tests: ${total('pass')} passed, ${total('fail')} failed\n`);
process.exitCode = ends.every(({ isPassed }) => isPassed) ? 0 : 1;

/** Runs what is left of the first queue, then of the next. */
async function work(...queues: readonly Job[][]): Promise<void> {
  for (const queue of queues) {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) ends.push(await run(job));
  }
}

/** Runs one process. What it prints stands together: that of two at a time would be mixed up. */
async function run(job: Job): Promise<End> {
  const start = performance.now();
  const child = spawn(process.execPath, ['test/setup/part.ts', ...job.files], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  // What waits runs in a thirtieth of the shipped times: it goes first, and what works lets it.
  if (!job.isWaiting && child.pid !== undefined) setPriority(child.pid, 10);
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (isOnly) process.stdout.write(chunk);
    });
  }
  const code = await new Promise((done) => child.once('close', done));
  const text = stripVTControlCharacters(Buffer.concat(chunks).toString());
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`==> ${told(job)}, ${seconds} s\n${isOnly ? '' : text}`);
  const counts = new Map([...text.matchAll(/^ℹ (\w+) (\d+)$/gm)].map(([, kind = '', count]) => [kind, Number(count)]));
  return { job, isPassed: code === 0, seconds, counts };
}

function told({ name, files: of }: Job): string {
  return of.length === 1 ? name : `${name}: ${of.length} files in one process`;
}
