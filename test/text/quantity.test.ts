import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bytesText,
  clockText,
  countText,
  daysLeftText,
  durationText,
  isoTime,
  timeText,
} from '../../src/text/quantity.ts';

const day = 86_400;
const noon = Date.UTC(2026, 10, 21, 12) / 1000;

const cases: readonly (readonly [string, string])[] = [
  [bytesText(0), '0 B'],
  [bytesText(1023), '1023 B'],
  [bytesText(1024), '1.0 KiB'],
  [bytesText(9.99 * 1024), '10.0 KiB'],
  [bytesText(40 * 1024), '40 KiB'],
  [bytesText(1023.96 * 1024), '1.0 MiB'],
  [bytesText(5e18), '4441 PiB'],
  [durationText(0), '0 s'],
  [durationText(-3), '0 s'],
  [durationText(59.9), '59 s'],
  [durationText(61), '1 min 1 s'],
  [durationText(120), '2 min'],
  [durationText(700), '11 min'],
  [durationText(3600 * 2 + 14 * 60), '2 h 14 min'],
  [durationText(day + 3600), '1 d 1 h'],
  [durationText(12 * day), '12 d'],
  [daysLeftText(185.9 * day), '185 days'],
  [daysLeftText(day), '1 day'],
  [daysLeftText(10), 'less than a day'],
  [daysLeftText(0), 'expired today'],
  [daysLeftText(-3.5 * day), 'expired 3 days ago'],
  [String(isoTime(noon)), '2026-11-21T12:00:00Z'],
  [String(isoTime(noon + 0.25)), '2026-11-21T12:00:00.250Z'],
  [String(isoTime(null)), 'null'],
  [String(isoTime(1e15)), 'null'],
  [timeText(noon + 0.9), '2026-11-21 12:00:00 UTC'],
  [timeText(1e15), 'at a time that is out of range'],
  [clockText(noon + 60, noon), '12:01 UTC'],
  [clockText(noon + day, noon), '2026-11-22 12:00 UTC'],
  [countText(1, 'link'), '1 link'],
  [countText(0, 'link'), '0 links'],
];

for (const [text, expected] of cases) test(`shows ${expected}`, () => assert.equal(text, expected));
