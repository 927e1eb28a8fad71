import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import { blockLsn } from '../../../src/simulator/world/log-sequence-number.ts';
import type { EndName } from '../../../src/simulator/world/topology.ts';
import { ofDistributedGroup, pick, simulate } from './simulated.ts';

const databaseStates = 'dm_hadr_database_replica_states';

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
        [false, false, 'NOT SYNCHRONIZING', 'NOT_HEALTHY', true, 'SUSPEND_FROM_USER', 360n],
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

  it('shows the same hardened LSN of the copy on both ends while none is primary, as numeric(25,0) text', () => {
    const hardened = (end: EndName, seconds: number): unknown =>
      ofDistributedGroup(simulate('no-primary', { seconds }), end, databaseStates)[0]?.last_hardened_lsn;
    assert.equal(hardened('sqlServer', 10), hardened('managedInstance', 20));
    assert.match(String(hardened('sqlServer', 10)), /^\d{16,25}$/);
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

  it('lets each end write a log of its own after a forced failover, from what both had', () => {
    const world = simulate('split-brain');
    const rows = (end: EndName): readonly Record<string, unknown>[] => ofDistributedGroup(world, end, databaseStates);
    const [ownOfSqlServer, knownToSqlServer] = rows('sqlServer');
    const [ownOfManaged, knownToManaged] = rows('managedInstance');
    assert.ok(BigInt(String(ownOfManaged?.end_of_log_lsn)) < BigInt(String(ownOfSqlServer?.end_of_log_lsn)));
    assert.ok(BigInt(String(ownOfManaged?.end_of_log_lsn)) > BigInt(String(knownToManaged?.end_of_log_lsn)));
    assert.equal(knownToManaged?.last_hardened_lsn, knownToSqlServer?.last_hardened_lsn);
  });

  it('writes on past the common log only what came after the failover', () => {
    const world = simulate('split-brain', { seconds: 0 });
    const [own] = ofDistributedGroup(world, 'managedInstance', databaseStates);
    const { logBaseBytes = 0, logBytesPerSecond = 0 } = world.topology.links[0]?.databases[0] ?? {};
    const commonBytes = logBaseBytes - 6 * 60 * logBytesPerSecond;
    assert.equal(own?.end_of_log_lsn, blockLsn(commonBytes + 5 * 60 * 0.6 * logBytesPerSecond));
  });
});
