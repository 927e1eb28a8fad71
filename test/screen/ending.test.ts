import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endingLines } from '../../src/screen/screen.ts';
import type { Line } from '../../src/terminal/line.ts';
import { span } from '../../src/text/visible.ts';

const lines = (text: string): readonly Line[] => text.split('\n').map((each) => (each === '' ? [] : [span(each)]));
const ending = (text: string, rows: number): string =>
  endingLines(lines(text), rows)
    .map((line) => line.map((part) => part.text).join(''))
    .join('\n');

const twoLinks = `CRITICAL  2 links: 2 critical
2026-11-29 10:00:00 UTC

CRITICAL  split brain  DAG_Sales on mi-prod
  first
  1. Stop the writers.
       -- on sql-1
       ALTER DATABASE [Sales] SET READ_ONLY;

  sql-1  PRIMARY

CRITICAL  missing  DAG_HR on mi-prod
  first
  1. Look.`;

test('of several links the end says which one the first step is of', () => {
  assert.equal(
    ending(twoLinks, 12),
    `
CRITICAL  2 links: 2 critical
CRITICAL  split brain  DAG_Sales on mi-prod
  first
  1. Stop the writers.
       -- on sql-1
       ALTER DATABASE [Sales] SET READ_ONLY;`,
  );
});

test('a screen that fits has no ending', () => {
  assert.equal(ending(twoLinks, twoLinks.split('\n').length + 1), '');
  assert.equal(ending(twoLinks, Number.POSITIVE_INFINITY), '');
});

test('a step that would push the first line away again, or that is not there, leaves the first line alone', () => {
  assert.equal(ending(twoLinks, 7), '\nCRITICAL  2 links: 2 critical');
  assert.equal(ending('UNKNOWN  no link was seen\n\nNot seen\n  sql-1\n  1. Look.', 4), '\nUNKNOWN  no link was seen');
  assert.equal(ending('HEALTHY  2 links\n\nall healthy', 3), '\nHEALTHY  2 links');
});

test('where no link has a step, the first server that is not seen is said with its own', () => {
  const unseen = `UNKNOWN  no link was seen
2026-11-29 10:00:00 UTC

Not seen
  sql-1 (10.0.0.1:1433)
   - could not be polled: refused: nobody listens
     there
  1. Is it running?
  mi-1 (10.0.0.2:1433)
   - could not be polled: dns: no such name
  1. Check its name.

mi-1 also has DAG_Other.`;
  const first = `
UNKNOWN  no link was seen
  sql-1 (10.0.0.1:1433)
   - could not be polled: refused: nobody listens
     there
  1. Is it running?`;
  assert.equal(ending(unseen, 10), first);
  assert.equal(ending(unseen.split('\n').slice(0, 8).join('\n'), 7), first);
});

test('a first step at the end of all lines is repeated whole', () => {
  assert.equal(ending('OK  x\n\n\n\n  first\n  1. Look.', 6), '\nOK  x\n  first\n  1. Look.');
});
