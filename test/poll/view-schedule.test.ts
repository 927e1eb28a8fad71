import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ViewReading } from '../../src/model/snapshot.ts';
import { isDue, type KeptView, restAfter, viewPlans } from '../../src/poll/reading/view-schedule.ts';
import { fc } from '../fuzz/property.ts';

const read: ViewReading = { durationSeconds: 0.1, failure: null, readTimestampSeconds: 1 };
const late: ViewReading = {
  durationSeconds: 5,
  failure: { reason: 'timeout', message: 'late', errorNumber: null },
  readTimestampSeconds: null,
};

const everyPoll = { intervalSeconds: null, timeoutSeconds: null };

function keptAt(triedAtSeconds: number, reading: ViewReading, cost = 0): KeptView {
  return { rows: [], reading, triedAtSeconds, restSeconds: restAfter(reading, everyPoll, cost) };
}

const cases: readonly (readonly [string, KeptView | undefined, number | null, number, boolean])[] = [
  ['never read', undefined, 3600, 0, true],
  ['read in every poll', keptAt(100, read), null, 100.1, true],
  ['an interval that is not over', keptAt(100, read), 60, 145, false],
  ['an interval that is over', keptAt(100, read), 60, 160, true],
  ['a poll that comes a moment early', keptAt(100, read), 60, 159, true],
  ['late once: left alone for ten times as long', keptAt(100, late), null, 149, false],
  ['late once, and the rest is over', keptAt(100, late), null, 150, true],
  ['late, on a connection that did not live: no rest', keptAt(100, late, 1), 600, 101, true],
  ['the end of two connections in a row', keptAt(100, read, 2), null, 399, false],
  ['the end of two connections, and the rest is over', keptAt(100, read, 2), null, 400, true],
  ['late, with an interval that is longer than the rest', keptAt(100, late), 600, 151, false],
];

for (const [name, kept, intervalSeconds, now, expected] of cases) {
  test(`${name}: ${expected ? 'due' : 'not due'}`, () => {
    assert.equal(isDue(kept, { intervalSeconds, timeoutSeconds: null }, now), expected);
  });
}

for (const [reason, refusalRestSeconds, now, expected] of [
  ['permission', 3600, 3699, false],
  ['permission', 3600, 3700, true],
  ['missing_object', 3600, 101, false],
  ['query', 3600, 101, true],
  ['permission', undefined, 101, true],
] as const) {
  test(`refused for ${reason} with a rest of ${refusalRestSeconds} s: ${expected ? 'due' : 'not due'} at ${now}`, () => {
    const refused = { ...late, failure: { reason, message: 'no', errorNumber: null } };
    const plan = refusalRestSeconds === undefined ? everyPoll : { ...everyPoll, refusalRestSeconds };
    const kept = { ...keptAt(100, refused), restSeconds: restAfter(refused, plan, 0) };
    assert.equal(isDue(kept, plan, now), expected);
  });
}

test('a view that was due stays due until it is read', () => {
  const seconds = fc.integer({ min: 0, max: 100_000 });
  fc.assert(
    fc.property(
      seconds,
      seconds,
      fc.option(seconds),
      fc.constantFrom(read, late),
      (now, more, intervalSeconds, reading) => {
        const plan = { intervalSeconds, timeoutSeconds: null };
        if (isDue(keptAt(0, reading), plan, now)) assert.ok(isDue(keptAt(0, reading), plan, now + more));
      },
    ),
  );
});

describe('plans', () => {
  const plans = viewPlans({
    pollTimeoutSeconds: 10,
    views: { certificates: { intervalSeconds: 3600, timeoutSeconds: null } },
  });

  test('only the states of databases have a limit of their own when nothing is configured', () => {
    assert.deepEqual(plans('database_replica_states'), { intervalSeconds: null, timeoutSeconds: 10 });
    assert.deepEqual(plans('availability_replica_states'), { intervalSeconds: null, timeoutSeconds: null });
  });

  test('what is configured holds', () => {
    assert.deepEqual(plans('certificates'), { intervalSeconds: 3600, timeoutSeconds: null });
    const given = viewPlans({
      pollTimeoutSeconds: 10,
      views: { database_replica_states: { intervalSeconds: null, timeoutSeconds: 90 } },
    });
    assert.deepEqual(given('database_replica_states'), { intervalSeconds: null, timeoutSeconds: 90 });
  });
});
