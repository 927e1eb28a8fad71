import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFairLine, type FairLine } from '../../../src/http/load/fair-line.ts';

/** Items as `client/user/number`. */
function lineOf(items: readonly string[]): FairLine<string> {
  const line = createFairLine<string>((item) => item.split('/').slice(0, 2));
  for (const item of items) line.add(item);
  return line;
}

function* taken(line: FairLine<string>): Generator<string> {
  for (let item = line.next(); item !== null; item = line.next()) yield item;
}

test('clients take turns, of a client its users, of a user who came first', () => {
  const line = lineOf(['a/x/1', 'a/x/2', 'a/x/3', 'a/y/4', 'b/x/5', 'b/x/6']);
  assert.deepEqual([...taken(line)], ['a/x/1', 'b/x/5', 'a/y/4', 'b/x/6', 'a/x/2', 'a/x/3']);
});

test('whoever comes back goes to the end', () => {
  const line = lineOf(['a/x/1', 'b/x/2']);
  assert.equal(line.next(), 'a/x/1');
  line.add('a/x/3');
  line.add('c/x/4');
  assert.deepEqual([...taken(line)], ['b/x/2', 'a/x/3', 'c/x/4']);
});

test('who is removed is not taken, once', () => {
  const line = lineOf(['a/x/1', 'a/x/2']);
  assert.deepEqual([line.waitingOf('a/x/9'), line.waitingOf('a/z/9'), line.waitingOf('z/x/9')], [2, 0, 0]);
  assert.deepEqual([line.remove('a/x/1'), line.remove('a/x/1'), line.remove('z/x/1')], [true, false, false]);
  assert.deepEqual([...taken(line), line.next()], ['a/x/2', null]);
  assert.equal(line.waitingOf('a/x/9'), 0);
});
