import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import { texts } from '../../../src/simulator/world/codes.ts';
import { endNames } from '../../../src/simulator/world/topology.ts';
import { ofDistributedGroup, pick, read, simulate } from '../world/simulated.ts';

const states = 'dm_hadr_database_replica_states';

describe('suspension', () => {
  for (const [code, suspendReason] of texts.suspend_reason.entries()) {
    it(`${suspendReason} is shown by both ends, with a lag that grows on the primary`, () => {
      const world = simulate('suspended', { options: { suspendReason } });
      for (const end of endNames) {
        const copy = ofDistributedGroup(world, end, states).at(-1);
        assert.deepEqual(
          [copy?.is_suspended, copy?.suspend_reason, copy?.suspend_reason_desc],
          [true, code, suspendReason],
        );
        assert.equal(copy?.secondary_lag_seconds, end === 'sqlServer' ? 360n : null);
        const later = ofDistributedGroup(
          simulate('suspended', { seconds: 90, options: { suspendReason } }),
          end,
          states,
        );
        assert.equal(later.at(-1)?.secondary_lag_seconds, end === 'sqlServer' ? 390n : null);
      }
    });
  }
});

describe('history of seeding attempts', () => {
  const cases: readonly (readonly [Scenario, readonly (readonly [string, boolean])[], running: number])[] = [
    ['healthy', [['COMPLETED', true]], 0],
    [
      'seeding-retried',
      [
        ['FAILED', true],
        ['COMPLETED', true],
      ],
      0,
    ],
    [
      'seeding-refused',
      [
        ['FAILED', false],
        ['FAILED', false],
      ],
      0,
    ],
    ['seeding-stalled', [['SEEDING', true]], 1],
  ];
  for (const [scenario, attempts, running] of cases) {
    it(`${scenario}: ${attempts.map(([state]) => state).join(', ')}, and ${running} in the physical statistics`, () => {
      const world = simulate(scenario);
      for (const end of endNames) {
        assert.deepEqual(
          pick(read(world, end, 'dm_hadr_automatic_seeding'), 'current_state', 'performed_seeding'),
          attempts,
        );
        assert.equal(read(world, end, 'dm_hadr_physical_seeding_stats').length, running);
      }
    });
  }

  it('leaves no database on the target of an attempt that copied nothing', () => {
    const names = (scenario: Scenario): readonly unknown[] =>
      pick(read(simulate(scenario), 'managedInstance', 'databases'), 'name').flat();
    assert.ok(!names('seeding-refused').includes('Sales'));
    assert.ok(names('seeding-failed').includes('Sales'));
  });

  it('moves bytes while it runs, and none while it is stalled', () => {
    const bytes = (scenario: Scenario, seconds: number): unknown =>
      read(simulate(scenario, { seconds }), 'sqlServer', 'dm_hadr_physical_seeding_stats')[0]?.transferred_size_bytes;
    assert.equal(bytes('seeding-stalled', 0), bytes('seeding-stalled', 600));
    assert.notEqual(bytes('seeding', 0), bytes('seeding', 600));
  });

  it('names the database on the managed instance by a GUID, or as it is told to, and on SQL Server by its name', () => {
    const [database] = simulate('seeding').topology.links[0]?.databases ?? [];
    const expected = [
      ['physical name', database?.physicalNames.managedInstance],
      ['group id', database?.groupDatabaseId],
      ['name', 'Sales'],
    ] as const;
    for (const [databaseNaming, name] of expected) {
      const world = simulate('seeding', { options: { databaseNaming } });
      assert.deepEqual(
        endNames.map((end) => read(world, end, 'dm_hadr_physical_seeding_stats')[0]?.local_database_name),
        ['Sales', name],
      );
    }
  });
});
