import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldText, sinceText } from '../../src/words/state.ts';

const now = Date.UTC(2026, 10, 29, 3, 17) / 1000;

test('since when is told as exactly as it is known', () => {
  const watched = { notBeforeSeconds: now - 315, bySeconds: now - 300 };
  assert.equal(heldText(watched, now), 'for 5 min: it became so between 2026-11-29 03:11:45 and 03:12:00 UTC');
  assert.equal(sinceText(watched, now), 'since 03:12 UTC');
});

test('of what was so at the first look only the least is known', () => {
  const found = { notBeforeSeconds: null, bySeconds: now - 300 };
  assert.equal(heldText(found, now), 'for 5 min at least: it was so when the exporter first looked');
  assert.equal(sinceText(found, now), 'since 03:12 UTC or before');
});
