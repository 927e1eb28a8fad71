import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeError } from '../../../src/model/errors/catalogue.ts';
import { isLinkErrorNumber, linkErrorRange, notLinkErrors } from '../../../src/model/errors/ranges.ts';
import { fc } from '../../fuzz/property.ts';

test('neighbours of the link errors that are about something else are none', () => {
  for (const number of [41953, 41966, 41967, 41975, 41978, 41989, 41990]) {
    assert.equal(isLinkErrorNumber(number), false, `${number}`);
    assert.equal(describeError(number), null, `${number}`);
    assert.ok(notLinkErrors.has(number), `${number}`);
  }
});

test('a number of the range that nobody has described yet is taken for a link error', () => {
  for (const number of [41971, 41972, 41979, 41985, 41987, 41999]) {
    assert.equal(isLinkErrorNumber(number), true, `${number}`);
  }
});

test('the documented ones are link errors wherever they are, SQL Server in general is not', () => {
  for (const number of [41962, 41973, 41986, 47521, 42033, 41429]) {
    assert.equal(isLinkErrorNumber(number), true, `${number}`);
  }
  for (const number of [976, 1412, 9002, 35206, 28047, 41946, 42000, 41962.5, Number.NaN]) {
    assert.equal(isLinkErrorNumber(number), false, `${number}`);
  }
});

test('outside of the range only the catalogue decides', () => {
  fc.assert(
    fc.property(fc.integer(), (number) => {
      fc.pre(number < linkErrorRange.first || number > linkErrorRange.last);
      assert.equal(isLinkErrorNumber(number), describeError(number)?.isLinkError ?? false);
    }),
  );
});
