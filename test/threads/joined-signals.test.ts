import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { joinSignals, limitedBy, runningLimit, withinLimit } from '../../src/threads/abort-signals.ts';

const controllers = (): readonly [AbortController, AbortController] => [new AbortController(), new AbortController()];
const held = (...all: readonly AbortController[]): number =>
  all.reduce((sum, { signal }) => sum + getEventListeners(signal, 'abort').length, 0);

test('joined signals abort with the first of them and its reason, and hold nothing then', () => {
  for (const at of [0, 1] as const) {
    const pair = controllers();
    const { signal } = joinSignals(pair.map((each) => each.signal));
    assert.equal(signal.aborted, false);
    pair[at].abort('why');
    pair[1 - at]?.abort('another reason');
    assert.deepEqual([signal.aborted, signal.reason, held(...pair)], [true, 'why', 0]);
  }
});

test('one that has aborted before aborts at once', () => {
  const [one, other] = controllers();
  other.abort('before');
  const { signal } = joinSignals([one.signal, other.signal]);
  assert.deepEqual([signal.reason, held(one)], ['before', 0]);
});

test('who leaves hears nothing more, and a signal that lasts holds nothing of it', () => {
  const [one, other] = controllers();
  for (let time = 0; time < 100; time += 1) joinSignals([one.signal, other.signal]).leave();
  assert.equal(held(one, other), 0);
  const { signal, leave } = joinSignals([one.signal]);
  leave();
  one.abort();
  assert.equal(signal.aborted, false);
});

test('a limit that comes lets go of the signal that lasts', () => {
  const [lasting, limit] = controllers();
  const signal = limitedBy(lasting.signal, limit.signal);
  assert.equal(held(lasting), 1);
  limit.abort(new DOMException('late', 'TimeoutError'));
  assert.deepEqual([signal.reason.name, held(lasting)], ['TimeoutError', 0]);
});

test('after work within a limit nothing of both is left, however it ended', async () => {
  const [lasting, limit] = controllers();
  let stopped = 0;
  runningLimit(limit.signal, () => {
    stopped += 1;
  });
  const work = withinLimit(lasting.signal, limit.signal, async (signal) => {
    limit.abort('late');
    throw signal.reason;
  });
  await assert.rejects(work, (error) => error === 'late');
  assert.deepEqual([stopped, held(lasting, limit)], [1, 0]);
});
