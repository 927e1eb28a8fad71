import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/poll/time/clock.ts';
import { dueAfter, dueFirst, untilDue } from '../../src/poll/time/due.ts';
import { createPace } from '../../src/poll/time/pace.ts';

/** Waits that nothing but a signal ends within this test. */
const hourSeconds = 3600;

function world(intervalSeconds: number) {
  const pace = createPace(intervalSeconds);
  const stop = new AbortController();
  let now = 100;
  const options = { clock: { ...systemClock, monotonicSeconds: () => now }, pace, stop: stop.signal };
  return { pace, stop, options, move: (seconds: number) => (now += seconds) };
}

const polled = { dueSeconds: 100, consecutiveFailures: 0, refusals: null, random: 0, askedSeconds: null };

test('a shorter interval ends the wait for the longer one, and keeps the place among the others', async () => {
  const { pace, options, move } = world(hourSeconds);
  const waiting = untilDue(dueAfter(polled, options), options);
  move(7);
  pace.change(2);
  // Due were 102, 104 and 106: the next one is 108, not 107.
  move(1);
  assert.equal(await waiting, 108);
});

test('a longer interval puts off what is due', async () => {
  const { pace, options, stop } = world(1);
  const dues: number[] = [];
  const due = dueAfter(polled, options);
  assert.equal(due.dueSeconds, 101);
  const waiting = untilDue(due, { ...options, clock: { monotonicSeconds: () => dues.push(0) && 100 } });
  pace.change(hourSeconds);
  await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  assert.equal(await waiting, null);
  assert.equal(dueAfter(polled, options).dueSeconds, 100 + hourSeconds);
});

test('a change between a poll and the wait after it counts too', async () => {
  const { pace, options, move } = world(hourSeconds);
  const due = dueAfter(polled, options);
  pace.change(1);
  move(1);
  assert.equal(await untilDue(due, options), 101);
});

test('no interval puts off a first poll', async () => {
  const { pace, options } = world(hourSeconds);
  const waiting = untilDue(dueFirst(0.02, options), options);
  pace.change(2 * hourSeconds);
  assert.equal(await waiting, 100.02);
});

test('the same interval again wakes nobody', () => {
  const pace = createPace(15);
  const signal = pace.changed();
  pace.change(15);
  assert.equal(signal.aborted, false);
  assert.equal(pace.changed(), signal);
  pace.change(16);
  assert.equal(signal.aborted, true);
  assert.equal(pace.intervalSeconds(), 16);
});
