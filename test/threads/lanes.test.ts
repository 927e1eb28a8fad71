import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLanes, StuckError } from '../../src/threads/lanes.ts';

/** Work that ends when the test says so, and what has begun. */
function controlled() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => async () => {
    begun.push(name);
    const { promise, resolve } = Promise.withResolvers<void>();
    ends.set(name, resolve);
    await promise;
    return name;
  };
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}

const long = 60_000;

test('of one key one at a time, in order; of others as many as there are places', async () => {
  const inLane = createLanes({ places: 2, limitMilliseconds: long });
  const { begun, work, end } = controlled();
  const all = ['a1', 'a2', 'b1', 'c1'].map((name) => inLane(name.charAt(0), work(name)));
  assert.deepEqual(begun, ['a1', 'b1']);
  end('b1');
  assert.equal(await all[2], 'b1');
  assert.deepEqual(begun, ['a1', 'b1', 'c1']);
  end('a1');
  assert.equal(await all[0], 'a1');
  assert.deepEqual(begun, ['a1', 'b1', 'c1', 'a2']);
  for (const name of ['a2', 'c1']) end(name);
  assert.deepEqual(await Promise.all(all), ['a1', 'a2', 'b1', 'c1']);
});

test('work that fails leaves its place', async () => {
  const inLane = createLanes({ places: 1, limitMilliseconds: long });
  await assert.rejects(
    inLane('a', () => Promise.reject(new Error('no'))),
    { message: 'no' },
  );
  assert.equal(await inLane('a', async () => 1), 1);
});

test('what gets no answer is given up, is refused at once from then on, and costs one place', async () => {
  const inLane = createLanes({ places: 2, limitMilliseconds: 20 });
  const { begun, work, end } = controlled();
  const first = inLane('stuck', work('s1'));
  const second = inLane('stuck', work('s2'));
  await assert.rejects(first, StuckError);
  await assert.rejects(second, StuckError);
  await assert.rejects(inLane('stuck', work('s3')), StuckError);
  assert.deepEqual(begun, ['s1']);
  assert.equal(await inLane('other', async () => 'good'), 'good');
  end('s1');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await inLane('stuck', async () => 'back'), 'back');
});

test('when all places are stuck, all else is refused at once instead of waiting', async () => {
  const inLane = createLanes({ places: 1, limitMilliseconds: 20 });
  const { work, end } = controlled();
  await assert.rejects(inLane('stuck', work('s1')), StuckError);
  await assert.rejects(
    inLane('other', async () => 1),
    StuckError,
  );
  end('s1');
});
