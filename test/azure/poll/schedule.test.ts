import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryAfterSeconds } from '../../../src/azure/failure.ts';
import { firstDelaySeconds, nextReadingSeconds, pauseSeconds, placeOf } from '../../../src/azure/poll/schedule.ts';
import { fc } from '../../fuzz/property.ts';

const ended = { endedSeconds: 1000, intervalSeconds: 60, place: 0.25, reason: null, failures: 0, random: 0 };

test('a reading has its place in the interval, half an interval away at least', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.integer({ min: 5, max: 86_400 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (endedSeconds, intervalSeconds, place) => {
        const due = nextReadingSeconds({ ...ended, endedSeconds, intervalSeconds, place });
        assert.ok(
          due >= endedSeconds + intervalSeconds / 2 - 1e-6 && due <= endedSeconds + intervalSeconds * 1.5 + 1e-6,
        );
        const offset = (due / intervalSeconds - place) % 1;
        assert.ok(Math.min(Math.abs(offset), 1 - Math.abs(offset)) < 1e-6);
      },
    ),
  );
});

test('hundreds of instances are spread over the interval, each always at one place', () => {
  const places = Array.from({ length: 300 }, (_, index) => placeOf(`subscription mi-${index} links`));
  assert.deepEqual(
    places,
    places.map((_, index) => placeOf(`subscription mi-${index} links`)),
  );
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const count = places.filter((place) => Math.floor(place * 10) === tenth).length;
    assert.ok(count >= 15 && count <= 50, `${count} of 300 in tenth ${tenth}`);
  }
});

test('few begin at once, hundreds at five a second, never later than their interval', () => {
  assert.equal(firstDelaySeconds(0.99, 8, 60), 0);
  assert.equal(firstDelaySeconds(0.5, 108, 60), 10);
  assert.equal(firstDelaySeconds(0.5, 5000, 60), 30);
});

const waits = [
  ['unavailable', [5, 10, 20, 40, 80, 160, 180, 180]],
  ['timeout', [5, 10, 20, 40, 80, 160, 180, 180]],
  ['forbidden', [60, 120, 240, 480, 900, 900]],
  ['not_found', [60, 120, 240, 480, 900, 900]],
] as const;

for (const [reason, seconds] of waits) {
  test(`after ${reason} the wait grows, some of it left to chance`, () => {
    const wait = (failures: number, random: number): number =>
      nextReadingSeconds({ ...ended, reason, failures, random }) - ended.endedSeconds;
    assert.deepEqual(
      seconds.map((_, index) => wait(index + 1, 0)),
      seconds,
    );
    assert.deepEqual(
      seconds.map((_, index) => wait(index + 1, 0.8)),
      seconds.map((each) => each * 0.8),
    );
  });
}

test('a pause is never shorter than Azure says, and grows where it says nothing', () => {
  assert.deepEqual(
    [1, 2, 3, 4].map((count) => pauseSeconds(null, count, 0)),
    [2, 4, 8, 16],
  );
  assert.equal(pauseSeconds(17, 1, 0), 17);
  assert.ok(pauseSeconds(900, 5, 0.9) >= 900);
  assert.ok(pauseSeconds(null, 1000, 0.99) <= 1125);
});

const headers: readonly (readonly [string | undefined, number | null])[] = [
  ['17', 17],
  ['372', 372],
  ['999999', 900],
  ['Thu, 01 Jan 1970 00:17:10 GMT', 30],
  ...['0', '-5', '', undefined, 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT'].map((text) => [text, null] as const),
];

for (const [header, seconds] of headers) {
  test(`Retry-After ${header} is ${seconds}`, () => {
    assert.equal(retryAfterSeconds(header, 1000), seconds);
  });
}
