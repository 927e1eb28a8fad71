import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { databaseFamilies } from '../../../src/metrics/families/database.ts';
import { databaseStateFamilies } from '../../../src/metrics/families/database-state.ts';
import type { ServerState } from '../../../src/model/server-state.ts';
import {
  type DatabaseAtEnd,
  databaseState,
  databaseViews,
  managedInstanceWithDatabase,
  sqlServerWithDatabase,
} from '../../link/database-rows.ts';
import { failedServer, guid, now, sqlServer } from '../../link/server-state.ts';
import { seriesOf, stateOf } from '../series.ts';

const families = [...databaseStateFamilies, ...databaseFamilies];
const names = 'link="DAG_Sales",managed_instance="mi-prod",database="Sales"';
const server = `server="sql-prod-01",${names}`;
const instance = `server="mi-prod",${names}`;

function series(servers: readonly ServerState[], name?: string): readonly string[] {
  return seriesOf(families, stateOf(servers), name);
}

function ofPrimary(at: DatabaseAtEnd, name: string): readonly string[] {
  return series([sqlServerWithDatabase(at)], name);
}

describe('both ends answer', () => {
  const partnerCopy = {
    logSendQueueBytes: 3072,
    redoQueueBytes: 10_240,
    secondaryLagSeconds: 7,
    lastCommitTimestampSeconds: now - 9,
  };
  const servers = [sqlServerWithDatabase({ partnerCopy }), managedInstanceWithDatabase()];

  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['log_send_queue_bytes', [`{${server},replica="partner"} 3072`]],
    ['log_send_rate_bytes_per_second', [`{${server},replica="partner"} 2048`]],
    ['redo_queue_bytes', [`{${server},replica="partner"} 10240`, `{${instance},replica="local"} 0`]],
    ['secondary_lag_seconds', [`{${server}} 7`]],
    ['estimated_data_loss_seconds', [`{${server}} 7`]],
    ['estimated_recovery_seconds', [`{${server},replica="partner"} 10`, `{${instance},replica="local"} 0`]],
    [
      'last_commit_timestamp_seconds',
      [`{${server},replica="local"} ${now - 2}`, `{${server},replica="partner"} ${now - 9}`],
    ],
    ['log_reuse_wait', [`{${server},reason="NOTHING"} 1`, `{${instance},reason="NOTHING"} 1`]],
    [
      'suspended',
      [
        `{${server},replica="local",reason=""} 0`,
        `{${server},replica="partner",reason=""} 0`,
        `{${instance},replica="local",reason=""} 0`,
      ],
    ],
  ];
  for (const [name, expected] of rows) {
    test(name, () => {
      const family = `milink_database_${name}`;
      assert.deepEqual(
        series(servers, family),
        expected.map((line) => `${family}${line}`),
      );
    });
  }

  test('a state is one series per documented state', () => {
    const states = series(servers, 'milink_database_synchronization_state').filter((line) => line.includes(instance));
    assert.deepEqual(
      states.map((line) => line.slice(line.indexOf('state=', 20))),
      ['NOT SYNCHRONIZING', 'SYNCHRONIZING', 'SYNCHRONIZED', 'REVERTING', 'INITIALIZING'].map(
        (state) => `state="${state}"} ${state === 'SYNCHRONIZING' ? 1 : 0}`,
      ),
    );
  });
});

test('the lag that reads 0 while data movement is suspended is left out, and the reason is a label', () => {
  const partnerCopy = { isSuspended: true, suspendReason: 'SUSPEND_FROM_USER', secondaryLagSeconds: 0 };
  assert.deepEqual(ofPrimary({ partnerCopy }, 'milink_database_secondary_lag_seconds'), []);
  assert.deepEqual(ofPrimary({ ownCopy: { isSuspended: true } }, 'milink_database_secondary_lag_seconds'), []);
  assert.deepEqual(ofPrimary({ partnerCopy, ownCopy: { isSuspended: null } }, 'milink_database_suspended'), [
    `milink_database_suspended{${server},replica="partner",reason="SUSPEND_FROM_USER"} 1`,
  ]);
});

