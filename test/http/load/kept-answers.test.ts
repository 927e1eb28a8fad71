import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeptAnswers, type MadeAnswer } from '../../../src/http/load/answers.ts';

function keeper() {
  let state = {};
  let makes = 0;
  const kept = createKeptAnswers(() => state);
  return {
    ask: (key: string, bytes = 10): MadeAnswer =>
      kept.of(key, () => {
        makes += 1;
        return { code: 200, headers: {}, body: Buffer.alloc(bytes) };
      }),
    change: () => {
      state = {};
    },
    makes: () => makes,
  };
}

test('an answer is made once per change, by whoever asks first', () => {
  const { ask, change, makes } = keeper();
  const first = ask('/');
  for (let count = 0; count < 100; count += 1) assert.equal(ask('/'), first);
  assert.equal(makes(), 1);
  ask('/servers');
  assert.equal(makes(), 2);
  change();
  assert.notEqual(ask('/'), first);
  assert.equal(makes(), 3);
});

test('it is made anew after a second, since it tells how old things are', (context) => {
  let now = 0;
  context.mock.method(performance, 'now', () => now);
  const { ask, makes } = keeper();
  ask('/');
  now = 999;
  ask('/');
  assert.equal(makes(), 1);
  now = 1000;
  ask('/');
  assert.equal(makes(), 2);
});

test('what is kept is bounded: who was not asked for the longest goes', () => {
  const { ask, makes } = keeper();
  const size = 5 * 1024 * 1024;
  for (const key of ['a', 'b', 'c', 'a', 'd']) ask(key, size);
  assert.equal(makes(), 4);
  ask('a', size);
  assert.equal(makes(), 4);
  ask('b', size);
  assert.equal(makes(), 5);
});
