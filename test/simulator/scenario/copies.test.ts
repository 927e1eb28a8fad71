import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Scenario, worldAt } from '../../../src/simulator/scenario/index.ts';
import { pairTopology } from '../../../src/simulator/world/pair-topology.ts';
import { ofDistributedGroup, pick, read, simulate, startMilliseconds } from '../world/simulated.ts';

const databaseStates = 'dm_hadr_database_replica_states';
const hourMilliseconds = 3_600_000;

describe('the copy at a managed instance whose primary is lost', () => {
  const cases: readonly (readonly [Scenario, readonly (readonly unknown[])[]])[] = [
    ['primary-unreachable', [['NOT SYNCHRONIZING', 'ONLINE']]],
    ['primary-lost-reverting', [['REVERTING', 'ONLINE']]],
    ['primary-lost-initializing', [['INITIALIZING', 'ONLINE']]],
    ['primary-lost-recovering', [['NOT SYNCHRONIZING', 'RECOVERING']]],
    ['primary-lost-never-joined', []],
    ['primary-lost-seeding', []],
  ];
  for (const [scenario, expected] of cases) {
    it(scenario, () => {
      const world = simulate(scenario);
      assert.deepEqual(world.down, ['sqlServer']);
      const rows = ofDistributedGroup(world, 'managedInstance', databaseStates);
      assert.deepEqual(pick(rows, 'synchronization_state_desc', 'database_state_desc'), expected);
    });
  }

  it('waits in RESTORING when it never joined or is seeded in part, which the attempt tells apart', () => {
    const seen = (scenario: Scenario): readonly unknown[] => {
      const world = simulate(scenario);
      const sales = read(world, 'managedInstance', 'databases').find((row) => row.name === 'Sales');
      const [transfer] = read(world, 'managedInstance', 'dm_hadr_physical_seeding_stats');
      const share = Number(transfer?.transferred_size_bytes) / Number(transfer?.database_size_bytes);
      return [sales?.state_desc, sales?.group_database_id, transfer === undefined ? null : share.toFixed(2)];
    };
    assert.deepEqual(seen('primary-lost-never-joined'), ['RESTORING', null, null]);
    assert.deepEqual(seen('primary-lost-seeding'), ['RESTORING', null, '0.14']);
  });

  it('reverts on while both ends are seen', () => {
    const [, copy] = ofDistributedGroup(simulate('reverting'), 'sqlServer', databaseStates);
    assert.equal(copy?.synchronization_state_desc, 'REVERTING');
    assert.ok(Number(copy?.secondary_lag_seconds) > 3 * 3_600);
  });
});

describe('figures that are easily misread', () => {
  const copyAt = (seconds: number) =>
    ofDistributedGroup(simulate('suspended-redo-waiting', { seconds }), 'sqlServer', databaseStates)[1];

  it('grow for the lag of a suspended copy, and stand still for its redo', () => {
    const [early, late] = [copyAt(60), copyAt(600)];
    assert.equal(Number(late?.secondary_lag_seconds) - Number(early?.secondary_lag_seconds), 540);
    assert.ok(Number(early?.redo_queue_size) > 0);
    assert.deepEqual([late?.redo_queue_size, late?.redo_rate], [early?.redo_queue_size, early?.redo_rate]);
    assert.deepEqual([late?.is_suspended, late?.suspend_reason_desc], [true, 'SUSPEND_FROM_USER']);
  });

  it('show one commit after ten idle hours, and a copy that hardened log until the connection was lost', () => {
    const [own, copy] = ofDistributedGroup(simulate('idle-then-broken', { seconds: 600 }), 'sqlServer', databaseStates);
    const localTime = (milliseconds: number): string =>
      new Date(startMilliseconds + milliseconds + 2 * hourMilliseconds).toISOString().slice(0, -1);
    assert.equal(own?.last_commit_time, localTime(-2 * 60_000));
    assert.equal(copy?.last_commit_time, localTime(-10 * hourMilliseconds));
    assert.equal(copy?.last_hardened_time, localTime(-5 * 60_000));
    // What waits is a few kilobytes, not ten hours of log.
    assert.ok(Number(copy?.log_send_queue_size) < 2_048, String(copy?.log_send_queue_size));
  });

  it('have been idle before the connection was lost, too', () => {
    const nowMilliseconds = startMilliseconds + 60_000;
    const moment = { scenario: 'idle-then-broken', startedAtMilliseconds: startMilliseconds, nowMilliseconds } as const;
    const topology = pairTopology({ startMilliseconds });
    const world = worldAt(topology, { ...moment, healthyFirstMilliseconds: 600_000 });
    const rows = ofDistributedGroup(world, 'sqlServer', databaseStates);
    const commits = new Set(rows.map((row) => row.last_commit_time));
    assert.equal(commits.size, 1);
    assert.equal(rows[1]?.synchronization_state_desc, 'SYNCHRONIZING');
  });
});
