import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/cli/check.ts';
import { parseFlags } from '../../src/cli/parse-flags.ts';
import { reasonCodes } from '../../src/link/reason.ts';
import { catalogue } from '../../src/metrics/catalogue.ts';
import { exporterDefinitions } from '../../src/metrics/exporter-definitions.ts';
import { describeError } from '../../src/model/errors/catalogue.ts';
import { failureReasons } from '../../src/model/failure-reason.ts';
import { suspendReasons } from '../../src/model/suspend-reason.ts';
import { blocksOf, type Page, runbookPages } from './pages.ts';

const pages = runbookPages();

/** What a page says that is in no list of the program. */
function unknown(found: (page: Page) => Iterable<string>, known: (name: string) => boolean): readonly string[] {
  return pages.flatMap((page) =>
    [...found(page)].filter((name) => !known(name)).map((name) => `${page.path}: ${name}`),
  );
}

const namesIn = (pattern: RegExp) => (page: Page) => [...page.text.matchAll(pattern)].map(([, name = '']) => name);

test('every metric that a runbook names exists', () => {
  const metrics = new Set([...catalogue, ...Object.values(exporterDefinitions)].map(({ name }) => name));
  assert.deepEqual(
    unknown(namesIn(/\b(milink_\w+)/g), (name) => metrics.has(name)),
    [],
  );
});

test('every error number in a table is in the error catalogue', () => {
  const numbers = (page: Page): readonly string[] =>
    [...page.text.matchAll(/^ *\| ((?:\d{4,5}(?:, | to )?)+) \|/gm)].flatMap(
      ([, cell = '']) => cell.match(/\d+/g) ?? [],
    );
  assert.ok(pages.flatMap(numbers).length > 10);
  assert.deepEqual(
    unknown(numbers, (number) => describeError(Number(number)) !== null),
    [],
  );
});

test('every reason in the tables is one that the program gives', () => {
  const reasons = new Set<string>([
    ...reasonCodes,
    ...failureReasons,
    ...suspendReasons.flatMap(({ name }) => [name, name.replace('SUSPEND_FROM', '')]),
  ]);
  const cells = (page: Page): readonly string[] =>
    [...page.text.matchAll(/^ *\| reason \|.*\n.*\n((?: *\|.*\n)+)/gm)].flatMap(([, rows = '']) =>
      [...rows.matchAll(/^ *\|([^|]*)\|/gm)].flatMap(([, cell = '']) =>
        [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      ),
    );
  assert.ok(pages.flatMap(cells).length > 20);
  assert.deepEqual(
    unknown(cells, (name) => reasons.has(name)),
    [],
  );
});

test('every check command line is one that the program takes', () => {
  const lines = pages.flatMap((page) => {
    const inline = namesIn(/`milink-exporter check ([^`\n]+)`/g)(page);
    const fenced = blocksOf(page).flatMap(({ text }) => [...text.matchAll(/^milink-exporter check (.*)$/gm)]);
    return [...inline, ...fenced.map(([, rest = '']) => rest)];
  });
  assert.ok(lines.length > 10);
  for (const line of lines) parseFlags(line.trim().split(' '), check.flags);
});
