import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isVisible, visible, visibleJson } from '../../src/text/visible.ts';
import { fc } from '../fuzz/property.ts';

const cases: readonly (readonly [string, string])[] = [
  ['DAG_Sales', 'DAG_Sales'],
  ['Größe 売上 📈', 'Größe 売上 📈'],
  ['\u001b[2Jgone', '\\u{1b}[2Jgone'],
  ['\u009b31m', '\\u{9b}31m'],
  ['first\r\n\tsecond', 'first second'],
  ['a\u202etxt.exe', 'a\\u{202e}txt.exe'],
  ['in\u2066side', 'in\\u{2066}side'],
  ['zero\u200bwidth', 'zero\\u{200b}width'],
  ['half \ud83d', 'half \\u{d83d}'],
  ['\u0007\u0000', '\\u{7}\\u{0}'],
];

for (const [text, expected] of cases) {
  test(`${JSON.stringify(text)} is shown as ${expected}`, () => assert.equal(visible(text), expected));
}

/** C0 and C1 controls, what has no width, separators of lines, bidi controls. */
const obeyed = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
] as const;

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

test('what is shown holds nothing that a terminal obeys, and is shown as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = visible(text);
      for (const character of shown) {
        const code = character.codePointAt(0) ?? 0;
        const isObeyed = obeyed.some(([first, last]) => code >= first && code <= last);
        assert.ok(!isObeyed, `U+${code.toString(16)}`);
      }
      assert.ok(isVisible(shown));
    }),
  );
});

test('JSON stays the same document, with nothing that a terminal obeys but its own line ends', () => {
  fc.assert(
    fc.property(fc.dictionary(anyText, anyText, { noNullPrototype: true }), (document) => {
      const shown = visibleJson(JSON.stringify(document, null, 2));
      assert.deepEqual(JSON.parse(shown), document);
      assert.ok(shown.split('\n').every(isVisible));
    }),
  );
});
