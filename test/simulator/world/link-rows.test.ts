import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import type { EndName } from '../../../src/simulator/world/topology.ts';
import { ofDistributedGroup, pick, read, simulate } from './simulated.ts';

const replicaStates = 'dm_hadr_availability_replica_states';
const databaseStates = 'dm_hadr_database_replica_states';

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

describe('database states by scenario', () => {
  const cases: readonly {
    readonly scenario: Scenario;
    readonly end: EndName;
    readonly rows: readonly (readonly unknown[])[];
  }[] = [
    {
      scenario: 'healthy',
      end: 'sqlServer',
      rows: [
        [true, true, 'SYNCHRONIZING', 'HEALTHY', false, null, null],
        [false, false, 'SYNCHRONIZING', 'HEALTHY', false, null, 0n],
      ],
    },
    {
      scenario: 'healthy',
      end: 'managedInstance',
      rows: [[true, false, 'SYNCHRONIZING', 'HEALTHY', false, null, null]],
    },
    {
      scenario: 'seeding',
      end: 'sqlServer',
      rows: [[true, true, 'SYNCHRONIZING', 'HEALTHY', false, null, null]],
    },
    { scenario: 'seeding', end: 'managedInstance', rows: [] },
    {
      scenario: 'suspended',
      end: 'sqlServer',
      rows: [
        [true, true, 'SYNCHRONIZING', 'HEALTHY', false, null, null],
        [false, false, 'NOT SYNCHRONIZING', 'NOT_HEALTHY', true, 'SUSPEND_FROM_USER', 0n],
      ],
    },
    {
      scenario: 'suspended',
      end: 'managedInstance',
      rows: [[true, false, 'NOT SYNCHRONIZING', 'NOT_HEALTHY', true, 'SUSPEND_FROM_USER', null]],
    },
    {
      scenario: 'disconnected',
      end: 'sqlServer',
      rows: [
        [true, true, 'SYNCHRONIZING', 'HEALTHY', false, null, null],
        [false, false, 'NOT SYNCHRONIZING', 'NOT_HEALTHY', false, null, 360n],
      ],
    },
    {
      scenario: 'split-brain',
      end: 'managedInstance',
      rows: [
        [true, true, 'SYNCHRONIZING', 'HEALTHY', false, null, null],
        [false, false, 'NOT SYNCHRONIZING', 'NOT_HEALTHY', false, null, 420n],
      ],
    },
  ];
  for (const { scenario, end, rows } of cases) {
    it(`${scenario}, ${end}`, () => {
      const shown = ofDistributedGroup(simulate(scenario), end, databaseStates);
      assert.deepEqual(
        pick(
          shown,
          'is_local',
          'is_primary_replica',
          'synchronization_state_desc',
          'synchronization_health_desc',
          'is_suspended',
          'suspend_reason_desc',
          'secondary_lag_seconds',
        ),
        rows,
      );
    });
  }

  it('has no hardened LSN on the own row of an asynchronous primary', () => {
    const [own, remote] = ofDistributedGroup(simulate('healthy'), 'sqlServer', databaseStates);
    assert.equal(own?.last_hardened_lsn, null);
    assert.notEqual(own?.end_of_log_lsn, null);
    assert.notEqual(remote?.last_hardened_lsn, null);
  });

  it('shows the same hardened LSN of the copy on both ends, as numeric(25,0) text', () => {
    const world = simulate('no-primary');
    const hardened = (end: EndName): unknown => ofDistributedGroup(world, end, databaseStates)[0]?.last_hardened_lsn;
    assert.equal(hardened('sqlServer'), hardened('managedInstance'));
    assert.match(String(hardened('sqlServer')), /^\d{16,25}$/);
  });

  it('stamps a commit with the clock of the primary on both ends', () => {
    const world = simulate('healthy');
    const [, remote] = ofDistributedGroup(world, 'sqlServer', databaseStates);
    const [copy] = ofDistributedGroup(world, 'managedInstance', databaseStates);
    assert.equal(copy?.last_commit_time, remote?.last_commit_time);
    assert.equal(copy?.last_commit_time, '2026-11-21T12:00:59.500');
    assert.equal(copy?.last_hardened_time, '2026-11-21T10:00:59.750');
  });

  it('grows queues in KB and lag in seconds while the link is down', () => {
    const remoteAt = (seconds: number): Record<string, unknown> =>
      ofDistributedGroup(simulate('disconnected', { seconds }), 'sqlServer', databaseStates)[1] ?? {};
    const [before, after] = [remoteAt(10), remoteAt(20)];
    const rate = BigInt(String(before.log_send_rate));
    assert.equal(BigInt(String(after.log_send_queue_size)) - BigInt(String(before.log_send_queue_size)), rate * 10n);
    assert.equal(BigInt(String(after.secondary_lag_seconds)) - BigInt(String(before.secondary_lag_seconds)), 10n);
    assert.equal(after.last_hardened_lsn, before.last_hardened_lsn);
  });
});
