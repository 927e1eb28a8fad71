import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { cellsOf, pad, splitAt, truncate } from '../../src/terminal/cells.ts';
import { isVisible } from '../../src/text/visible.ts';
import { fc } from '../fuzz/property.ts';

const widths: readonly (readonly [string, number])[] = [
  ['', 0],
  ['Sales', 5],
  ['Größe', 5],
  ['Gro\u0308ße', 5],
  ['продажи', 7],
  ['売上', 4],
  ['판매', 4],
  ['ｓａ', 4],
  ['📈', 2],
  ['⌚', 2],
  ['❤️', 2],
  ['𠮷', 2],
];

for (const [text, cells] of widths) {
  test(`${JSON.stringify(text)} takes ${cells} cells`, () => assert.equal(cellsOf(text), cells));
}

test('every character that Unicode calls wide takes two cells, by an independent table', () => {
  const script = [
    'import unicodedata, sys',
    'wide = [c for c in map(chr, range(0x110000)) if unicodedata.east_asian_width(c) in "WF"',
    '        and unicodedata.category(c)[0] not in "CM"]',
    'sys.stdout.buffer.write("".join(wide).encode())',
  ].join('\n');
  const { stdout, status, error } = spawnSync('python3', ['-c', script], { maxBuffer: 2 ** 24, encoding: 'utf8' });
  assert.equal(error, undefined, 'python3 is in the Debian package python3');
  assert.equal(status, 0);
  const narrow = [...stdout].filter((character) => isVisible(character) && cellsOf(character) !== 2);
  assert.ok(stdout.length > 100_000);
  assert.deepEqual(narrow, []);
});

const cut: readonly (readonly [string, number, string])[] = [
  ['DAG_Sales', 9, 'DAG_Sales'],
  ['DAG_Sales', 8, 'DAG_S...'],
  ['売上売上', 7, '売上...'],
  ['売上売上', 6, '売...'],
  ['Sales', 3, 'S..'],
  ['Sales', 1, 'S'],
  ['Sales', 0, ''],
];

for (const [text, cells, expected] of cut) {
  test(`${text} in ${cells} cells is ${JSON.stringify(expected)}`, () => assert.equal(truncate(text, cells), expected));
}

const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
const anyCells = fc.nat({ max: 30 });

test('what was cut fits, and pads to exactly the width', () => {
  fc.assert(
    fc.property(anyText, anyCells, (text, cells) => {
      const short = truncate(text, cells);
      assert.ok(cellsOf(short) <= cells);
      assert.equal(cellsOf(pad(short, cells)), cells);
      assert.ok(pad(short, cells, 'right').endsWith(short));
    }),
  );
});

test('a text cut in two loses nothing', () => {
  fc.assert(
    fc.property(anyText, anyCells, (text, cells) => {
      const [start, rest] = splitAt(text, cells);
      assert.equal(start + rest, text);
      assert.ok(cellsOf(start) <= cells);
    }),
  );
});
