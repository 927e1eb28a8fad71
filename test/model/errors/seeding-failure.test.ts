import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSeedingFailure } from '../../../src/model/seeding.ts';
import { fc } from '../../fuzz/property.ts';

test('the documented states 0 to 25 have texts of their own', () => {
  const texts = Array.from({ length: 26 }, (_, state) => describeSeedingFailure(state).text);
  assert.equal(new Set(texts).size, 26);
  for (const text of texts) {
    assert.match(text, /^[A-Z][ -~]+\.$/);
    assert.doesNotMatch(text, /nothing is known/);
  }
});

const cases: readonly (readonly [number, 'source' | 'target' | null, RegExp])[] = [
  [0, null, /internal error/],
  [1, null, /cancelled by a user/],
  [2, null, /SQL error/],
  [6, null, /transport between/],
  [23, null, /already exists/],
  [100, 'source', /internal error/],
  [106, 'source', /transport between/],
  [121, 'source', /did not come in time/],
  [200, 'target', /internal error/],
  [223, 'target', /already exists/],
  [225, 'target', /stream to restore from/],
  [26, null, /state 26, of which nothing/],
  [99, null, /state 99, of which nothing/],
  [126, 'source', /state 126, of which nothing/],
  [299, 'target', /state 299, of which nothing/],
  [305, null, /state 305, of which nothing/],
  [1006, null, /state 1006, of which nothing/],
  [-5, null, /state -5, of which nothing/],
];

for (const [state, where, text] of cases) {
  test(`state ${state} is ${where ?? 'at no known end'}, ${text.source}`, () => {
    const failure = describeSeedingFailure(state);
    assert.equal(failure.where, where);
    assert.match(failure.text, text);
  });
}

test('a number with a leading 1 or 2 says the same as without, and where', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 25 }), (state) => {
      const { text } = describeSeedingFailure(state);
      assert.deepEqual(describeSeedingFailure(100 + state), { where: 'source', text });
      assert.deepEqual(describeSeedingFailure(200 + state), { where: 'target', text });
    }),
  );
});

test('every number has a sentence', () => {
  fc.assert(
    fc.property(fc.integer(), (state) => {
      assert.match(describeSeedingFailure(state).text, /^[A-Z].*\.$/);
    }),
  );
});
