import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimatedRecoverySeconds } from '../../src/link/database-figures.ts';
import { databaseState } from './database-rows.ts';

const cases: readonly (readonly [number | null, number | null, number | null])[] = [
  [10_240, 1024, 10],
  [0, 1024, 0],
  [10_240, 0, null],
  [0, 0, null],
  [null, 1024, null],
  [10_240, null, null],
];

for (const [redoQueueBytes, redoRateBytesPerSecond, seconds] of cases) {
  test(`a queue of ${redoQueueBytes} bytes at ${redoRateBytesPerSecond} bytes per second: ${seconds} s`, () => {
    assert.equal(estimatedRecoverySeconds(databaseState({ redoQueueBytes, redoRateBytesPerSecond })), seconds);
  });
}
