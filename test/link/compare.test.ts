import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRows, firstRow } from '../../src/link/compare.ts';
import { fc } from '../fuzz/property.ts';

test('rows that differ in the last of 25 digits are told apart', () => {
  const [one, other] = [{ lsn: 10n ** 24n }, { lsn: 10n ** 24n + 1n }];
  assert.notEqual(compareRows(one, other), 0);
  assert.deepEqual(firstRow([one, other]), firstRow([other, one]));
});

test('the order of rows is total, whatever they hold', () => {
  const row = fc.record({ a: fc.option(fc.bigInt()), b: fc.constantFrom(null, true, 'x', 1) });
  fc.assert(
    fc.property(row, row, (one, other) => {
      assert.equal(Math.sign(compareRows(one, other)) + Math.sign(compareRows(other, one)), 0);
    }),
  );
});

test('of no rows there is no first one', () => assert.equal(firstRow([]), null));
