import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { World } from '../../../src/simulator/world/state.ts';
import type { EndName } from '../../../src/simulator/world/topology.ts';
import { ofDistributedGroup, pick, read, simulate } from '../world/simulated.ts';

const databaseStates = 'dm_hadr_database_replica_states';
const replicaStates = 'dm_hadr_availability_replica_states';

/** Names of the databases that an end shows in the distributed group's rows, local ones or the partner's. */
function databasesOf(world: World, end: EndName, isLocal: boolean): readonly unknown[] {
  const names = new Map(
    world.topology.links.flatMap((link) => link.databases).map(({ groupDatabaseId, name }) => [groupDatabaseId, name]),
  );
  return ofDistributedGroup(world, end, databaseStates)
    .filter((row) => row.is_local === isLocal)
    .map((row) => names.get(String(row.group_database_id)));
}

function databaseOf(world: World, end: EndName, name: string): readonly unknown[] {
  return pick(
    read(world, end, 'databases').filter((row) => row.name === name),
    'state_desc',
    'group_database_id',
  ).flat();
}

const two = { topology: { databases: 2 } };

describe('a database that one end has alone', () => {
  it('is in the groups of the primary and has no copy, and the partner stays healthy', () => {
    const world = simulate('database-not-copied', two);
    assert.deepEqual(databasesOf(world, 'sqlServer', true), ['Sales', 'Db001_2']);
    assert.deepEqual(databasesOf(world, 'sqlServer', false), ['Sales']);
    assert.deepEqual(databasesOf(world, 'managedInstance', true), ['Sales']);
    assert.deepEqual(databaseOf(world, 'managedInstance', 'Db001_2'), []);
    const [, partner] = ofDistributedGroup(world, 'sqlServer', replicaStates);
    assert.equal(partner?.synchronization_health_desc, 'HEALTHY');
  });

  it('waits in RESTORING at the secondary when its copy was taken out there', () => {
    const world = simulate('database-copy-removed', two);
    assert.deepEqual(databasesOf(world, 'sqlServer', true), ['Sales', 'Db001_2']);
    assert.deepEqual(databasesOf(world, 'sqlServer', false), ['Sales']);
    assert.deepEqual(databasesOf(world, 'managedInstance', true), ['Sales']);
    assert.deepEqual(databaseOf(world, 'managedInstance', 'Db001_2'), ['RESTORING', null]);
  });

  it('stays at the secondary as an orphan when it was taken out at the primary', () => {
    const world = simulate('database-orphaned', two);
    assert.deepEqual(databasesOf(world, 'sqlServer', true), ['Sales']);
    assert.deepEqual(databasesOf(world, 'managedInstance', true), ['Sales', 'Db001_2']);
    assert.deepEqual(databaseOf(world, 'sqlServer', 'Db001_2'), ['ONLINE', null]);
    const listed = (end: EndName): number => read(world, end, 'availability_databases_cluster').length;
    assert.deepEqual([listed('sqlServer'), listed('managedInstance')], [2, 4]);
  });
});

describe('a contained group', () => {
  it("has a master and an msdb of its own, in SQL Server's own group only", () => {
    const world = simulate('contained-group');
    const own = world.topology.links[0]?.members.sqlServer.groupId;
    const rows = read(world, 'sqlServer', 'availability_databases_cluster').filter((row) => row.group_id === own);
    assert.deepEqual(pick(rows, 'database_name'), [['Sales'], ['AG_Sales_master'], ['AG_Sales_msdb']]);
    assert.deepEqual(databasesOf(world, 'sqlServer', true), ['Sales']);
    assert.equal(databaseOf(world, 'sqlServer', 'AG_Sales_msdb')[0], 'ONLINE');
    assert.deepEqual(databaseOf(world, 'managedInstance', 'AG_Sales_msdb'), []);
    const contained = pick(read(world, 'sqlServer', 'availability_groups'), 'is_contained', 'is_distributed');
    assert.deepEqual(contained, [
      [true, false],
      [false, true],
    ]);
  });

  it('is not known before SQL Server 2022', () => {
    const names = read(simulate('contained-group', { topology: { sqlServerMajor: 15 } }), 'sqlServer', 'databases');
    assert.equal(
      names.some((row) => String(row.name).startsWith('AG_')),
      false,
    );
  });
});
