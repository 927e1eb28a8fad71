import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseReplicaStates } from '../../src/views/database-replica-states.ts';
import { databases } from '../../src/views/databases.ts';

const context = { localOffsetSeconds: 7200 };
const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';

const row = {
  database_id: 5,
  group_id: guid,
  replica_id: guid,
  group_database_id: guid,
  is_local: false,
  is_primary_replica: null,
  synchronization_state_desc: 'NOT SYNCHRONIZING',
  synchronization_health_desc: 'NOT_HEALTHY',
  database_state_desc: null,
  is_suspended: true,
  suspend_reason_desc: 'SUSPEND_FROM_USER',
  last_sent_lsn: '1234567890123456789012345',
  last_received_lsn: null,
  last_hardened_lsn: '0',
  last_redone_lsn: null,
  end_of_log_lsn: null,
  last_commit_lsn: null,
  last_sent_time: new Date('2026-11-21T12:00:00Z'),
  last_received_time: null,
  last_hardened_time: null,
  last_redone_time: null,
  last_commit_time: null,
  log_send_queue_size: '3',
  log_send_rate: '0',
  redo_queue_size: null,
  redo_rate: '9007199254740991',
  secondary_lag_seconds: '17',
};

test('a copy: LSNs exact, kilobytes as bytes, local time as an instant, NULL as null', () => {
  const [copy] = databaseReplicaStates.parse([row], context);
  assert.equal(copy?.lastSentLsn, 1_234_567_890_123_456_789_012_345n);
  assert.equal(copy?.lastHardenedLsn, 0n);
  assert.equal(copy?.lastReceivedLsn, null);
  assert.equal(copy?.logSendQueueBytes, 3072);
  assert.equal(copy?.logSendRateBytesPerSecond, 0);
  assert.equal(copy?.redoQueueBytes, null);
  assert.equal(copy?.secondaryLagSeconds, 17);
  assert.equal(copy?.lastSentTimestampSeconds, Date.parse('2026-11-21T10:00:00Z') / 1000);
  assert.equal(copy?.groupDatabaseId, guid.toUpperCase());
  assert.equal(copy?.isPrimaryReplica, null);
});

test('every LSN is asked for as text: the driver would round numeric(25,0)', () => {
  const text = databaseReplicaStates.sql(null);
  const lsns = text.match(/\w+_lsn\b/g) ?? [];
  const cast = text.match(/CAST\((\w+_lsn) AS varchar\(26\)\) AS \1/g) ?? [];
  assert.equal(cast.length, 6);
  assert.equal(lsns.length, 2 * cast.length);
});

for (const value of ['', '1.0', '-1', '1e25']) {
  test(`${JSON.stringify(value)} is no LSN, and costs itself only`, () => {
    const broken = { ...row, last_sent_lsn: value };
    const [whole] = databaseReplicaStates.parse([row], context);
    assert.deepEqual(databaseReplicaStates.parse([broken], context), [{ ...whole, lastSentLsn: null }]);
  });
}

test('a database: the physical name is asked for where it exists', () => {
  assert.match(databases.sql({ engine: 'managed_instance', majorVersion: 12 }), /physical_database_name/);
  assert.match(databases.sql({ engine: 'sql_server', majorVersion: 15 }), /physical_database_name/);
  assert.doesNotMatch(databases.sql({ engine: 'sql_server', majorVersion: 14 }), /physical_database_name/);
  const record = {
    database_id: 5,
    name: 'Sales',
    group_database_id: guid,
    replica_id: null,
    state_desc: 'ONLINE',
    log_reuse_wait_desc: 'AVAILABILITY_REPLICA',
  };
  assert.deepEqual(databases.parse([record], context), [
    {
      databaseId: 5,
      name: 'Sales',
      physicalDatabaseName: null,
      groupDatabaseId: guid.toUpperCase(),
      replicaId: null,
      state: 'ONLINE',
      logReuseWait: 'AVAILABILITY_REPLICA',
    },
  ]);
});
