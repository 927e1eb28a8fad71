import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createScrapeRhythm } from '../../src/metrics/scrape-rhythm.ts';

function rhythmOf(...times: readonly number[]): ReturnType<typeof createScrapeRhythm> {
  const rhythm = createScrapeRhythm();
  for (const time of times) rhythm.note(time);
  return rhythm;
}

test('the next scrape is expected after the same gap, and nobody knows after less than two', () => {
  assert.equal(rhythmOf().expectedInSeconds(0), null);
  assert.equal(rhythmOf(100).expectedInSeconds(101), null);
  assert.equal(rhythmOf(100, 115).expectedInSeconds(120), 10);
  assert.equal(rhythmOf(100, 115, 130).expectedInSeconds(130), 15);
});

test('of two who scrape in turn the shorter gap counts', () => {
  const rhythm = rhythmOf(100, 104, 115, 119, 130);
  assert.equal(rhythm.expectedInSeconds(130), 4);
});

test('a scrape in between is forgotten after a few', () => {
  const rhythm = rhythmOf(100, 115, 116, 130, 145, 160, 175);
  assert.equal(rhythm.expectedInSeconds(175), 14);
  rhythm.note(190);
  assert.equal(rhythm.expectedInSeconds(190), 15);
});

test('one that is late is expected at any moment, and one that does not come is not', () => {
  const rhythm = rhythmOf(100, 115);
  assert.equal(rhythm.expectedInSeconds(131), 0);
  assert.equal(rhythm.expectedInSeconds(146), null);
});
