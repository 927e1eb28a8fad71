import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inSteps, type Steps } from '../../src/steps/steps.ts';
import { isTurnOver, nextTurn } from '../../src/steps/turn.ts';
import { countTurns, spin } from './turns.ts';

test('those who wait get a turn of the event loop each, in order', async () => {
  const turns = await countTurns();
  const got = await Promise.all([1, 2, 3].map(() => nextTurn().then(turns.count)));
  turns.end();
  assert.deepEqual(
    got,
    [...new Set(got)].toSorted((one, other) => one - other),
  );
});

test('what is awaited gets every second turn, however many others wait', async () => {
  // So that what came before this test has had its turns.
  await nextTurn();
  const order: string[] = [];
  const take = (name: string, isAwaited: boolean): Promise<void> =>
    nextTurn(isAwaited).then(() => {
      order.push(name);
    });
  const others = ['a', 'b', 'c', 'd'].map((name) => take(name, false));
  await Promise.all([...others, ...['A', 'B'].map((name) => take(name, true))]);
  assert.deepEqual(order, ['A', 'a', 'B', 'b', 'c', 'd']);
});

test('what is done in steps takes turns, however many do it', async () => {
  const turns = await countTurns();
  const seen: number[] = [];
  function* work(name: string): Steps<string> {
    for (let step = 1; step <= 3; step += 1) {
      seen.push(turns.count());
      spin();
      yield;
    }
    return name;
  }
  assert.deepEqual(await Promise.all([inSteps('assess', work('a')), inSteps('render', work('b'))]), ['a', 'b']);
  turns.end();
  assert.equal(new Set(seen).size, 6, seen.join(' '));
});

test('a turn is over after so much work', async () => {
  await nextTurn();
  spin();
  assert.equal(isTurnOver(), true);
});

test('a turn in which nobody was asked does not count', async () => {
  await nextTurn();
  // Of the turn that has just been given, and of one after it.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  spin();
  assert.equal(isTurnOver(), false);
});

test('work that throws rejects, and leaves the turns to others', async () => {
  // biome-ignore lint/correctness/useYield: it fails before its first step.
  function* failing(): Steps<never> {
    throw new Error('broken');
  }
  await assert.rejects(inSteps('read', failing()), /broken/);
  await nextTurn();
});
