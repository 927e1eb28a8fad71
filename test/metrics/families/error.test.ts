import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorInfo, errorsTotal } from '../../../src/metrics/families/error.ts';
import { viewFailed, viewLastReadTimestampSeconds, viewSuccess } from '../../../src/metrics/families/polling.ts';
import type { State } from '../../../src/metrics/family.ts';
import type { ErrorLogState } from '../../../src/model/error-log.ts';
import type { Outcome } from '../../../src/model/server-state.ts';
import { serverFacts, serverState, snapshot } from '../../link/server-state.ts';

const read: ErrorLogState = {
  reading: { durationSeconds: 0.5, failure: null, readTimestampSeconds: 1_793_534_400 },
  counts: new Map([
    [35206, 3],
    [41987, 1],
  ]),
};
const denied: ErrorLogState = {
  reading: {
    durationSeconds: 0,
    failure: { reason: 'permission', message: 'the login lacks VIEW ANY ERROR LOG', errorNumber: null },
    readTimestampSeconds: null,
  },
  counts: new Map(),
};

const answered: Outcome = { kind: 'ok', snapshot: snapshot(serverFacts()) };

function stateOf(errorLog: ErrorLogState, outcome: Outcome = answered): State {
  return { servers: [serverState('sql-1', outcome, { views: new Map(), errorLog })], links: [] };
}

test('entries are counted by server and number', () => {
  assert.deepEqual(
    [...errorsTotal.samples(stateOf(read))],
    [
      { labels: { server: 'sql-1', error: '35206' }, value: 3 },
      { labels: { server: 'sql-1', error: '41987' }, value: 1 },
    ],
  );
});

test('each number in a series is explained once, and one without a description is there without words', () => {
  const one = stateOf(read);
  const twice = { ...one, servers: [...one.servers, serverState('sql-2', answered, { errorLog: read })] };
  assert.deepEqual(
    Array.from(errorInfo.samples(twice), ({ labels }) => labels),
    [
      { error: '35206', name: 'connection_lost', severity: 'warning' },
      { error: '41987', name: '', severity: '' },
    ],
  );
});

test('the reading of the log is one of the views', () => {
  assert.deepEqual(
    [...viewSuccess.samples(stateOf(read))],
    [{ labels: { server: 'sql-1', view: 'error_log' }, value: 1 }],
  );
  assert.deepEqual([...viewLastReadTimestampSeconds.samples(stateOf(read))].length, 1);
  assert.deepEqual(
    [...viewFailed.samples(stateOf(denied))],
    [{ labels: { server: 'sql-1', view: 'error_log', reason: 'permission' }, value: 1 }],
  );
});

test('while polls fail the counts stay, and the reading is not shown', () => {
  const failure = { reason: 'reset', message: 'gone', errorNumber: null } as const;
  const state = stateOf(read, { kind: 'failed', view: null, failure });
  assert.equal([...errorsTotal.samples(state)].length, 2);
  assert.deepEqual([...viewSuccess.samples(state)], []);
});
