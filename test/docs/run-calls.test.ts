import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runHere } from '../cli/fake-terminal.ts';
import { simulatedLinks } from '../cli/simulated-links.ts';
import { callsOf, marksOf, ownMarksOf, pages, root, seen, textOf } from './calls.ts';

/** A command is named so in prose: without its flags it says only which it needs. */
const names: ReadonlySet<string> = new Set(['test-network', 'preflight']);

/** A call that would never come back here. */
const goesOn = /^(?:serve|demo|simulate)\b|^--config\.file=\S+$|--watch\b/;

const ofPages = pages.map((page) => {
  const text = textOf(page);
  return {
    page,
    calls: callsOf(text).filter((call) => !names.has(call)),
    marks: ownMarksOf(text),
    allMarks: marksOf(text),
  };
});
const marked = new Set(ofPages.flatMap(({ marks }) => marks.map(({ call }) => call)));

/** What a reader puts in the place of the names that a page makes up. */
const ownNames: Readonly<Record<string, string>> = {
  '--for=SERVER': '--for=sql-prod-01',
  '--for=sql-prod': '--for=sql-prod-01',
  '--for=sql-server': '--for=sql-prod-01',
  '--link=LINK': '--link=DAG_Sales',
};

/** Without the flag they read milink.yaml of the folder, which a test can't change into. */
const readsConfiguration = /^(?:check|preflight|record|grants(?! --target)|--config\.check)/;

test('what the pages have their reader type runs on simulated servers, as far as it can', async (context) => {
  const { configFlag, folder } = await simulatedLinks(context, { azure: { behindMilliseconds: 0 } });
  const run: string[] = [];
  for (const [call, page] of seen) {
    if (names.has(call) || marked.has(call)) continue;
    assert.doesNotMatch(call, goesOn, `${page} lacks <!-- not run by the suite: milink-exporter ${call}: WHY -->`);
    const args = call
      .replace(/^explain (\D.*)$/, (_, text: string) => `explain ${text.replaceAll(' ', '\u0000')}`)
      .split(' ')
      .map((word) => word.replaceAll('\u0000', ' '))
      .map((word) => ownNames[word] ?? (word.startsWith('--config.file=') ? configFlag : word));
    if (call === 'init') args.push(`--config.file=${join(folder, 'new.yaml')}`);
    else if (readsConfiguration.test(call) && !args.includes(configFlag)) args.push(configFlag);
    if (call === 'grants') args.push('--for=sql-prod-01');
    const { code, out, error } = await runHere(args);
    // What a look finds is an answer, whatever it is: 3 is none, and a mistake is told as an error.
    assert.ok(
      code !== null && code < 3 && !error.includes('error: '),
      `${page}: milink-exporter ${args.join(' ')}: exit code ${code}: ${error}`,
    );
    assert.notEqual(out + error, '', `${page}: milink-exporter ${call} says nothing`);
    run.push(call);
  }
  assert.ok(run.length >= 20, `only ${run.length} calls of ${seen.size} were run`);
});

test('what is not run is marked in each page that shows it, and nowhere else', (context) => {
  for (const { page, calls, marks } of ofPages) {
    assert.deepEqual(marks.map(({ call }) => call).sort(), calls.filter((call) => marked.has(call)).sort(), page);
    for (const { call, why } of marks) context.diagnostic(`${page}: milink-exporter ${call}: ${why}`);
  }
});

test('no mark is written so that it is overlooked', () => {
  for (const { page, allMarks } of ofPages) {
    assert.equal(textOf(page).match(/not run by the suite/g)?.length ?? 0, allMarks.length, page);
  }
});

test('what runs them instead is there', () => {
  const whys = ofPages.flatMap(({ allMarks }) => allMarks.map(({ why }) => why));
  const named = whys.flatMap((why) => why.match(/test\/[\w./-]+/g) ?? []);
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  );
});
