import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewedLimit } from '../../src/sql/renewed-limit.ts';

interface Watched {
  readonly limits: readonly AbortController[];
  readonly renewed: ReturnType<typeof renewedLimit>;
}

function watched(): Watched {
  const limits: AbortController[] = [];
  const renewed = renewedLimit(() => {
    const limit = new AbortController();
    limits.push(limit);
    return limit.signal;
  });
  return { limits, renewed };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test('it aborts when the limit that began last does, for its reason', async () => {
  const { limits, renewed } = watched();
  renewed.renew();
  await nextTurn();
  limits[0]?.abort();
  assert.equal(renewed.signal.aborted, false);
  const late = new Error('late');
  limits[1]?.abort(late);
  assert.equal(renewed.signal.reason, late);
});

test('answers that come together renew it once', async () => {
  const { limits, renewed } = watched();
  for (let answer = 0; answer < 14; answer += 1) renewed.renew();
  await nextTurn();
  assert.equal(limits.length, 2);
  renewed.renew();
  await nextTurn();
  assert.equal(limits.length, 3);
});

test('after its end no limit counts, and none is asked for', async () => {
  const { limits, renewed } = watched();
  renewed.renew();
  renewed.end();
  await nextTurn();
  limits[0]?.abort();
  assert.equal(limits.length, 1);
  assert.equal(renewed.signal.aborted, false);
});
