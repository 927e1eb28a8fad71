import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PollRecord } from '../../src/model/server-state.ts';
import type { ViewName, ViewReading } from '../../src/model/snapshot.ts';
import { pollRecord, withPoll } from '../../src/poll/recent-polls.ts';
import { now, serverFacts, snapshot } from '../link/server-state.ts';

const failure = { reason: 'reset', message: 'the connection broke', errorNumber: null } as const;

function record(endedTimestampSeconds: number, hasFailed = false): PollRecord {
  const failed = hasFailed ? { ...failure, view: null } : null;
  return { endedTimestampSeconds, durationSeconds: 0.1, logins: 0, failure: failed, views: [] };
}

/** The times of what is remembered after so many polls, one a second, of which those given failed. */
function remembered(count: number, failed: readonly number[]): readonly number[] {
  let polls: readonly PollRecord[] = [];
  for (let second = 1; second <= count; second += 1) polls = withPoll(polls, record(second, failed.includes(second)));
  return polls.map(({ endedTimestampSeconds }) => endedTimestampSeconds);
}

const downFrom = (from: number, to: number): readonly number[] =>
  Array.from({ length: from - to + 1 }, (_, index) => from - index);

test('the newest 20 polls are remembered, the newest first', () => {
  assert.deepEqual(remembered(3, []), [3, 2, 1]);
  assert.deepEqual(remembered(50, []), downFrom(50, 31));
});

test('failures outlive the successes around them, the newest 10 of them', () => {
  assert.deepEqual(remembered(50, [7, 9, 45]), [...downFrom(50, 31), 9, 7]);
  assert.deepEqual(remembered(50, downFrom(25, 1)), [...downFrom(50, 31), ...downFrom(25, 16)]);
});

test('a server that fails for ever takes no more room', () => {
  assert.equal(remembered(500, downFrom(500, 1)).length, 30);
});

test('a poll is remembered with its views, how many rows they had, and no row', () => {
  const readings: readonly (readonly [ViewName, ViewReading])[] = [
    ['server', { durationSeconds: 0.1, failure: null, readTimestampSeconds: now }],
    ['certificates', { durationSeconds: 0.2, failure: null, readTimestampSeconds: now - 60 }],
    ['databases', { durationSeconds: 0.3, failure, readTimestampSeconds: null }],
  ];
  const seen = snapshot(serverFacts(), { certificates: [], databases: null });
  const outcome = { kind: 'ok', snapshot: seen } as const;
  const kept = pollRecord({ outcome, views: new Map(readings), durationSeconds: 0.6, logins: 1 }, now + 1);
  assert.deepEqual(kept, {
    endedTimestampSeconds: now + 1,
    durationSeconds: 0.6,
    logins: 1,
    failure: null,
    views: [
      { view: 'server', durationSeconds: 0.1, failure: null, readTimestampSeconds: now, rows: 1 },
      { view: 'certificates', durationSeconds: 0.2, failure: null, readTimestampSeconds: now - 60, rows: 0 },
      { view: 'databases', durationSeconds: 0.3, failure, readTimestampSeconds: null, rows: null },
    ],
  });
});

test('of a poll that failed the view and the reason are remembered, and no number of rows', () => {
  const views = new Map([['server', { durationSeconds: 0.1, failure: null, readTimestampSeconds: now }]] as const);
  const outcome = { kind: 'failed', view: 'permissions', failure } as const;
  const kept = pollRecord({ outcome, views, durationSeconds: 0.6, logins: 1 }, now);
  assert.deepEqual(kept.failure, { ...failure, view: 'permissions' });
  assert.deepEqual(
    kept.views.map(({ rows }) => rows),
    [null],
  );
});