describe('figures that can not be told are absent', () => {
  const rows: readonly (readonly [string, DatabaseAtEnd, string])[] = [
    ['no rate of redo', { partnerCopy: { redoRateBytesPerSecond: 0 }, ownCopy: null }, 'estimated_recovery_seconds'],
    [
      'a rate of redo that is NULL',
      { partnerCopy: { redoRateBytesPerSecond: null }, ownCopy: null },
      'estimated_recovery_seconds',
    ],
    [
      'no last commit of the partner',
      { partnerCopy: { lastCommitTimestampSeconds: null } },
      'estimated_data_loss_seconds',
    ],
    ['no row of the partner', { partnerCopy: null }, 'estimated_data_loss_seconds'],
    ['a lag of 0 without a word on suspension', { partnerCopy: { isSuspended: null } }, 'secondary_lag_seconds'],
    ['NULL', { partnerCopy: { logSendQueueBytes: null } }, 'log_send_queue_bytes'],
    ['a reason that is NULL', { catalogRow: { logReuseWait: null } }, 'log_reuse_wait'],
  ];
  for (const [name, at, family] of rows) {
    test(name, () => assert.deepEqual(ofPrimary(at, `milink_database_${family}`), []));
  }
});

test('commits that the partner has before the primary says so are no negative loss', () => {
  assert.deepEqual(
    ofPrimary({ partnerCopy: { lastCommitTimestampSeconds: now } }, 'milink_database_estimated_data_loss_seconds'),
    [`milink_database_estimated_data_loss_seconds{${server}} 0`],
  );
});

test('a secondary alone has its own copy, without lag, loss and the time of commits', () => {
  const shown = series([managedInstanceWithDatabase()]);
  assert.ok(shown.length > 0);
  assert.deepEqual(
    shown.filter((line) => /secondary_lag|data_loss|last_commit|partner"/.test(line)),
    [],
  );
});

test('a text that a newer server says is one state more', () => {
  const lines = ofPrimary(
    { ownCopy: null, partnerCopy: { synchronizationHealth: 'EXCELLENT' } },
    'milink_database_synchronization_health',
  );
  assert.deepEqual(
    lines.at(-1),
    `milink_database_synchronization_health{${server},replica="partner",health="EXCELLENT"} 1`,
  );
});

test('rows of groups that the catalog hides and no link claims are counted', () => {
  const name = 'milink_database_rows_without_link';
  assert.deepEqual(ofPrimary({}, name), [`${name}{server="sql-prod-01"} 0`]);
  const stray = databaseState({ groupId: guid('hidden'), groupDatabaseId: guid('stray') });
  const { database_replica_states: rows } = databaseViews('sql_server', { role: 'PRIMARY' });
  const views = { database_replica_states: [...(rows ?? []), stray] };
  // Those of a multi-database link are claimed through the own group of the server.
  const claimed = { ...stray, groupDatabaseId: guid('database Sales') };
  const claimedViews = { database_replica_states: [...(rows ?? []), claimed] };
  assert.deepEqual(series([sqlServer({}, { views: claimedViews })], name), [`${name}{server="sql-prod-01"} 0`]);
  assert.deepEqual(series([sqlServer({}, { views })], name), [`${name}{server="sql-prod-01"} 1`]);
  const permissions = [{ name: 'VIEW ANY DEFINITION', held: false }];
  assert.deepEqual(series([sqlServer({}, { views: { ...views, permissions } })], name), []);
});

test('a failed poll and a view that was not read have no series', () => {
  const unread = { databases: null, database_replica_states: null };
  assert.deepEqual(series([failedServer('down'), sqlServer({}, { views: unread })]), []);
});
