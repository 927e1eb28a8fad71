import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { linkErrorNumbers } from '../../src/model/error-log-entry.ts';
import { describeError, errorCatalogue } from '../../src/model/errors/catalogue.ts';
import { isLinkErrorNumber, isLoggedForLink } from '../../src/model/errors/ranges.ts';
import { fc } from '../fuzz/property.ts';

const found: readonly (readonly [string, string, readonly number[]])[] = [
  ['English', 'Error: 35206, Severity: 16, State: 1.', [35206]],
  ['German', 'Fehler: 35206, Schweregrad: 16, Status: 1.', [35206]],
  ['French', 'Erreur : 35206, Gravité : 16, État : 1.', [35206]],
  ['French with no-break spaces', 'Erreur\u00a0: 35206, Gravité\u00a0: 16, État\u00a0: 1.', [35206]],
  ['Spanish', 'Error: 35206, gravedad: 16, estado: 1.', [35206]],
  ['Portuguese', 'Erro: 35206, Gravidade: 16, Estado: 1.', [35206]],
  ['Italian', 'Errore: 35206, gravità: 16, stato: 1.', [35206]],
  ['Russian', 'Ошибка: 35206, серьезность: 16, состояние: 1.', [35206]],
  ['Turkish', 'Hata: 35206, Önem Derecesi: 16, Durum: 1.', [35206]],
  ['Japanese', 'エラー: 35206、重大度: 16、状態: 1。', [35206]],
  ['Korean', '오류: 35206, 심각도: 16, 상태: 1.', [35206]],
  ['Chinese', '錯誤: 35206，嚴重性: 16，狀態: 1。', [35206]],
  ['Chinese with wide colons', '错误：35206，严重性：16，状态：1。', [35206]],
  ['a line of the file', '2026-11-02 07:10:55.50 spid43s     Error: 41976, Severity: 16, State: 1.', [41976]],
  ['terse mode', 'Error: 28047, Severity: 16, State: 9. (Params:). The error is printed in terse mode.', [28047]],
  ['severity 21', 'Error: 41961, Severity: 21, State: 255.', [41961]],
  ['a number of the range that nobody has described', 'Error: 41987, Severity: 16, State: 1.', [41987]],
  [
    'several lines, with repetitions',
    'Error: 1412, Severity: 16, State: 211.\r\nThe remote copy ...\nError: 9002, Severity: 17, State: 2.\nError: 1412, Severity: 16, State: 211.',
    [1412, 9002, 1412],
  ],
  ['decomposed letters', 'Erreur : 9642, Gravite\u0301 : 16, E\u0301tat : 3.', [9642]],
];

describe('numbers of the error log', () => {
  for (const [title, text, numbers] of found) {
    test(`are found: ${title}`, () => assert.deepEqual(linkErrorNumbers(text), numbers));
  }

  for (const text of [
    '',
    'Error: 18456, Severity: 14, State: 8.',
    'Error: 41975, Severity: 16, State: 1.',
    'Error: 41978, Severity: 16, State: 1.',
    'Error: 35206',
    'Error: 35206, Severity: 16.',
    'Error: 035206, Severity: 16, State: 1.',
    'Error: 35206.5, Severity: 16, State: 1.',
    'Error: 352060000000, Severity: 16, State: 1.',
    'Error: 35206, Severity: 160, State: 1.',
    'Error: 35206, Severity: 16, State: 123456.',
    'Error 35206, Severity 16, State 1.',
    'Error: 35206, Severity: 16,\nState: 1.',
    "Login failed for user 'x'. Error: 35206, Severity: 16, State: 1.",
    'An error occurred in a Service Broker/Database Mirroring transport connection endpoint, Error: 8474, State: 11.',
    '1 Error: 35206, Severity: 16, State: 1.',
    `${'a'.repeat(41)}: 35206, Severity: 16, State: 1.`,
    `Error: 35206, ${'a'.repeat(41)}: 16, State: 1.`,
  ]) {
    test(`are not found in ${JSON.stringify(text)}`, () => assert.deepEqual(linkErrorNumbers(text), []));
  }

  test('of the whole catalogue are found, but for those that are as often about something else', () => {
    for (const { number, isAlsoOfOthers } of errorCatalogue) {
      const expected = isAlsoOfOthers ? [] : [number];
      assert.deepEqual(linkErrorNumbers(`Error: ${number}, Severity: 16, State: 1.`), expected);
    }
  });
});

/** Letters of any script, up to the length that the words have. */
const word = fc.stringMatching(/^\p{L}{1,20}$/u);
const soup = fc.array(
  fc.oneof(
    fc.constantFrom(':', '：', ',', '，', '、', ' ', '\u00a0', '\n', '\r\n', '.', '35206', '16', '1', 'Error', 'État'),
    fc.string({ unit: 'binary' }),
  ),
  { maxLength: 40 },
);

describe('any text', () => {
  test('gives only numbers of the catalogue or of the range, and never throws', () => {
    fc.assert(
      fc.property(soup, (parts) => {
        for (const number of linkErrorNumbers(parts.join(''))) {
          assert.ok(describeError(number) !== null || isLinkErrorNumber(number));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('whose words are of any language gives the number', () => {
    const numbers = fc.constantFrom(...errorCatalogue.map(({ number }) => number).filter(isLoggedForLink));
    fc.assert(
      fc.property(fc.tuple(word, word, word), numbers, fc.nat(25), fc.nat(255), (words, number, severity, state) => {
        const [error, severityWord, stateWord] = words;
        const text = `${error}: ${number}, ${severityWord}: ${severity}, ${stateWord}: ${state}.`;
        assert.deepEqual(linkErrorNumbers(text), [number]);
      }),
    );
  });

  // Megabytes of what makes a careless pattern try again from every character: it would not end before the limit.
  const megabyte = 1024 * 1024;
  for (const unit of [
    'a',
    ' ',
    ':',
    'a:',
    'a: 1, ',
    'a\n',
    ' a: 35206, b: 16, ',
    '1',
    '2026-11-02 07:10:55.50 s ',
    '，',
  ]) {
    test(`of many ${JSON.stringify(unit)} is read to its end`, { timeout: 30_000 }, () => {
      const text = `${unit.repeat(megabyte / unit.length)}\nError: 35206, Severity: 16, State: 1.`;
      assert.equal(linkErrorNumbers(text).at(-1), 35206);
    });
  }
});
