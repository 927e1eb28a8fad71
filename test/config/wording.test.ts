import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unknownKeyMessage } from '../../src/config/value/unknown-key.ts';
import { alternatives, mappingValue, nearest, show, showKey, showKind } from '../../src/config/value/wording.ts';
import { fc } from '../fuzz/property.ts';

const words = ['poll_interval', 'poll_timeout', 'servers', 'links', 'port', 'host', 'sql-prod', 'username'];

const misspellings: readonly (readonly [string, string | null])[] = [
  ['poll_intervall', 'poll_interval'],
  ['poll_time_out', 'poll_timeout'],
  ['server', 'servers'],
  ['prot', 'port'],
  ['HOST', 'host'],
  ['user', 'username'],
  ['sql', 'sql-prod'],
  ['sqlprod', 'sql-prod'],
  ['sp', 'sql-prod'],
  ['SQL.Prod', 'sql-prod'],
  ['linksto', 'links'],
  ['portcullis', null],
  ['colour', null],
  ['p', null],
  ['', null],
  ['x'.repeat(1_000_000), null],
];

for (const [written, meant] of misspellings) {
  test(`nearest to ${written.slice(0, 20)}`, () => assert.equal(nearest(written, words), meant));
}

test('one wrong letter is forgiven in any word', () => {
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz_-');
  fc.assert(
    // Not host: one letter away from it is often one letter away from port.
    fc.property(
      fc.constantFrom(...words.filter((word) => word !== 'host')),
      fc.nat(),
      letter,
      (word, position, replacement) => {
        const index = position % word.length;
        assert.equal(nearest(word.slice(0, index) + replacement + word.slice(index + 1), words), word);
      },
    ),
  );
});

const values: readonly (readonly [unknown, string, string])[] = [
  ['abc', '"abc"', 'a text'],
  ['corp\\sql', '"corp\\sql"', 'a text'],
  ['two\nlines', '"two\\nlines"', 'a text'],
  ['\u009b31m', '"\\u{9b}31m"', 'a text'],
  ['\u202egnp.exe', '"\\u{202e}gnp.exe"', 'a text'],
  ['x'.repeat(61), 'this text', 'a text'],
  ['sa:hunter2@host', 'this text', 'a text'],
  ['Server=s;Pwd=hunter2', 'this text', 'a text'],
  [70000, '70000', 'a number'],
  [true, 'true', 'a boolean'],
  [[1], 'a list', 'a list'],
  [mappingValue, 'a mapping', 'a mapping'],
];

for (const [value, shown, kind] of values) {
  test(`shown in a message: ${JSON.stringify(String(value)).slice(0, 20)}`, () => {
    assert.equal(show(value), shown);
    assert.equal(showKind(value), kind);
  });
}

test('what is shown is always one printable line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(show(text), /[\p{C}\u2028\u2029]/u);
    }),
  );
});

test('keys that may be a value are not shown', () => {
  assert.deepEqual(['colour', 'password', 'ca-file'].map(showKey), ['colour', 'password', 'ca-file']);
  assert.deepEqual(
    ['password hunter2', 'passwordhunter2', 'a:1', '', 'x'.repeat(41)].map(showKey),
    Array(5).fill(null),
  );
  assert.equal(showKey(null), null);
});

test('alternatives', () => {
  assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(alternatives), ['', 'a', 'a or b', 'a, b or c']);
});

test('every attempt at an inline password gets the same answer', () => {
  const answer = 'a password is not written in this file: use password_file or password_env';
  for (const key of ['password', 'Password', 'pasword', 'passwd', 'PWD', 'secret', 'sqlPassword', 'passphrase']) {
    assert.equal(unknownKeyMessage(key, ['password_file', 'password_env']), answer);
    assert.equal(unknownKeyMessage(key, ['name']), `${answer} in a server's authentication`);
  }
  assert.equal(unknownKeyMessage('pasword_file', ['password_file']), 'unknown key: did you mean password_file?');
});
