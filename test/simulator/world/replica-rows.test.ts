import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import { ofDistributedGroup, pick, read, simulate } from './simulated.ts';

const replicaStates = 'dm_hadr_availability_replica_states';

/** What the distributed group's rows of an end say: local or not, role, connection, health, operational state, recovery health. */
type ReplicaRow = readonly [boolean, string, string, string, string | null, string | null];

const local = (role: string, connected = 'CONNECTED', health = 'HEALTHY'): ReplicaRow => [
  true,
  role,
  connected,
  health,
  'ONLINE',
  'ONLINE',
];
const partner = (connected: string, health: string): ReplicaRow => [false, 'SECONDARY', connected, health, null, null];

const replicaCases: readonly {
  readonly scenario: Scenario;
  readonly sqlServer: readonly ReplicaRow[];
  readonly managedInstance: readonly ReplicaRow[];
}[] = [
  {
    scenario: 'healthy',
    sqlServer: [local('PRIMARY'), partner('CONNECTED', 'HEALTHY')],
    managedInstance: [local('SECONDARY')],
  },
  {
    scenario: 'seeding',
    sqlServer: [local('PRIMARY'), partner('CONNECTED', 'NOT_HEALTHY')],
    managedInstance: [local('SECONDARY', 'CONNECTED', 'NOT_HEALTHY')],
  },
  {
    scenario: 'seeding-failed',
    sqlServer: [local('PRIMARY'), partner('CONNECTED', 'NOT_HEALTHY')],
    managedInstance: [local('SECONDARY', 'CONNECTED', 'NOT_HEALTHY')],
  },
  {
    scenario: 'not-healthy',
    sqlServer: [local('PRIMARY'), partner('CONNECTED', 'NOT_HEALTHY')],
    managedInstance: [local('SECONDARY', 'CONNECTED', 'NOT_HEALTHY')],
  },
  {
    scenario: 'disconnected',
    sqlServer: [local('PRIMARY'), partner('DISCONNECTED', 'NOT_HEALTHY')],
    managedInstance: [local('SECONDARY', 'DISCONNECTED', 'NOT_HEALTHY')],
  },
  {
    scenario: 'suspended',
    sqlServer: [local('PRIMARY'), partner('CONNECTED', 'NOT_HEALTHY')],
    managedInstance: [local('SECONDARY', 'CONNECTED', 'NOT_HEALTHY')],
  },
  {
    scenario: 'split-brain',
    sqlServer: [local('PRIMARY'), partner('DISCONNECTED', 'NOT_HEALTHY')],
    managedInstance: [local('PRIMARY'), partner('DISCONNECTED', 'NOT_HEALTHY')],
  },
  { scenario: 'no-primary', sqlServer: [local('SECONDARY')], managedInstance: [local('SECONDARY')] },
  {
    scenario: 'certificate-expiring',
    sqlServer: [local('PRIMARY'), partner('CONNECTED', 'HEALTHY')],
    managedInstance: [local('SECONDARY')],
  },
  {
    scenario: 'seeding-retried',
    sqlServer: [local('PRIMARY'), partner('CONNECTED', 'HEALTHY')],
    managedInstance: [local('SECONDARY')],
  },
  {
    scenario: 'failover-ready',
    sqlServer: [local('PRIMARY'), partner('CONNECTED', 'HEALTHY')],
    managedInstance: [local('SECONDARY')],
  },
  { scenario: 'vanished', sqlServer: [], managedInstance: [] },
];

describe('replica states by scenario', () => {
  for (const { scenario, ...expected } of replicaCases) {
    for (const end of ['sqlServer', 'managedInstance'] as const) {
      it(`${scenario}, ${end}`, () => {
        const rows = ofDistributedGroup(simulate(scenario), end, replicaStates);
        const columns = ['is_local', 'role_desc', 'connected_state_desc', 'synchronization_health_desc'] as const;
        assert.deepEqual(pick(rows, ...columns, 'operational_state_desc', 'recovery_health_desc'), expected[end]);
      });
    }
  }

  it('shows a forwarder as PRIMARY of its own group and SECONDARY of the distributed one', () => {
    const world = simulate('healthy');
    const rows = read(world, 'managedInstance', replicaStates);
    assert.deepEqual(pick(rows, 'group_id', 'role_desc', 'is_local'), [
      [world.topology.links[0]?.members.managedInstance.groupId, 'PRIMARY', true],
      [world.topology.links[0]?.groupIds.managedInstance, 'SECONDARY', true],
    ]);
  });

  it('keeps the last connection error, in local time, on the partner row of the primary and on the row of the secondary', () => {
    const world = simulate('disconnected', { seconds: 0 });
    const columns = ['is_local', 'last_connect_error_number', 'last_connect_error_timestamp'] as const;
    assert.deepEqual(pick(ofDistributedGroup(world, 'sqlServer', replicaStates), ...columns), [
      [true, null, null],
      [false, 35_206, '2026-11-21T11:55:00.000'],
    ]);
    assert.deepEqual(pick(ofDistributedGroup(world, 'managedInstance', replicaStates), ...columns), [
      [true, 35_206, '2026-11-21T09:55:00.000'],
    ]);
  });

  it('shows an old error on a link that is connected again', () => {
    const [, remote] = ofDistributedGroup(simulate('not-healthy'), 'sqlServer', replicaStates);
    assert.equal(remote?.connected_state_desc, 'CONNECTED');
    assert.equal(remote?.last_connect_error_number, 11_001);
    assert.match(String(remote?.last_connect_error_description), /No such host is known/);
  });
});
