import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/metrics/catalogue.ts';
import { pollingFamilies } from '../../../src/metrics/families/polling.ts';
import { failureReasons } from '../../../src/model/failure-reason.ts';
import type { ViewName, ViewReading } from '../../../src/model/snapshot.ts';
import { failedServer, managedInstance, now, pendingServer, sqlServer } from '../../link/server-state.ts';
import { seriesOf, stateOf } from '../series.ts';

test('a server that was not polled yet has counters at 0 and nothing else: milink_up 0 would page at each start', () => {
  const series = seriesOf(catalogue, stateOf([pendingServer('one')]));
  assert.deepEqual(series, [
    'milink_polls_total{server="one"} 0',
    ...failureReasons.map((reason) => `milink_poll_failures_total{server="one",reason="${reason}"} 0`),
    'milink_logins_total{server="one"} 0',
  ]);
});

test('a failed poll leaves milink_up 0, the reason, the counts and the time of the last success, and no state', () => {
  const former = sqlServer({}, { state: { polls: 41 } });
  const server = failedServer('sql-prod-01', {
    identity: former.identity,
    host: former.host,
    lastSuccessTimestampSeconds: now - 60,
    lastPollDurationSeconds: 10,
    nextPollTimestampSeconds: now + 3600,
    polls: 42,
    pollFailures: new Map([['timeout', 2]]),
    logins: 3,
    outcome: {
      kind: 'failed',
      view: 'availability_replica_states',
      failure: { reason: 'timeout', message: 'no answer', errorNumber: null },
    },
  });
  const counts = failureReasons.map(
    (reason) => `milink_poll_failures_total{server="sql-prod-01",reason="${reason}"} ${reason === 'timeout' ? 2 : 0}`,
  );
  assert.deepEqual(seriesOf(catalogue, stateOf([server])), [
    'milink_up{server="sql-prod-01"} 0',
    'milink_poll_failed{server="sql-prod-01",reason="timeout"} 1',
    'milink_poll_duration_seconds{server="sql-prod-01"} 10',
    `milink_last_poll_timestamp_seconds{server="sql-prod-01"} ${now}`,
    `milink_last_success_timestamp_seconds{server="sql-prod-01"} ${now - 60}`,
    `milink_next_poll_timestamp_seconds{server="sql-prod-01"} ${now + 3600}`,
    'milink_polls_total{server="sql-prod-01"} 42',
    ...counts,
    'milink_logins_total{server="sql-prod-01"} 3',
  ]);
});

test('one failed server takes nothing from the other', () => {
  const servers = [failedServer('sql-prod-01'), managedInstance()];
  const alone = seriesOf(catalogue, stateOf([managedInstance()])).filter((line) => line.includes('server="mi-prod"'));
  const beside = seriesOf(catalogue, stateOf(servers)).filter((line) => line.includes('server="mi-prod"'));
  assert.deepEqual(beside, alone);
});

test('a view that failed says so with its reason, one that was not come to says nothing', () => {
  const views = new Map<ViewName, ViewReading>([
    ['server', { durationSeconds: 0.001, failure: null, readTimestampSeconds: 1_793_534_399.5 }],
    [
      'certificates',
      {
        durationSeconds: 0.25,
        failure: { reason: 'permission', message: 'denied', errorNumber: 300 },
        readTimestampSeconds: null,
      },
    ],
  ]);
  const state = stateOf([sqlServer({}, { state: { views } })]);
  const series = seriesOf(pollingFamilies, state).filter((line) => line.startsWith('milink_view_'));
  assert.deepEqual(series, [
    'milink_view_success{server="sql-prod-01",view="server"} 1',
    'milink_view_success{server="sql-prod-01",view="certificates"} 0',
    'milink_view_failed{server="sql-prod-01",view="certificates",reason="permission"} 1',
    'milink_view_duration_seconds{server="sql-prod-01",view="server"} 0.001',
    'milink_view_duration_seconds{server="sql-prod-01",view="certificates"} 0.25',
    'milink_view_last_read_timestamp_seconds{server="sql-prod-01",view="server"} 1793534399.5',
  ]);
});
