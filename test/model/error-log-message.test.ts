import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  loggedMessageNumbers,
  type MessagePattern,
  messagePattern,
  numbersLoggedAsText,
} from '../../src/model/error-log-entry.ts';
import { describeError } from '../../src/model/errors/catalogue.ts';
import { fc } from '../fuzz/property.ts';

/** Made up in the manner of sys.messages. */
const messages: readonly (readonly [number, string])[] = [
  [35206, "No word from replica '%ls' with id [%ls] for too long. The network may be at fault."],
  [35206, "Seit langem nichts von Replikat '%1!' mit der ID [%2!] gehört."],
  [28047, "%S_MSG handshake was refused with: '%.*ls'. %.*ls"],
  [28048, "%S_MSG handshake of the user '%.*ls' was refused with: '%.*ls'. %.*ls"],
  [1480, 'Role of %d: from state %d to state %d now'],
  [9002, 'The log of %d is at %I64d of %08X and 100 % full.'],
];

const patterns: readonly MessagePattern[] = messages
  .map(([number, text]) => messagePattern(number, text))
  .filter((pattern) => pattern !== null);

const entries: readonly (readonly [string, readonly number[]])[] = [
  ["No word from replica 'AG_MI' with id [42] for too long. The network may be at fault.", [35206]],
  ["No word from replica '' with id [] for too long. The network may be at fault. \r\n", [35206]],
  ["Seit langem nichts von Replikat 'AG_MI' mit der ID [42] gehört.", [35206]],
  ["Database Mirroring handshake was refused with: 'State 84.'.  [CLIENT: 10.0.0.4]", [28047]],
  ["Database Mirroring handshake was refused with: 'State 84.'.", [28047]],
  ["Database Mirroring handshake of the user 'x' was refused with: 'State 84.'. [CLIENT: 10.0.0.4]", [28048]],
  ['The log of 7 is at 123 of 0000001F and 100 % full.', [9002]],
  ["It says: No word from replica 'AG_MI' with id [42] for too long. The network may be at fault.", []],
  ["No word from replica 'AG_MI' with id [42] for too long. The network may be at fault. Or not.", []],
  ["mit der ID [42] Seit langem nichts von Replikat 'AG_MI' gehört.", []],
  ['Role of 7: from state 1 to state 2 now', [1480]],
  ['Role of 7 to state 2: from state 1 now', []],
  ['', []],
];

describe('messages that the error log shows as text only', () => {
  for (const [entry, numbers] of entries) {
    test(`${JSON.stringify(entry)} is ${numbers.join() || 'none'}`, () => {
      assert.equal(patterns.length, messages.length);
      assert.deepEqual(loggedMessageNumbers(patterns, entry), numbers);
    });
  }

  test('a text with hardly any words of its own makes no pattern', () => {
    for (const text of ['', '%ls', '%s: %d, %d.', "'%.*ls' %S_MSG.", '%1! %2!']) {
      assert.equal(messagePattern(35206, text), null, text);
    }
  });

  test('a pattern finds its own message with anything in its places', () => {
    const literal = fc.stringMatching(/^[a-z ]{16,30}$/);
    fc.assert(
      fc.property(literal, literal, fc.string(), fc.string(), (before, after, one, other) => {
        const pattern = messagePattern(1480, `${before}%.*ls${after}%d`);
        assert.ok(pattern !== null || `${before}${after}`.trim().length < 15);
        fc.pre(pattern !== null);
        assert.deepEqual(loggedMessageNumbers([pattern], `${before}${one}${after}${other}`), [1480]);
      }),
    );
  });

  test('no text throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, entry) => {
        const pattern = messagePattern(1480, message);
        loggedMessageNumbers(pattern === null ? [] : [pattern], entry);
      }),
    );
  });

  test('the numbers to look for are in the catalogue', () => {
    for (const number of numbersLoggedAsText) {
      assert.notEqual(describeError(number), null, `${number}`);
    }
  });
});
