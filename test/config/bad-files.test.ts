import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError, formatProblems } from '../../src/config/value/problem.ts';

const folder = fileURLToPath(new URL('../fixtures/config/bad/', import.meta.url));

/** Every line that every file of the folder must give, in order: `file:line: path: message`. */
const table = await readFile(new URL('../fixtures/config/bad-files.txt', import.meta.url), 'utf8');

const expected = Map.groupBy(table.trimEnd().split('\n'), (line) => line.slice(0, line.indexOf(':')));

/** The secrets that the files of the folder hold or point to. */
const secret = /fixture-sql|fixture-env/;
const env = { SQL_PASSWORD: 'fixture-env', EMPTY_PASSWORD: '' };

async function problemLines(file: string): Promise<string[]> {
  try {
    await loadConfig(`${folder}${file}`, { env });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return formatProblems(error.problems.map((problem) => ({ ...problem, file: basename(problem.file) }))).split('\n');
  }
  return [];
}

test('the table has every file of the folder and no other', async () => {
  assert.deepEqual([...expected.keys()].toSorted(), (await readdir(folder)).toSorted());
});

test('no message holds a secret of the files', () => {
  assert.doesNotMatch(table, secret);
});

for (const [file, lines] of expected) {
  test(`bad file: ${file}`, async () => {
    assert.deepEqual(await problemLines(file), lines);
  });
}
