import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf } from '../../src/terminal/cells.ts';
import { wrap } from '../../src/terminal/wrap.ts';
import { fc } from '../fuzz/property.ts';

const cases: readonly (readonly [string, number, readonly string[]])[] = [
  ['', 10, []],
  ['one two', 10, ['one two']],
  ['one two three', 7, ['one two', 'three']],
  ['abcdefgh', 3, ['abc', 'def', 'gh']],
  ['ab 売上売上 c', 5, ['ab', '売上', '売上', 'c']],
];

for (const [text, cells, lines] of cases) {
  test(`${JSON.stringify(text)} in ${cells} cells`, () => assert.deepEqual(wrap(text, cells), lines));
}

test('no line is too wide, and nothing but spaces is lost', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 80 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, cells) => {
      const lines = wrap(text, cells);
      for (const line of lines) assert.ok(cellsOf(line) <= cells, line);
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
    }),
  );
});
