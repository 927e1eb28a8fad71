import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLags } from '../../src/poll/time/loop-watch.ts';
import { fc, fuzzRuns } from '../fuzz/property.ts';

test('nothing was measured yet', () => {
  assert.equal(createLags(3).lag(), null);
});

test('whatever comes, they are those of the latest ones, as if these were sorted for it', () => {
  const anyTimes = fc.array(fc.oneof(fc.constantFrom(0, 0.001, 0.5), fc.double({ min: 0, max: 1e6, noNaN: true })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), anyTimes, (most, times) => {
      const lags = createLags(most);
      for (const [index, seconds] of times.entries()) {
        lags.add(seconds);
        const latest = times.slice(0, index + 1).slice(-most);
        const sorted = latest.toSorted((one, other) => one - other);
        const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
        const expected = { last: seconds, maximum: at(1), p50: at(0.5), p90: at(0.9), p99: at(0.99) };
        assert.deepEqual(lags.lag(), expected);
      }
    }),
    { numRuns: fuzzRuns(300) },
  );
});
