import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorLogState } from '../../src/model/error-log.ts';
import type { Failure } from '../../src/model/failure-reason.ts';
import { type KnownState, logChange, type PollLog } from '../../src/poll/poll-log.ts';
import { classifyError } from '../../src/sql/classify-error.ts';
import { answerFault } from '../../src/sql/connect-error.ts';
import { failedServer, serverFacts, serverState, snapshot } from '../link/server-state.ts';

function recorded(): { log: PollLog; lines: unknown[] } {
  const lines: unknown[] = [];
  const line =
    (level: string): PollLog['info'] =>
    (message, fields) =>
      lines.push([level, message, fields]);
  return { log: { info: line('info'), warn: line('warn') }, lines };
}

function withErrorLog(counts: readonly (readonly [number, number])[], failure: Failure | null = null) {
  const reading = { durationSeconds: 1, failure, readTimestampSeconds: failure === null ? 1 : null };
  const errorLog: ErrorLogState = { reading, counts: new Map(counts) };
  return serverState('sql-1', { kind: 'ok', snapshot: snapshot(serverFacts()) }, { errorLog });
}

test('each number with new entries in the error log has a line, with its name', () => {
  const { log, lines } = recorded();
  let known: KnownState = withErrorLog([[35206, 2]]);
  for (const counts of [
    [[35206, 2]],
    [
      [35206, 5],
      [41987, 1],
    ],
  ] as const) {
    known = logChange(log, known, withErrorLog(counts));
  }
  assert.deepEqual(lines, [
    [
      'warn',
      'errors in the error log',
      { server: 'sql-1', error_number: 35206, error_name: 'connection_lost', count: 3 },
    ],
    ['warn', 'errors in the error log', { server: 'sql-1', error_number: 41987, error_name: null, count: 1 }],
  ]);
});

test('an error log that can not be read has one line, and so has one that can again', () => {
  const { log, lines } = recorded();
  const denied: Failure = { reason: 'permission', message: 'the login lacks X', errorNumber: null };
  let known: KnownState = withErrorLog([]);
  for (const failure of [denied, denied, null, null]) known = logChange(log, known, withErrorLog([], failure));
  assert.deepEqual(lines, [
    [
      'warn',
      'view cannot be read',
      { server: 'sql-1', view: 'error_log', reason: 'permission', error_number: null, error: 'the login lacks X' },
    ],
    ['info', 'view can be read again', { server: 'sql-1', view: 'error_log' }],
  ]);
});

test('a failed poll between two reads repeats no line', () => {
  const { log, lines } = recorded();
  let known: KnownState = withErrorLog([[35206, 2]]);
  known = logChange(log, known, failedServer('sql-1'));
  lines.length = 0;
  logChange(log, known, withErrorLog([[35206, 2]]));
  assert.deepEqual(
    lines.filter((line) => JSON.stringify(line).includes('35206')),
    [],
  );
});

test('a defect of this program asks to be reported, and says at debug where it was', () => {
  const lines: unknown[] = [];
  const line =
    (level: string): PollLog['info'] =>
    (message, fields) =>
      lines.push([level, message, fields]);
  const log = { info: line('info'), warn: line('warn'), debug: line('debug') };
  const failure = classifyError(new RangeError('Maximum call stack size exceeded'));
  assert.equal(failure.reason, 'internal');
  const pending = serverState('sql-1', { kind: 'pending' });
  logChange(log, pending, serverState('sql-1', { kind: 'failed', view: null, failure }));
  const [, report, stack] = lines as [string, string, { stack?: string }][];
  assert.match(report?.[1] ?? '', /defect of milink-exporter: please report it/);
  assert.equal(stack?.[0], 'debug');
  assert.match(stack?.[2].stack ?? '', /poll-log\.test\.ts/);
  assert.doesNotMatch(stack?.[2].stack ?? '', /call stack size/, 'the message stands by itself, cleared of secrets');
});

test('an answer that the driver stumbled over is no defect, and says at debug where the driver was', () => {
  const lines: [string, string, { stack?: string }?][] = [];
  const line =
    (level: string): PollLog['info'] =>
    (message, fields) =>
      lines.push([level, message, fields as { stack?: string }]);
  const log = { info: line('info'), warn: line('warn'), debug: line('debug') };
  const failure = classifyError(answerFault(new TypeError("Cannot read properties of undefined (reading 'type')")));
  assert.equal(failure.reason, 'protocol');
  assert.equal(failure.message, "the answer is not valid TDS: Cannot read properties of undefined (reading 'type')");
  logChange(
    log,
    serverState('sql-1', { kind: 'pending' }),
    serverState('sql-1', { kind: 'failed', view: null, failure }),
  );
  assert.deepEqual(
    lines.map(([level, message]) => [level, message]),
    [
      ['warn', 'poll failed'],
      ['debug', 'where in the program'],
    ],
  );
  const stack = lines[1]?.[2]?.stack ?? '';
  assert.match(stack, /^at .*poll-log\.test\.ts/);
  assert.doesNotMatch(stack, /undefined \(reading/);
});
