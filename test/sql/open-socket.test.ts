import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyError } from '../../src/sql/classify-error.ts';
import { openSocket, type SocketStage, unansweredAttempt } from '../../src/sql/open-socket.ts';

test('a resolver that never answers is left at the signal', async () => {
  const abort = new AbortController();
  const stages: SocketStage[] = [];
  const attempt = openSocket({
    host: 'sql.example',
    port: 1433,
    signal: abort.signal,
    onStage: (stage) => stages.push(stage),
    lookup: () => setImmediate(() => abort.abort(new Error('late'))),
  });
  await assert.rejects(attempt, { message: 'late' });
  assert.deepEqual(stages, ['resolving']);
});

const unanswered = [
  ['resolving', 'dns'],
  ['connecting', 'unreachable'],
] as const;

for (const [stage, reason] of unanswered) {
  test(`the time limit while ${stage}: ${reason}`, () => {
    assert.equal(classifyError(unansweredAttempt(stage)).reason, reason);
  });
}

test('the time limit after connecting is the time limit', () => assert.equal(unansweredAttempt('connected'), null));
