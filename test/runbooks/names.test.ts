import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/cli/check/check.ts';
import { parseFlags } from '../../src/cli/flags/parse.ts';
import { grants } from '../../src/cli/grants.ts';
import { serve } from '../../src/cli/serve/serve.ts';
import { findingCodes, findingKinds } from '../../src/link/findings/kinds.ts';
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

/** What stands between backticks in the first column of the tables of reasons and findings. */
function reasonsIn({ text }: Page): readonly string[] {
  return [...text.matchAll(/^ *\| (?:reason|finding) \|.*\n.*\n((?: *\|.*\n)+)/gm)].flatMap(([, rows = '']) =>
    [...rows.matchAll(/^ *\|([^|]*)\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    ),
  );
}

test('every reason in the tables is one that the program gives', () => {
  const reasons = new Set<string>([
    ...findingCodes,
    ...failureReasons,
    ...suspendReasons.flatMap(({ name }) => [name, name.replace('SUSPEND_FROM', '')]),
  ]);
  assert.ok(pages.flatMap(reasonsIn).length > 20);
  assert.deepEqual(
    unknown(reasonsIn, (name) => reasons.has(name)),
    [],
  );
});

test('every reason that the program gives is in a table', () => {
  const listed = (file: string): ReadonlySet<string> =>
    new Set(pages.filter(({ path }) => path.endsWith(`/${file}`)).flatMap(reasonsIn));
  const missing = (file: string, reasons: readonly string[]) => reasons.filter((reason) => !listed(file).has(reason));
  assert.deepEqual(missing('MilinkServerNotPolled.md', failureReasons), []);
  assert.deepEqual(missing('reasons.md', findingCodes), []);
});

test('every command line is one that the program takes', () => {
  const commands = [
    { words: 'check ', flags: check.flags },
    { words: 'grants ', flags: grants.flags },
    { words: '', flags: serve.flags },
  ];
  for (const { words, flags } of commands) {
    const pattern = (before: string) => new RegExp(`${before}milink-exporter ${words}(--[^\`\n]+)`, 'gm');
    const lines = pages.flatMap((page) => [
      ...namesIn(pattern('`'))(page),
      ...blocksOf(page).flatMap(({ text }) => [...text.matchAll(pattern('^'))].map(([, rest = '']) => rest)),
    ]);
    assert.ok(lines.length > 0, words);
    for (const line of lines) parseFlags(line.trim().split(' '), flags);
  }
});

test('the page of findings gives each kind the severity that it has', () => {
  const page = pages.find(({ path }) => path.endsWith('/reasons.md'));
  assert.ok(page);
  const rows = [...page.text.matchAll(/^\| (`[^|]+`) \| (\w+) \| ([^|]+) \| ([^|]+) \|$/gm)];
  const listed = rows.flatMap(([, codes = '', severity]) =>
    (codes.match(/\w+/g) ?? []).map((code) => [code, severity] as const),
  );
  assert.deepEqual(
    Object.fromEntries(listed),
    Object.fromEntries(Object.entries(findingKinds).map(([code, { severity }]) => [code, severity])),
  );
});
