import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSynchronizationState, synchronizationStateName } from '../../src/model/database.ts';

test('each code has its text, and one that a newer server made up is carried through', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 255, null].map(synchronizationStateName), [
    'NOT SYNCHRONIZING',
    'SYNCHRONIZING',
    'SYNCHRONIZED',
    'REVERTING',
    'INITIALIZING',
    'UNKNOWN (5)',
    'UNKNOWN (255)',
    null,
  ]);
});

test('each text has a sentence, an unknown one has none', () => {
  const sentences = [0, 1, 2, 3, 4].map((code) => describeSynchronizationState(synchronizationStateName(code) ?? ''));
  assert.equal(new Set(sentences).size, 5);
  for (const sentence of sentences) {
    assert.match(sentence ?? '', /^[A-Z][ -~]+\.$/);
  }
  for (const text of ['', 'NOT_SYNCHRONIZING', 'toString', 'UNKNOWN (5)']) {
    assert.equal(describeSynchronizationState(text), null);
  }
});

test('a link with asynchronous commit is healthy while it is SYNCHRONIZING', () => {
  assert.match(describeSynchronizationState('SYNCHRONIZING') ?? '', /healthy/);
});
