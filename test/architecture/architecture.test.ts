import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { importsOf, sourceFiles } from './imports.ts';

const root = resolve(import.meta.dirname, '../..');
const files = sourceFiles('src');
const imports = files.flatMap(importsOf);

/** The folders of src/ that each folder may import from besides itself (the design's one-way arrows). */
const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  config: ['model', 'threads'],
  log: [],
  link: ['model'],
  history: ['model', 'link'],
  journal: ['history'],
  text: [],
  terminal: ['text'],
  check: ['text', 'model', 'link', 'history'],
  // What the screen and the pages say alike: neither of them imports the other.
  words: ['text', 'check', 'model', 'link', 'history'],
  screen: ['text', 'terminal', 'words', 'check', 'link'],
  grants: ['text', 'model', 'check'],
  azure: ['config', 'threads', 'resolve', 'model'],
  threads: [],
  resolve: ['threads'],
  sql: ['config', 'resolve', 'threads', 'steps', 'model'],
  views: ['model'],
  network: ['text', 'terminal', 'check'],
  preflight: ['text', 'terminal', 'model', 'link', 'views', 'check'],
  poll: ['preflight', 'config', 'azure', 'sql', 'threads', 'steps', 'views', 'model'],
  steps: [],
  metrics: ['steps', 'model', 'link'],
  http: ['text', 'words', 'screen', 'config', 'metrics', 'model', 'link', 'check', 'history'],
  mixin: ['preflight', 'grants', 'metrics', 'link', 'model'],
  simulator: [],
  cli: [
    'grants',
    'resolve',
    'config',
    'log',
    'poll',
    'azure',
    'threads',
    'steps',
    'sql',
    'views',
    'link',
    'text',
    'terminal',
    'words',
    'screen',
    'check',
    'network',
    'preflight',
    'metrics',
    'history',
    'journal',
    'http',
    'model',
    'simulator',
  ],
  'main.ts': ['cli', 'early.js'],
};

/** Where each npm package may be imported. */
const homes: Readonly<Record<string, string>> = {
  mssql: 'src/sql/',
  '@azure/identity': 'src/azure/',
  '@azure/core-rest-pipeline': 'src/azure/',
  convict: 'src/config/',
  yaml: 'src/config/',
  'fastest-levenshtein': 'src/config/',
  pino: 'src/log/',
  'prom-client': 'src/metrics/',
  bcryptjs: 'src/http/',
  express: 'src/http/',
  selfsigned: 'src/simulator/',
  '@grafana/grafana-foundation-sdk': 'src/mixin/',
};

/** Pure folders: no npm package, no Node module, so no I/O and no clock. */
const pure = [
  'src/model/',
  'src/link/',
  'src/history/',
  'src/text/',
  'src/terminal/',
  'src/check/',
  'src/words/',
  'src/screen/',
  'src/grants/',
  'src/network/',
  'src/preflight/',
  'src/metrics/families/',
  'src/metrics/catalogue.ts',
  'src/metrics/family.ts',
];

const folderOf = (path: string): string => path.split('/')[1] ?? '';

test('every folder of src/ has its arrows written down', () => {
  assert.deepEqual([...new Set(files.map(folderOf))].sort(), Object.keys(arrows).sort());
});

test('imports between folders follow the arrows', () => {
  const wrong = imports
    .filter(({ kind }) => kind === 'file')
    .filter(({ file, target }) => {
      const [from, to] = [folderOf(file), folderOf(target)];
      return from !== to && !arrows[from]?.includes(to);
    })
    .map(({ file, target }) => `${file} imports ${target}`)
    .filter((line) => !line.includes('package.json'));
  assert.deepEqual(wrong, []);
});

test('the pages for people import nothing that writes for a terminal', () => {
  const wrong = imports.filter(
    ({ file, target }) => file.startsWith('src/http/status/') && /^src\/(?:screen|terminal)\//.test(target),
  );
  assert.deepEqual(wrong, []);
});

test('the simulator is imported by what demo and simulate consist of only', () => {
  const importers = imports
    .filter(({ file, target }) => target.startsWith('src/simulator/') && folderOf(file) !== 'simulator')
    .map(({ file }) => file);
  const allowed = [
    'src/cli/simulate/demo.ts',
    'src/cli/simulate/simulate.ts',
    'src/cli/simulate/azure.ts',
    'src/cli/simulate/config-file.ts',
    'src/cli/simulate/flags.ts',
  ];
  assert.deepEqual(
    importers.filter((file) => !allowed.includes(file)),
    [],
  );
});

test('each npm package is imported in one folder', () => {
  const wrong = imports
    .filter(({ kind }) => kind === 'package')
    .filter(({ file, target }) => !homes[target] || !file.startsWith(homes[target]))
    .map(({ file, target }) => `${file} imports ${target}`);
  assert.deepEqual(wrong, []);
});

test('properties draw from the one seed of the suite', () => {
  const wrong = sourceFiles('test').filter(
    (file) => file !== 'test/fuzz/property.ts' && importsOf(file).some(({ target }) => target === 'fast-check'),
  );
  assert.deepEqual(wrong, [], 'import fc from test/fuzz/property.ts');
});

test('every dependency of package.json is imported, and development packages are not needed to run', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const used = new Set(imports.filter(({ kind }) => kind === 'package').map(({ target }) => target));
  const dependencies = Object.keys(manifest.dependencies);
  assert.deepEqual(
    dependencies.filter((name) => !used.has(name)),
    [],
  );
  const developmentOnly = imports
    .filter(({ kind, target }) => kind === 'package' && !dependencies.includes(target))
    .filter(({ file }) => folderOf(file) !== 'mixin');
  assert.deepEqual(developmentOnly, []);
});

test('pure folders import no package and no Node module', () => {
  const wrong = imports.filter(({ file, kind }) => kind !== 'file' && pure.some((folder) => file.startsWith(folder)));
  assert.deepEqual(wrong, []);
});

test('pure folders read no clock and no chance', () => {
  const wrong = files
    .filter((file) => pure.some((folder) => file.startsWith(folder)))
    .filter((file) =>
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\b/.test(readFileSync(join(root, file), 'utf8')),
    );
  assert.deepEqual(wrong, []);
});

test('only src/config, the terminal and what secures the runtime read the environment', () => {
  const wrong = files
    .filter(
      (file) =>
        !file.startsWith('src/config/') &&
        ![
          'src/cli/terminal.ts',
          'src/cli/process/runtime.ts',
          'src/cli/serve/process-faults.ts',
          'src/resolve/system-files.ts',
        ].includes(file),
    )
    .filter((file) => /process\.env\b/.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(wrong, []);
});

test('files stay under 300 lines', () => {
  const long = [...files, ...sourceFiles('test')].filter(
    (file) => readFileSync(join(root, file), 'utf8').split('\n').length > 300,
  );
  assert.deepEqual(long, []);
});
