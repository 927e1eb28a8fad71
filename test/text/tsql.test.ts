import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf } from '../../src/terminal/cells.ts';
import { wrapStatement } from '../../src/terminal/wrap.ts';
import { fillStatement, quoteName, quoteText } from '../../src/text/tsql.ts';
import { fc } from '../fuzz/property.ts';

const names: readonly (readonly [string, string, string])[] = [
  ['Sales', '[Sales]', "N'Sales'"],
  ['a]b', '[a]]b]', "N'a]b'"],
  ["O'Brien", "[O'Brien]", "N'O''Brien'"],
  ['x]; DROP DATABASE [y', '[x]]; DROP DATABASE [y]', "N'x]; DROP DATABASE [y'"],
  ['[database]', '[[database]]]', "N'[database]'"],
];

for (const [name, asName, asText] of names) {
  test(`${name} is quoted as ${asName}`, () => {
    assert.equal(quoteName(name), asName);
    assert.equal(quoteText(name), asText);
    const template = "ALTER DATABASE [database] MODIFY FILE (NAME = N'<database>'); -- [<login>] [group]";
    assert.deepEqual(fillStatement(template, { database: name, link: 'other' }), {
      text: `ALTER DATABASE ${asName} MODIFY FILE (NAME = ${asText}); -- [<login>] [group]`,
      template,
    });
  });
}

test('a statement is broken between its words only', () => {
  assert.deepEqual(wrapStatement("ALTER DATABASE [My Sales] SET (X = N'a  b')  ;", 24), [
    'ALTER DATABASE',
    '  [My Sales] SET (X =',
    "  N'a  b') ;",
  ]);
});

test('a name that does not fit, or that can not be printed, is not shown spoilt', () => {
  assert.equal(wrapStatement(`USE [${'n'.repeat(128)}];`, 73), null);
  assert.equal(wrapStatement('USE [a\u202eb];', 73), null);
  assert.equal(wrapStatement('USE [a\nb];', 73), null);
});

/** What SQL Server reads back: the name between its brackets. */
function unquote(statement: string): string | null {
  const match = /^USE \[((?:[^\]]|\]\])*)\];$/su.exec(statement);
  return match?.[1]?.replaceAll(']]', ']') ?? null;
}

test('any name comes out of a wrapped statement as it went in', () => {
  const name = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.stringMatching(/^[\]['; -]{1,20}$/),
  );
  fc.assert(
    fc.property(name, (text) => {
      const { text: statement } = fillStatement('USE [database];', { database: text });
      assert.equal(unquote(statement), text);
      const lines = wrapStatement(statement, 40);
      if (lines === null) return;
      assert.ok(lines.every((line) => cellsOf(line) <= 40));
      // Two spaces at a line's start are the indentation, the line's end is one space.
      assert.equal(unquote(lines.map((line, index) => (index === 0 ? line : line.slice(2))).join(' ')), text);
    }),
  );
});
