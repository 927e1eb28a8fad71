import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import { ofDistributedGroup, pick, read, simulate } from '../world/simulated.ts';

const replicaStates = 'dm_hadr_availability_replica_states';
const databaseStates = 'dm_hadr_database_replica_states';

describe("the primary's own side", () => {
  it('says that its member has failed, and nothing bad of the partner', () => {
    const rows = ofDistributedGroup(simulate('primary-failed'), 'sqlServer', replicaStates);
    assert.deepEqual(pick(rows, 'is_local', 'operational_state_desc', 'synchronization_health_desc'), [
      [true, 'FAILED', 'NOT_HEALTHY'],
      [false, null, 'HEALTHY'],
    ]);
    const copies = ofDistributedGroup(simulate('primary-failed'), 'managedInstance', databaseStates);
    assert.deepEqual(pick(copies, 'synchronization_state_desc'), [['SYNCHRONIZING']]);
  });

  const cases: readonly (readonly [Scenario, string])[] = [
    ['primary-database-suspect', 'SUSPECT'],
    ['primary-database-recovery-pending', 'RECOVERY_PENDING'],
  ];
  for (const [scenario, state] of cases) {
    it(`has its databases in ${state}, and sends nothing`, () => {
      const world = simulate(scenario);
      const [own] = ofDistributedGroup(world, 'sqlServer', replicaStates);
      assert.deepEqual(
        [own?.operational_state_desc, own?.recovery_health_desc, own?.synchronization_health_desc],
        ['ONLINE', 'ONLINE_IN_PROGRESS', 'NOT_HEALTHY'],
      );
      const rows = ofDistributedGroup(world, 'sqlServer', databaseStates);
      assert.deepEqual(pick(rows, 'is_local', 'database_state_desc', 'synchronization_state_desc'), [
        [true, state, 'NOT SYNCHRONIZING'],
        [false, 'ONLINE', 'NOT SYNCHRONIZING'],
      ]);
      const sales = read(world, 'sqlServer', 'databases').find((row) => row.name === 'Sales');
      assert.deepEqual([sales?.state_desc, sales?.collation_name], [state, null]);
    });
  }

  it('has lost a node of its own groups for which its log waits, and the link is in order', () => {
    const world = simulate('local-node-disconnected');
    const own = world.topology.links[0]?.members.sqlServer.groupId;
    const local = read(world, 'sqlServer', replicaStates).filter((row) => row.group_id === own);
    assert.deepEqual(pick(local, 'is_local', 'role_desc', 'connected_state_desc', 'synchronization_health_desc'), [
      [true, 'PRIMARY', 'CONNECTED', 'HEALTHY'],
      [false, 'SECONDARY', 'DISCONNECTED', 'NOT_HEALTHY'],
    ]);
    const lost = read(world, 'sqlServer', databaseStates).filter((row) => row.group_id === own && !row.is_local);
    assert.deepEqual(pick(lost, 'synchronization_state_desc'), [['NOT SYNCHRONIZING']]);
    const link = ofDistributedGroup(world, 'sqlServer', replicaStates);
    assert.deepEqual(pick(link, 'synchronization_health_desc'), [['HEALTHY'], ['HEALTHY']]);
    const waits = pick(read(world, 'sqlServer', 'databases').slice(-1), 'name', 'log_reuse_wait_desc');
    assert.deepEqual(waits, [['Sales', 'AVAILABILITY_REPLICA']]);
    const names = new Set(read(world, 'sqlServer', 'availability_replicas').map((row) => row.replica_server_name));
    assert.ok(names.has('SQL-PROD-02'));
  });

  it('waits for a log backup', () => {
    const sales = read(simulate('log-backup-missing'), 'sqlServer', 'databases').find((row) => row.name === 'Sales');
    assert.deepEqual([sales?.log_reuse_wait, sales?.log_reuse_wait_desc], [2, 'LOG_BACKUP']);
  });
});
