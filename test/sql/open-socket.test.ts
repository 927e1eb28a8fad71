import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { classifyError } from '../../src/sql/classify-error.ts';
import { openSocket, type SocketStage, unansweredAttempt } from '../../src/sql/open-socket.ts';
import { untilAborted } from '../../src/threads/abort-signals.ts';

test('a resolver that never answers is left at the signal', async () => {
  const abort = new AbortController();
  const stages: SocketStage[] = [];
  const attempt = openSocket({
    host: 'sql.example',
    port: 1433,
    signal: abort.signal,
    onStage: (stage) => stages.push(stage),
    resolve: (_name, signal) => {
      setImmediate(() => abort.abort(new Error('late')));
      return untilAborted(Promise.withResolvers<never>().promise, signal);
    },
  });
  await assert.rejects(attempt, { message: 'late' });
  assert.deepEqual(stages, ['resolving']);
});

const courses: readonly (readonly [string, readonly SocketStage[]])[] = [
  ['localhost', ['resolving', 'connecting', 'connected']],
  ['127.0.0.1', ['connecting', 'connected']],
];

for (const [host, course] of courses) {
  test(`the stages of a connection to ${host}`, async (context) => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    context.after(() => server.close());
    await once(server, 'listening');
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const stages: SocketStage[] = [];
    const signal = new AbortController().signal;
    const socket = await openSocket({ host, port: address.port, signal, onStage: (stage) => stages.push(stage) });
    socket.destroy();
    assert.deepEqual(stages, course);
  });
}

const unanswered = [
  ['resolving', 'dns', 'the name sql-1.example was not resolved within the time limit'],
  ['connecting', 'unreachable', 'no answer to the connection attempt to sql-1.example:1433 within the time limit'],
] as const;
const address = { host: 'sql-1.example', port: 1433 };

for (const [stage, reason, message] of unanswered) {
  test(`the time limit while ${stage}: ${reason}`, () => {
    const failure = classifyError(unansweredAttempt(stage, address));
    assert.deepEqual([failure.reason, failure.message], [reason, message]);
  });
}

test('the time limit after connecting is the time limit', () =>
  assert.equal(unansweredAttempt('connected', address), null));
