/**
 * npm test -- [WORDS]: the whole suite, or only the files whose path has one of the words (`npm test -- link grants`).
 *
 * What needs no process, no socket and no other thread shares one process: starting Node costs more than most of these
 * tests. The rest runs a process per file, two at a time. Each group says how long it took.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { outsideOf, sourceFiles } from '../architecture/imports.ts';

const root = resolve(import.meta.dirname, '../..');
const limitMilliseconds = 300_000;

/** What a test may reach by imports, however far away, and still share a process with others. */
const harmless: ReadonlySet<string> = new Set([
  ...['assert/strict', 'buffer', 'crypto', 'fs', 'fs/promises', 'module', 'os', 'path'].map((name) => `node:${name}`),
  ...['string_decoder', 'test', 'url', 'util', 'vm'].map((name) => `node:${name}`),
  ...['@grafana/grafana-foundation-sdk', '@prometheus-io/lezer-promql', 'acorn', 'ajv', 'convict', 'fast-check'],
  ...['fastest-levenshtein', 'prom-client', 'yaml'],
]);

interface Group {
  readonly name: string;
  readonly files: readonly string[];
  readonly options: readonly string[];
}

/** What Node made of a source is kept: half of what the start of the program and of each test file costs. */
const env = { ...process.env, NODE_COMPILE_CACHE: resolve(root, 'node_modules/.cache/compile') };

const words = process.argv.slice(2);
const files = sourceFiles('test').filter((file) => file.endsWith('.test.ts') && isAsked(file));
if (files.length === 0) {
  process.stderr.write(`no test file has ${words.join(' or ')} in its path: see test/\n`);
  process.exit(2);
}
const pure = files.filter((file) => outsideOf(file).every((name) => harmless.has(name)));
const groups: readonly Group[] = [
  { name: 'in one process', files: pure, options: ['--test-isolation=none'] },
  {
    name: 'a process each',
    files: files.filter((file) => !pure.includes(file)),
    options: ['--test-concurrency=2', `--test-timeout=${limitMilliseconds}`],
  },
];
const ends = groups.filter((group) => group.files.length > 0).map((group) => run(group));
for (const { told } of ends) process.stdout.write(`${told}\n`);
process.exitCode = ends.every(({ isPassed }) => isPassed) ? 0 : 1;

function isAsked(file: string): boolean {
  return words.length === 0 || words.some((word) => file.toLowerCase().includes(word.toLowerCase()));
}

function run(group: Group): { readonly told: string; readonly isPassed: boolean } {
  const start = performance.now();
  process.stdout.write(`==> ${group.files.length} test files, ${group.name}\n`);
  const { status } = spawnSync(process.execPath, ['--test', ...group.options, ...group.files], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  const seconds = Math.round((performance.now() - start) / 1000);
  const isPassed = status === 0;
  return { told: `==> ${group.name}: ${isPassed ? 'passed' : 'FAILED'} in ${seconds} s`, isPassed };
}
