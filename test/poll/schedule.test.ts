import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure, FailureReason } from '../../src/model/failure-reason.ts';
import { firstPollDelaySeconds, nextPollSeconds, nextRefusals, type Refusals } from '../../src/poll/time/schedule.ts';
import { fc } from '../fuzz/property.ts';

const cases: readonly [string, Parameters<typeof nextPollSeconds>[0], number][] = [
  ['a quick poll: one interval on', timing(100, 101, 0), 115],
  ['a poll as long as the interval', timing(100, 115, 0), 115],
  ['a poll longer than the interval: the next whole one', timing(100, 116, 0), 130],
  ['the first failure: as usual', timing(100, 101, 1), 115],
  ['the second failure: two intervals', timing(100, 101, 2), 130],
  ['the third failure: three intervals', timing(100, 101, 3), 145],
  ['the hundredth failure: still three', timing(100, 101, 100), 145],
];

function timing(dueSeconds: number, endedSeconds: number, consecutiveFailures: number) {
  return { dueSeconds, endedSeconds, intervalSeconds: 15, consecutiveFailures, refusals: null, random: 0 };
}

for (const [name, given, due] of cases) {
  test(`next poll after ${name}`, () => assert.equal(nextPollSeconds(given), due));
}

const anyTiming = fc.record({
  dueSeconds: fc.integer({ min: 0, max: 1e6 }),
  lateSeconds: fc.integer({ min: 0, max: 100 }),
  intervalSeconds: fc.integer({ min: 1, max: 3600 }),
  consecutiveFailures: fc.integer({ min: 0, max: 2000 }),
  refusals: fc.constant(null),
  random: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

test('a poll never starts before the last one ended, nor later than three intervals after it', () => {
  fc.assert(
    fc.property(anyTiming, ({ lateSeconds, ...given }) => {
      const endedSeconds = given.dueSeconds + lateSeconds;
      const next = nextPollSeconds({ ...given, endedSeconds });
      assert.ok(next >= endedSeconds);
      assert.ok(next <= endedSeconds + 3 * given.intervalSeconds);
    }),
  );
});

test('jitter only shortens a backed-off wait, by at most a quarter', () => {
  fc.assert(
    fc.property(anyTiming, ({ lateSeconds: _, ...given }) => {
      const timing = { ...given, consecutiveFailures: given.consecutiveFailures + 2, endedSeconds: given.dueSeconds };
      const longest = nextPollSeconds({ ...timing, random: 0 }) - given.dueSeconds;
      const wait = nextPollSeconds(timing) - given.dueSeconds;
      assert.ok(wait <= longest && wait >= longest * 0.75);
    }),
  );
});

test('first polls are spread, in order, within one interval', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 60 }), (count, intervalSeconds) => {
      const delays = Array.from({ length: count }, (_, index) => firstPollDelaySeconds(index, count, intervalSeconds));
      assert.equal(delays[0], 0);
      assert.ok(delays.every((delay, index) => index === 0 || delay > (delays[index - 1] ?? 0)));
      assert.ok((delays.at(-1) ?? 0) < intervalSeconds);
    }),
  );
});

function failureOf(reason: FailureReason): Failure {
  return { reason, message: 'x', errorNumber: null };
}

/** The waits between attempts that fail alike, in minutes. */
function waitsOf(reason: FailureReason, attempts: number, intervalSeconds = 15): readonly number[] {
  let refusals: Refusals | null = null;
  return Array.from({ length: attempts }, (_, index) => {
    refusals = nextRefusals(refusals, failureOf(reason));
    const timing = { dueSeconds: 0, endedSeconds: 0, intervalSeconds, random: 0 };
    return nextPollSeconds({ ...timing, consecutiveFailures: index + 1, refusals }) / 60;
  });
}

test('a refused login is tried again rarely: three times in half an hour, then once an hour', () => {
  assert.deepEqual(waitsOf('login', 7), [5, 10, 20, 40, 60, 60, 60]);
});

test('a certificate that is not trusted locks no account: a little sooner', () => {
  assert.deepEqual(waitsOf('tls', 8), [1, 2, 4, 8, 16, 32, 60, 60]);
});

test('no rest is shorter than the poll interval', () => assert.deepEqual(waitsOf('tls', 2, 3600), [60, 60]));

test('what time mends is asked for as usual, and ends the count of refusals', () => {
  for (const reason of [
    'dns',
    'refused',
    'unreachable',
    'reset',
    'timeout',
    'unavailable',
    'busy',
    'unknown',
  ] as const) {
    assert.equal(nextRefusals({ reason: 'login', count: 3 }, failureOf(reason)), null, reason);
  }
  assert.equal(nextRefusals({ reason: 'login', count: 3 }, null), null);
  assert.deepEqual(nextRefusals({ reason: 'tls', count: 3 }, failureOf('login')), { reason: 'login', count: 1 });
});
