import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type LogHistory, nextLogHistory } from '../../src/model/history.ts';
import { fc } from '../fuzz/property.ts';

const megabyte = 1_000_000;

/** Readings every 15 s, unless told otherwise, of a log that has so many megabytes used after so many readings. */
function after(count: number, usedAt: (reading: number) => number, everySeconds = 15): LogHistory {
  let history: LogHistory | undefined;
  for (let reading = 0; reading < count; reading += 1) {
    const sample = { timestampSeconds: 1_793_534_400 + reading * everySeconds, usedBytes: usedAt(reading) * megabyte };
    history = nextLogHistory(history, sample);
  }
  return history ?? { samples: [], growthBytesPerSecond: null, waitsForBackupSinceSeconds: null };
}

describe('growth', () => {
  const steady = (reading: number): number => 1000 + 15 * reading;
  const cases: readonly (readonly [string, LogHistory, number | null])[] = [
    ['one reading', after(1, steady), null],
    ['a minute and a half', after(7, steady), null],
    ['three minutes at 1 MB/s', after(13, steady), megabyte],
    ['an hour at 1 MB/s', after(241, steady), megabyte],
    ['readings of every minute', after(31, (reading) => 1000 + 60 * reading, 60), megabyte],
    ['it stands still', after(100, () => 1000), null],
    ['it shrinks by little', after(100, (reading) => 1000 - reading / 1000), null],
    [
      'a burst that is over: flat for the second half',
      after(121, (reading) => 1000 + 15 * Math.min(reading, 30)),
      null,
    ],
    ['one reading that is far too high', after(100, (reading) => steady(reading) + (reading === 60 ? 1 : 0)), megabyte],
    ['truncated a moment ago', after(100, (reading) => (reading < 97 ? steady(reading) : 20 + reading)), null],
    ['truncated five minutes ago', after(100, (reading) => (reading < 80 ? 5000 : 15 * reading)), megabyte],
  ];
  for (const [name, { growthBytesPerSecond }, expected] of cases) {
    test(`${name}: ${expected}`, () => {
      if (expected === null) assert.equal(growthBytesPerSecond, null);
      else assert.ok(Math.abs((growthBytesPerSecond ?? 0) - expected) < expected / 1000, String(growthBytesPerSecond));
    });
  }
});

test('the same reading again changes nothing', () => {
  const history = after(20, (reading) => 1000 + reading);
  const last = history.samples.at(-1);
  assert.ok(last !== undefined && nextLogHistory(history, last) === history);
});

test('whatever is read: few samples, in order, of half an hour at most, and a growth only above 0', () => {
  const readings = fc.array(fc.record({ seconds: fc.integer({ min: 1, max: 900 }), used: fc.nat() }), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(readings, (all) => {
      let timestampSeconds = 0;
      let history: LogHistory | undefined;
      for (const { seconds, used } of all) {
        timestampSeconds += seconds;
        history = nextLogHistory(history, { timestampSeconds, usedBytes: used });
        const times = history.samples.map((sample) => sample.timestampSeconds);
        assert.ok(times.length <= 23, String(times.length));
        assert.deepEqual(
          times,
          times.toSorted((one, other) => one - other),
        );
        assert.ok(timestampSeconds - (times[0] ?? 0) <= 1800);
        assert.ok(history.growthBytesPerSecond === null || history.growthBytesPerSecond > 0);
      }
    }),
    { numRuns: 200 },
  );
});

test('a log waits for its backup since it was first seen to, until something is freed or it waits for something else', () => {
  const at = (minute: number, usedBytes: number, reuseWait: string, before?: LogHistory): LogHistory =>
    nextLogHistory(before, { timestampSeconds: minute * 60, usedBytes }, reuseWait);
  const first = at(1, 1000, 'LOG_BACKUP');
  const later = at(90, 1500, 'LOG_BACKUP', first);
  assert.deepEqual([first.waitsForBackupSinceSeconds, later.waitsForBackupSinceSeconds], [60, 60]);
  assert.equal(at(91, 400, 'LOG_BACKUP', later).waitsForBackupSinceSeconds, null);
  assert.equal(at(91, 1500, 'AVAILABILITY_REPLICA', later).waitsForBackupSinceSeconds, null);
});
