import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { datetimeText } from '../../../src/simulator/world/datetime.ts';
import { blockLsn, recordLsn } from '../../../src/simulator/world/log-sequence-number.ts';

describe('datetime text', () => {
  const cases = [
    { milliseconds: 0, offset: 0, text: '1970-01-01T00:00:00.000' },
    { milliseconds: 1, offset: 0, text: '1970-01-01T00:00:00.000' },
    { milliseconds: 2, offset: 0, text: '1970-01-01T00:00:00.003' },
    { milliseconds: 8, offset: 0, text: '1970-01-01T00:00:00.007' },
    { milliseconds: 999, offset: 0, text: '1970-01-01T00:00:01.000' },
    { milliseconds: 0, offset: 120, text: '1970-01-01T02:00:00.000' },
    { milliseconds: 0, offset: -300, text: '1969-12-31T19:00:00.000' },
    { milliseconds: 0, offset: 345, text: '1970-01-01T05:45:00.000' },
  ];
  for (const { milliseconds, offset, text } of cases) {
    it(`${milliseconds} ms at ${offset} minutes is ${text}`, () => {
      assert.equal(datetimeText(milliseconds, offset), text);
    });
  }
});

describe('log sequence numbers', () => {
  it('have the shape of file, block and slot', () => {
    assert.equal(blockLsn(0), '37000000000000001');
    assert.equal(blockLsn(64 * 1024 * 1024 + 1024), '38000000000200001');
    assert.equal(recordLsn(64 * 1024 * 1024 + 1024), '38000000000100007');
  });

  it('rise with the log, a record staying below the block after it', () => {
    let last = 0n;
    for (let bytes = 0; bytes < 200 * 1024 * 1024; bytes += 7_654_321) {
      const block = BigInt(blockLsn(bytes));
      assert.ok(block > last);
      assert.ok(bytes === 0 || BigInt(recordLsn(bytes)) < block);
      last = block;
    }
  });
});
