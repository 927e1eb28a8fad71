import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import { ofDistributedGroup, pick, read, simulate, startMilliseconds } from '../world/simulated.ts';

const attempts = 'dm_hadr_automatic_seeding';
const transfers = 'dm_hadr_physical_seeding_stats';
const databaseStates = 'dm_hadr_database_replica_states';
const dayMilliseconds = 86_400_000;

function failuresOf(scenario: Scenario): readonly (readonly unknown[])[] {
  return pick(read(simulate(scenario), 'sqlServer', attempts), 'current_state', 'failure_state', 'error_code');
}

describe('history of seeding', () => {
  it('keeps an attempt that failed thirty days ago beside a copy in good order', () => {
    const world = simulate('seeding-failed-long-ago');
    assert.deepEqual(failuresOf('seeding-failed-long-ago'), [['FAILED', 21, null]]);
    const [attempt] = read(world, 'managedInstance', attempts);
    const age = startMilliseconds - Date.parse(`${attempt?.completion_time}Z`);
    assert.equal(Math.round(age / dayMilliseconds), 30);
    const health = pick(ofDistributedGroup(world, 'sqlServer', databaseStates), 'synchronization_health_desc');
    assert.deepEqual(health, [['HEALTHY'], ['HEALTHY']]);
  });

  it('keeps the same attempt beside a lost connection', () => {
    assert.deepEqual(failuresOf('disconnected-after-old-failure'), [['FAILED', 21, null]]);
    const rows = ofDistributedGroup(
      simulate('disconnected-after-old-failure'),
      'sqlServer',
      'dm_hadr_availability_replica_states',
    );
    assert.deepEqual(pick(rows, 'connected_state_desc'), [['CONNECTED'], ['DISCONNECTED']]);
  });

  it('has attempts towards a replica that is in no group, the newest of them', () => {
    const world = simulate('seeding-history');
    const rows = read(world, 'sqlServer', attempts);
    assert.deepEqual(pick(rows, 'current_state'), [['FAILED'], ['FAILED'], ['COMPLETED'], ['FAILED']]);
    const known = new Set(read(world, 'sqlServer', 'availability_replicas').map((row) => row.replica_id));
    assert.deepEqual(
      rows.map((row) => known.has(row.ag_remote_replica_id ?? '')),
      [true, true, true, false],
    );
  });
});

describe('seeding of one database of several', () => {
  it('goes on beside a database that has stopped', () => {
    const world = simulate('seeding-beside-not-healthy', { topology: { databases: 2 } });
    const [stopped, seeded] = world.topology.links[0]?.databases ?? [];
    const copies = ofDistributedGroup(world, 'managedInstance', databaseStates);
    assert.deepEqual(pick(copies, 'group_database_id', 'synchronization_state_desc', 'synchronization_health_desc'), [
      [stopped?.groupDatabaseId, 'NOT SYNCHRONIZING', 'NOT_HEALTHY'],
    ]);
    const running = read(world, 'sqlServer', transfers);
    assert.deepEqual(pick(running, 'local_database_name'), [[seeded?.name]]);
    assert.ok(Number(running[0]?.transferred_size_bytes) < (seeded?.sizeBytes ?? 0) / 2);
  });

  it('waits for its turn without a byte, while another database is copied', () => {
    const world = simulate('seeding-waiting', { topology: { databases: 2 } });
    assert.deepEqual(pick(read(world, 'sqlServer', attempts), 'current_state', 'completion_time'), [
      ['LIMIT_CONCURRENT_BACKUPS', null],
      ['SEEDING', null],
    ]);
    const [waiting, moving] = read(world, 'sqlServer', transfers);
    assert.deepEqual([waiting?.transferred_size_bytes, waiting?.estimate_time_complete_utc], [0n, null]);
    assert.ok(Number(moving?.transferred_size_bytes) > 0);
    // Nothing has made the database at the secondary.
    const names = read(world, 'managedInstance', 'databases').map((row) => row.name);
    assert.equal(names.includes('Sales'), false);
  });

  it('shows what nothing has measured as the views do, and more bytes than the database has', () => {
    const rows = read(simulate('seeding-implausible', { topology: { databases: 2 } }), 'sqlServer', transfers);
    assert.deepEqual(pick(rows.slice(0, 1), 'database_size_bytes', 'transferred_size_bytes'), [[null, null]]);
    assert.equal(rows[0]?.estimate_time_complete_utc, '1900-01-01T00:00:00.000');
    assert.ok(Number(rows[1]?.transferred_size_bytes) > Number(rows[1]?.database_size_bytes));
  });
});

it('seeding that was not granted runs from the managed instance, and leaves nothing on SQL Server', () => {
  const world = simulate('seeding-not-granted');
  assert.deepEqual(
    pick(read(world, 'managedInstance', attempts), 'is_source', 'failure_state', 'error_code'),
    Array(2).fill([true, 121, null]),
  );
  assert.deepEqual(pick(read(world, 'sqlServer', attempts), 'is_source'), [[false], [false]]);
  assert.equal(
    read(world, 'sqlServer', 'databases').some((row) => row.name === 'Sales'),
    false,
  );
});
