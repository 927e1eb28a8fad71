import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeError } from '../../../src/model/errors/catalogue.ts';
import {
  isLinkErrorNumber,
  isLoggedForLink,
  leftOutSubject,
  numberRanges,
  numbersWithin,
  unlistedWithin,
} from '../../../src/model/errors/ranges.ts';

test('what is left out lies in its range, in order, and none of it is in the catalogue', () => {
  for (const range of numberRanges) {
    let before = range.first - 1;
    for (const { first, last } of range.leftOut) {
      assert.ok(first > before && last >= first && last <= range.last, `${first} to ${last}`);
      before = last;
      for (let number = first; number <= last; number += 1) assert.equal(describeError(number), null, `${number}`);
    }
  }
});

test('each number of a range is here, left out for a reason, or in no list', () => {
  for (const range of numberRanges) {
    const unlisted = unlistedWithin(range).reduce((sum, [first, last]) => sum + last - first + 1, 0);
    const left = range.leftOut.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    assert.equal(numbersWithin(range).length + unlisted + left, range.last - range.first + 1);
  }
});

test('the numbers of which no text is known are said to be in no list', () => {
  const [, , forties] = numberRanges;
  assert.ok(forties);
  const unlisted = unlistedWithin(forties);
  assert.ok(unlisted.some(([first, last]) => first === 41971 && last === 41972));
  assert.equal(leftOutSubject(41971), null);
  assert.equal(leftOutSubject(41302), 'memory-optimized tables');
});

test('what is left out of the range of the link is not counted as an error of a link', () => {
  for (const number of [41953, 41966, 41967, 41975, 41978, 41989, 41990]) {
    assert.notEqual(leftOutSubject(number), null, `${number}`);
    assert.equal(isLinkErrorNumber(number), false, `${number}`);
  }
});

test('an entry of the error log that may be about anything is not counted', () => {
  for (const number of [946, 5133, 7862, 15281, 22022, 41922, 41938]) assert.equal(isLoggedForLink(number), false);
  for (const number of [1412, 35206, 41987, 47514]) assert.equal(isLoggedForLink(number), true);
  assert.equal(isLoggedForLink(18456), false);
});
