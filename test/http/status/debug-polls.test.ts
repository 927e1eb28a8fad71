import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDebugPolls } from '../../../src/http/status/debug-polls.ts';

test('a poll that takes long is left to end in its time, and no other is asked for until then', async () => {
  const { promise, resolve } = Promise.withResolvers<null>();
  const poll = createDebugPolls({ pollNow: () => promise, patienceSeconds: 0 });
  assert.deepEqual(await poll('one'), { kind: 'under_way' });
  assert.deepEqual(await poll('other'), { kind: 'refused', why: 'busy', retryAfterSeconds: 10 });
  resolve(null);
  await promise;
  assert.equal((await poll('other')).kind === 'refused', false);
});

test('each server rests for ten seconds, whatever happens to the others', async () => {
  let now = 100;
  const polled: string[] = [];
  const poll = createDebugPolls({
    pollNow: async (server) => {
      polled.push(server);
    },
    monotonicSeconds: () => now,
  });
  const kinds: string[] = [];
  for (const [seconds, server] of [
    [100, 'a'],
    [101, 'b'],
    [109.9, 'a'],
    [110, 'a'],
    [111, 'b'],
  ] as const) {
    now = seconds;
    const result = await poll(server);
    kinds.push(result.kind === 'refused' ? `${result.why} ${result.retryAfterSeconds}` : result.kind);
  }
  assert.deepEqual(kinds, ['ended', 'ended', 'too_soon 1', 'ended', 'ended']);
  assert.deepEqual(polled, ['a', 'b', 'a', 'b']);
});
