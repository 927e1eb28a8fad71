import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tables } from '../../../src/simulator/catalog/index.ts';
import { tablesOf } from '../../../src/simulator/catalog/version.ts';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import { rowsOf } from '../../../src/simulator/world/rows/index.ts';
import type { World } from '../../../src/simulator/world/state.ts';
import { type EndName, endNames } from '../../../src/simulator/world/topology.ts';
import { pick, read, simulate } from './simulated.ts';
import { flawsOf } from './well-formed.ts';

const replicaStates = 'dm_hadr_availability_replica_states';
const databaseStates = 'dm_hadr_database_replica_states';

const multi = (scenario: Scenario = 'healthy'): World =>
  simulate(scenario, { topology: { linkMode: 'multi', databases: 3 } });

const groupIds = (world: World, end: EndName, view: string): Set<unknown> =>
  new Set(read(world, end, view).map((row) => row.group_id));

describe('a link of several databases', () => {
  for (const end of endNames) {
    it(`hides a group for each database from sys.availability_groups of ${end}, not from its replicas' states`, () => {
      const world = multi();
      const named = groupIds(world, end, 'availability_groups');
      const hidden = groupIds(world, end, 'dm_hadr_internal_availability_groups');
      assert.equal(hidden.size, 3);
      assert.deepEqual(groupIds(world, end, replicaStates), new Set([...named, ...hidden]));
      assert.ok([...named].every((id) => !hidden.has(id)));
      const internal = read(world, end, replicaStates).filter((row) => row.is_internal === true);
      assert.deepEqual(new Set(internal.map((row) => row.group_id)), hidden);
      const replicas = read(world, end, 'dm_hadr_internal_availability_replicas').map((row) => row.replica_id);
      assert.ok(internal.every((row) => replicas.includes(row.replica_id)));
    });
  }

  it('moves each database in its hidden group, and keeps it in the local group that has a name', () => {
    const world = multi();
    const rows = read(world, 'sqlServer', databaseStates);
    const named = groupIds(world, 'sqlServer', 'availability_groups');
    assert.equal(rows.length, 9);
    for (const id of new Set(rows.map((row) => row.group_database_id))) {
      const own = rows.filter((row) => row.group_database_id === id);
      assert.deepEqual(
        own.map((row) => [named.has(row.group_id), row.is_internal, row.is_local]),
        [
          [true, false, true],
          [false, true, true],
          [false, true, false],
        ],
      );
    }
  });

  it('gives each hidden group the health of its own database', () => {
    const world = multi('not-healthy');
    const remote = read(world, 'sqlServer', replicaStates).filter((row) => row.is_local === false);
    assert.deepEqual(pick(remote, 'is_internal', 'synchronization_health_desc'), [
      [false, 'NOT_HEALTHY'],
      [true, 'NOT_HEALTHY'],
      [true, 'HEALTHY'],
      [true, 'HEALTHY'],
    ]);
  });

  it('gives rows of the declared types', () => {
    for (const scenario of ['seeding', 'split-brain', 'vanished'] as const) {
      for (const end of endNames) {
        for (const { name } of tables) {
          assert.deepEqual(
            rowsOf(multi(scenario), end, name).flatMap((row) => flawsOf(name, row)),
            [],
          );
        }
      }
    }
  });

  it('seeds in the hidden groups', () => {
    const world = multi('seeding');
    const seeded = new Set(read(world, 'managedInstance', 'dm_hadr_automatic_seeding').map((row) => row.ag_id));
    assert.deepEqual(seeded, groupIds(world, 'managedInstance', 'dm_hadr_internal_availability_groups'));
  });

  it('needs SQL Server 2022; an ordinary link hides nothing there', () => {
    assert.throws(
      () => simulate('healthy', { topology: { linkMode: 'multi', sqlServerMajor: 15 } }),
      /SQL Server 2022/,
    );
    assert.equal(read(simulate('healthy'), 'sqlServer', 'dm_hadr_internal_availability_groups').length, 0);
    const has = (major: number): boolean =>
      tablesOf({ managedInstance: false, major }, tables).has('dm_hadr_internal_availability_groups');
    assert.deepEqual([15, 16].map(has), [false, true]);
  });
});
