import { outsideOf, sourceFiles } from '../architecture/imports.ts';
import { randomFrom } from '../fuzz/random.ts';

/** One process of the suite. */
export interface Job {
  readonly name: string;
  readonly files: readonly string[];
  /** Little work in much time: such a one runs beside two others. */
  readonly isWaiting: boolean;
}

/** No test may take longer. */
export const longestTestMilliseconds = 300_000;

/** What must not share its process, and why. */
export const alone: Readonly<Record<string, string>> = {
  'test/azure/login.test.ts': 'sets the addresses of identities in the environment',
  'test/azure/refused.test.ts': 'sets the addresses of identities in the environment',
  'test/sql/late-identity.test.ts': 'asks what was loaded so far',
};

/** Whose time goes into the programs that they run: to share a process would only make a long job longer. */
const runsPrograms: ReadonlySet<string> = new Set(['deploy', 'e2e', 'mixin', 'package']);

/** What waits for the waits of Prometheus and Alertmanager, which pass while others work. */
export const waits: ReadonlySet<string> = new Set([
  'test/e2e/paging.test.ts',
  'test/e2e/restarts.test.ts',
  'test/e2e/storms.test.ts',
  'test/mixin/dashboards/live.test.ts',
]);

/** What a test may reach by imports, however far away, and still be of use while a person waits: no process, no socket. */
const quick: ReadonlySet<string> = new Set([
  ...['assert/strict', 'buffer', 'crypto', 'fs', 'fs/promises', 'module', 'os', 'path'].map((name) => `node:${name}`),
  ...['string_decoder', 'test', 'url', 'util', 'vm'].map((name) => `node:${name}`),
  ...['@grafana/grafana-foundation-sdk', '@prometheus-io/lezer-promql', 'acorn', 'ajv', 'convict', 'fast-check'],
  ...['fastest-levenshtein', 'prom-client', 'yaml'],
]);

const mostFilesInOne = 24;
const fewFiles = 6;

/**
 * The processes that run these files, in the order of their start. What can share one does: to start Node and to compile
 * what a test reaches costs more than most tests, and code that others have warmed up is several times as fast. `seed`
 * shuffles what shares one.
 */
export function jobsOf(files: readonly string[], seed: number): readonly Job[] {
  const kinds = Map.groupBy(shuffled(files, seed), (file) => {
    if (isPure(file)) return 'pure';
    return file in alone || runsPrograms.has(folderOf(file)) ? 'own' : 'shared';
  });
  const { pure = [], own = [], shared = [] } = Object.fromEntries(kinds);
  return [
    ...(pure.length > 0 ? [{ name: 'no process, no socket', files: pure, isWaiting: false }] : []),
    ...own.sort().map((file) => ({ name: file, files: [file], isWaiting: waits.has(file) })),
    ...sharing(shared),
  ];
}

/** The same seed gives the same order (Fisher and Yates). */
function shuffled(files: readonly string[], seed: number): readonly string[] {
  const random = randomFrom(seed);
  const rest = [...files];
  return files.map(() => rest.splice(random.below(rest.length), 1).join(''));
}

function folderOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** A process or more for each large folder, whose tests warm up the same code, and some for all small ones. */
function sharing(files: readonly string[]): readonly Job[] {
  const folders = [...Map.groupBy(files, folderOf)].sort();
  const small = folders.filter(([, of]) => of.length < fewFiles);
  return [
    ...folders.filter((each) => !small.includes(each)).flatMap(([folder, of]) => partsOf(`test/${folder}`, of)),
    ...partsOf(
      `test/{${small.map(([folder]) => folder).join(',')}}`,
      small.flatMap(([, of]) => of),
    ),
  ];
}

function partsOf(name: string, files: readonly string[]): readonly Job[] {
  const count = Math.ceil(files.length / mostFilesInOne);
  return Array.from({ length: count }, (_, part) => ({
    name,
    files: files.filter((_file, index) => index % count === part),
    isWaiting: false,
  }));
}

function isPure(file: string): boolean {
  return outsideOf(file).every((name) => quick.has(name));
}

/** The test files whose path has one of the words; all of them where none is given. */
export function askedFiles(words: readonly string[]): readonly string[] {
  return sourceFiles('test')
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => words.length === 0 || words.some((word) => file.toLowerCase().includes(word.toLowerCase())));
}
