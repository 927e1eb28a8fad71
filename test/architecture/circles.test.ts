import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { circlesOf, importsOf, sourceFiles } from './imports.ts';

const root = resolve(import.meta.dirname, '../..');
const imports = sourceFiles('src').flatMap(importsOf);

/** Recursive as the language that they read: each circle of theirs stays within the folder. */
const recursive = ['src/simulator/sql/parse', 'src/simulator/sql/bind', 'src/simulator/sql/execute'];

test('no files stand in a circle of imports, but within the recursive folders', () => {
  const wrong = circlesOf(imports).filter(
    (circle) => !recursive.some((folder) => circle.every((file) => file.startsWith(`${folder}/`))),
  );
  assert.deepEqual(wrong, []);
});

test('a circle is found, of types too', () => {
  const file = (from: string, to: string) => ({ file: from, target: to, kind: 'file' }) as const;
  const found = circlesOf([file('a', 'b'), file('b', 'c'), file('c', 'a'), file('c', 'd'), file('e', 'a')]);
  assert.deepEqual(found, [['a', 'b', 'c']]);
});

/** The floors of the simulator, and the floors below that each stands on. Files without a folder are the terms that all share. */
const floors: Readonly<Record<string, readonly string[]>> = {
  tds: [],
  catalog: [],
  world: ['catalog', 'agent'],
  agent: ['world'],
  administration: ['world'],
  scenario: ['world'],
  azure: ['world'],
  procedure: ['catalog', 'agent', 'world'],
  sql: ['catalog', 'agent'],
  replay: ['tds'],
};

test('the floors of the simulator stand on those below, and nothing of it imports the exporter', () => {
  const wrong = imports
    .filter(({ file, kind }) => file.startsWith('src/simulator/') && kind === 'file')
    .filter(({ file, target }) => {
      if (!target.startsWith('src/simulator/')) return true;
      const [from = '', to = ''] = [file, target].map((path) => dirname(path).split('/')[2] ?? '');
      return from !== '' && to !== '' && from !== to && !floors[from]?.includes(to);
    })
    .map(({ file, target }) => `${file} imports ${target}`);
  assert.deepEqual(wrong, []);
});

for (const page of [
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/decisions/0061-leaning-on-insides.md',
  'src/simulator/README.md',
]) {
  test(`${page}: every path in it is there`, () => {
    const text = readFileSync(join(root, page), 'utf8');
    const paths = [...text.matchAll(/`((?:src|test|deploy|docs)\/[\w./-]+)`/g)].map(([, path = '']) => path);
    assert.ok(paths.length > 5, page);
    assert.deepEqual(
      paths.filter((path) => !existsSync(join(root, path))),
      [],
    );
  });
}
