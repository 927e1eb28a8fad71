import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRateLimiter } from '../../src/http/web-guard.ts';
import { fc } from '../fuzz/property.ts';

test('a burst at once, then one after each interval, and never more than a burst is saved up', () => {
  let now = 100;
  const mayPass = createRateLimiter({ intervalSeconds: 2, burst: 3 }, () => now);
  const passed = (count: number): number => Array.from({ length: count }, mayPass).filter(Boolean).length;
  assert.equal(passed(10), 3);
  now += 1.9;
  assert.equal(passed(10), 0);
  now += 0.2;
  assert.equal(passed(10), 1);
  now += 1000;
  assert.equal(passed(10), 3);
});

test('in no stretch of time more pass than the burst and what the intervals gave', () => {
  const limits = fc.record({
    intervalSeconds: fc.integer({ min: 1, max: 10 }),
    burst: fc.integer({ min: 1, max: 10 }),
  });
  fc.assert(
    fc.property(limits, fc.array(fc.integer({ min: 0, max: 5 })), (limit, waits) => {
      let now = 0;
      const mayPass = createRateLimiter(limit, () => now);
      let passed = 0;
      for (const wait of waits) {
        now += wait;
        if (mayPass()) passed += 1;
      }
      assert.ok(passed <= limit.burst + now / limit.intervalSeconds + 1e-6);
    }),
  );
});
