import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../fuzz/random.ts';
import { growthOf } from './growth.ts';

const memory = { share: 0.05, least: 8 };
const minutes = (value: (minute: number) => number, count = 60): number[] =>
  Array.from({ length: count }, (_, minute) => value(minute));

test('a leak of a megabyte in two minutes is told, however much the minutes differ', () => {
  const random = randomFrom(7);
  const leaking = minutes((minute) => 100 + minute / 2 + random.below(12));
  const { grows, growth } = growthOf(leaking, memory);
  assert.equal(grows, true);
  assert.ok(growth < 20, String(growth));
});

for (const [what, values] of [
  ['what stays the same', minutes(() => 100)],
  ['what goes up and down', minutes((minute) => 100 + 30 * (minute % 3))],
  ['what grew at the beginning', minutes((minute) => Math.min(200, 50 + 10 * minute))],
  ['one minute that stands out', minutes((minute) => (minute === 59 ? 1000 : 100))],
  ['what falls', minutes((minute) => 200 - minute)],
  ['less than what counts', minutes((minute) => 100 + minute / 10)],
  ['a saw: up for ten minutes, then collected', minutes((minute) => 100 + 5 * (minute % 10))],
] as const) {
  test(`no growth: ${what}`, () => assert.equal(growthOf(values, memory).grows, false));
}

test('a few minutes tell nothing, and none neither', () => {
  for (const count of [0, 1, 3, 10])
    assert.equal(
      growthOf(
        minutes((minute) => minute, count),
        memory,
      ).grows,
      null,
    );
  assert.equal(
    growthOf(
      minutes((minute) => 20 * minute, 11),
      memory,
    ).grows,
    true,
  );
});
