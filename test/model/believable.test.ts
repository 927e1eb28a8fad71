import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  amount,
  believableAttempt,
  believableCopy,
  believableReplica,
  believableTransfer,
  expectedInstant,
  pastInstant,
} from '../../src/model/believable.ts';
import type { PhysicalSeeding } from '../../src/model/seeding.ts';
import { fc } from '../fuzz/property.ts';
import { databaseState } from '../link/database-rows.ts';
import { now, physicalSeeding, replicaState, seedingAttempt } from '../link/server-state.ts';

const year1900 = Date.UTC(1900, 0, 1) / 1000;
const year1753 = Date.UTC(1753, 0, 1) / 1000;
const year1970 = 0;
const year9999 = Date.UTC(9999, 11, 31) / 1000;
const day = 86_400;

describe('values', () => {
  const amounts: readonly (readonly [number | null, number | null])[] = [
    [0, 0],
    [12.5, 12.5],
    [-1, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [null, null],
  ];
  for (const [value, expected] of amounts) {
    test(`amount ${value}: ${expected}`, () => assert.equal(amount(value), expected));
  }
  const past: readonly (readonly [number | null, boolean])[] = [
    [now, true],
    [now - 3650 * day, true],
    [now + 7200, true],
    [now + 2 * day, false],
    [year1753, false],
    [year1900, false],
    [year1970, false],
    [year9999, false],
    [Number.NaN, false],
    [null, false],
  ];
  for (const [value, isTold] of past) {
    test(`past instant ${value}: ${isTold}`, () => assert.equal(pastInstant(value, now), isTold ? value : null));
  }
  test('an end that is expected may lie ahead, but not for ever', () => {
    const ends = [now - 60, now + 30 * day, now + 367 * day, year1900, year9999];
    assert.deepEqual(
      ends.map((end) => expectedInstant(end, now)),
      [now - 60, now + 30 * day, null, null, null],
    );
  });
});

describe('transfers', () => {
  const sized = { transferredBytes: 10, databaseSizeBytes: 100, estimatedCompletionTimestampSeconds: now + 60 };
  const cases: readonly (readonly [string, Partial<PhysicalSeeding>, Partial<PhysicalSeeding>])[] = [
    ['as it is', {}, sized],
    ['the year 1900', { estimatedCompletionTimestampSeconds: year1900 }, { estimatedCompletionTimestampSeconds: null }],
    ['the year 9999', { estimatedCompletionTimestampSeconds: year9999 }, { estimatedCompletionTimestampSeconds: null }],
    [
      'an end before the start',
      { startTimestampSeconds: now - 60, estimatedCompletionTimestampSeconds: now - 120 },
      { estimatedCompletionTimestampSeconds: null },
    ],
    ['no size', { databaseSizeBytes: null }, { transferredBytes: 10, estimatedCompletionTimestampSeconds: null }],
    ['a size of 0', { databaseSizeBytes: 0 }, { databaseSizeBytes: null, estimatedCompletionTimestampSeconds: null }],
    [
      'more than there is',
      { transferredBytes: 101 },
      { transferredBytes: null, databaseSizeBytes: null, estimatedCompletionTimestampSeconds: null },
    ],
    ['less than nothing', { transferredBytes: -1 }, { transferredBytes: null, databaseSizeBytes: 100 }],
    ['a negative rate', { transferRateBytesPerSecond: -5 }, { transferRateBytesPerSecond: null }],
    [
      'negative waits',
      { diskIoWaitSeconds: -1, networkWaitSeconds: -1 },
      { diskIoWaitSeconds: null, networkWaitSeconds: null },
    ],
    ['a start in 1900', { startTimestampSeconds: year1900 }, { startTimestampSeconds: null }],
  ];
  for (const [name, row, expected] of cases) {
    test(name, () => {
      const believed = believableTransfer(physicalSeeding({ ...sized, ...row }), now);
      assert.deepEqual({ ...believed, ...expected }, believed);
    });
  }
});

test('other rows', () => {
  const bad = { lastCommitTimestampSeconds: year1900, redoQueueBytes: -1024, secondaryLagSeconds: -3 };
  const copy = believableCopy(databaseState(bad), now);
  assert.deepEqual(
    [copy.lastCommitTimestampSeconds, copy.redoQueueBytes, copy.secondaryLagSeconds, copy.lastHardenedTimestampSeconds],
    [null, null, null, now - 1],
  );
  const replica = believableReplica(replicaState({ lastConnectErrorTimestampSeconds: year1900 }), now);
  assert.equal(replica.lastConnectErrorTimestampSeconds, null);
  const attempt = believableAttempt(seedingAttempt({ startTimestampSeconds: year1900, numberOfAttempts: -1 }), now);
  assert.deepEqual([attempt.startTimestampSeconds, attempt.numberOfAttempts], [null, null]);
});

test('a row of which all can be true stays the same object', () => {
  const rows = [databaseState(), physicalSeeding(), seedingAttempt(), replicaState()] as const;
  assert.ok(Object.is(believableCopy(rows[0], now), rows[0]));
  assert.ok(Object.is(believableTransfer(rows[1], now), rows[1]));
  assert.ok(Object.is(believableAttempt(rows[2], now), rows[2]));
  assert.ok(Object.is(believableReplica(rows[3], now), rows[3]));
});

test('what is believed of a transfer never contradicts itself, and believing it again changes nothing', () => {
  const figure = fc.option(fc.oneof(fc.integer(), fc.double(), fc.constantFrom(year1900, now, now + 60, year9999)));
  const rows = fc.record({
    transferredBytes: figure,
    databaseSizeBytes: figure,
    transferRateBytesPerSecond: figure,
    startTimestampSeconds: figure,
    estimatedCompletionTimestampSeconds: figure,
  });
  fc.assert(
    fc.property(rows, (row) => {
      const once = believableTransfer(physicalSeeding(row), now);
      const { transferredBytes: sent, databaseSizeBytes: size, startTimestampSeconds: start } = once;
      assert.ok(sent === null || size === null || (sent >= 0 && sent <= size));
      assert.ok(start === null || (start > year1970 && start <= now + day));
      assert.equal(believableTransfer(once, now), once);
    }),
  );
});
