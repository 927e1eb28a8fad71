import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkJson } from '../../src/check/json.ts';
import { screenLines } from '../../src/screen/screen.ts';
import { renderLine } from '../../src/terminal/line.ts';
import { reportOf, scenarios } from './scenarios.ts';

// Not `.json`: Biome would format what the program wrote.
/** `npm run test:update` writes them anew: the diff is what a reviewer reads. */
const isUpdate = process.env.UPDATE_GOLDENS === '1';
const folder = join(import.meta.dirname, 'golden');

function compare(name: string, text: string): void {
  const path = join(folder, name);
  if (isUpdate) writeFileSync(path, text);
  assert.ok(existsSync(path), `there is no ${path}: npm run test:update writes it`);
  assert.equal(text, readFileSync(path, 'utf8'), `${path} differs: npm run test:update, then read the diff`);
}

for (const [name, scenario] of Object.entries(scenarios)) {
  test(`the screen of ${name} is the one that is kept`, () => {
    const lines = screenLines(reportOf(scenario), { width: 80 });
    compare(`${name}.txt`, `${lines.map((line) => renderLine(line, false)).join('\n')}\n`);
  });

  test(`the JSON of ${name} is the one that is kept`, () => {
    compare(`${name}.json.golden`, `${checkJson(reportOf(scenario), { isPretty: true })}\n`);
  });
}

test('every golden file has a scenario that makes it', () => {
  const made = Object.keys(scenarios).flatMap((name) => [`${name}.txt`, `${name}.json.golden`]);
  assert.deepEqual(readdirSync(folder).sort(), made.sort());
});
