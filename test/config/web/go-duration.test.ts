import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGoDuration } from '../../../src/config/web/formats.ts';

const durations: Readonly<Record<string, number | null>> = {
  '0': 0,
  '0s': 0,
  '1s': 1,
  '1.5s': 1.5,
  '.5s': 0.5,
  '100ms': 0.1,
  '250us': 0.000_25,
  '1h30m': 5400,
  '1m1s': 61,
  '': null,
  '5': null,
  s: null,
  '1d': null,
  '1 s': null,
  '-1s': null,
  '1s!': null,
};

for (const [text, seconds] of Object.entries(durations)) {
  test(`"${text}"`, () => {
    const parsed = parseGoDuration(text);
    if (seconds === null || parsed === null) assert.equal(parsed, seconds);
    else assert.ok(Math.abs(parsed - seconds) < 1e-12);
  });
}
