import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tables } from '../../../src/simulator/catalog/index.ts';
import type { Row } from '../../../src/simulator/row.ts';
import { rowsOf } from '../../../src/simulator/world/rows/index.ts';
import type { World } from '../../../src/simulator/world/state.ts';
import { ask, withPair } from '../pair-client.ts';
import { pick, simulate } from './simulated.ts';
import { flawsOf } from './well-formed.ts';

const replicaStates = 'dm_hadr_availability_replica_states';
const rolesQuery = `SELECT groups.name, states.role_desc, states.is_local FROM sys.${replicaStates} AS states
  JOIN sys.availability_groups AS groups ON groups.group_id = states.group_id ORDER BY groups.name, states.is_local DESC`;

function twoNodes(primaryNode: number): World {
  return simulate('healthy', { topology: { sqlServerNodes: 2, databases: 2 }, options: { primaryNode } });
}

const onNode = (world: World, view: string, node: number): readonly Row[] => rowsOf(world, 'sqlServer', view, { node });

describe('several nodes of the local group', () => {
  it('show the distributed group on the node that is primary of the local one, and move it with a failover', () =>
    withPair({ sqlServerNodes: 2 }, async (pair) => {
      const [first, second] = pair.nodes;
      assert.ok(first !== undefined && second !== undefined && first === pair.sqlServer);
      const primary = [
        { name: 'AG_Sales', role_desc: 'PRIMARY', is_local: true },
        { name: 'AG_Sales', role_desc: 'SECONDARY', is_local: false },
        { name: 'DAG_Sales', role_desc: 'PRIMARY', is_local: true },
        { name: 'DAG_Sales', role_desc: 'SECONDARY', is_local: false },
      ];
      const secondary = [{ name: 'AG_Sales', role_desc: 'SECONDARY', is_local: true }];
      assert.deepEqual(await ask(pair, first, rolesQuery), primary);
      assert.deepEqual(await ask(pair, second, rolesQuery), secondary);
      pair.setWorldOptions({ primaryNode: 1 });
      assert.deepEqual(await ask(pair, first, rolesQuery), secondary);
      assert.deepEqual(await ask(pair, second, rolesQuery), primary);
      const names = await Promise.all(
        pair.nodes.map(async (node) => (await ask(pair, node, 'SELECT @@SERVERNAME AS name'))[0]?.name),
      );
      assert.deepEqual(names, ['SQL-PROD-01', 'SQL-PROD-02']);
    }));

  it('have the same ids of groups, replicas and databases on every node', () => {
    const world = twoNodes(0);
    const ids = (view: string, column: string, node: number): Set<unknown> =>
      new Set(onNode(world, view, node).map((row) => row[column]));
    const local = [...ids('availability_replicas', 'replica_id', 1)];
    assert.equal(local.length, 2);
    assert.ok(local.every((id) => ids('availability_replicas', 'replica_id', 0).has(id)));
    assert.deepEqual(
      ids('dm_hadr_database_replica_states', 'group_database_id', 1),
      ids('dm_hadr_database_replica_states', 'group_database_id', 0),
    );
    assert.deepEqual(pick(onNode(world, 'dm_hadr_availability_group_states', 1), 'primary_replica'), [['SQL-PROD-01']]);
  });

  it('show a database of the distributed group on one node only', () => {
    for (const primaryNode of [0, 1]) {
      const world = twoNodes(primaryNode);
      const groupId = world.topology.links[0]?.groupIds.sqlServer;
      for (const node of [0, 1]) {
        const rows = onNode(world, 'dm_hadr_database_replica_states', node);
        assert.equal(rows.filter((row) => row.group_id === groupId).length, node === primaryNode ? 4 : 0);
        const views = ['dm_hadr_automatic_seeding', 'availability_groups'];
        assert.deepEqual(
          views.map((view) => onNode(world, view, node).length),
          node === primaryNode ? [2, 2] : [0, 1],
        );
      }
    }
  });

  it('give rows of the declared types', () => {
    for (const primaryNode of [0, 1]) {
      for (const node of [0, 1]) {
        for (const { name } of tables) {
          assert.deepEqual(
            onNode(twoNodes(primaryNode), name, node).flatMap((row) => flawsOf(name, row)),
            [],
          );
        }
      }
    }
  });

  it('change nothing on the managed instance but the machine that it seeds from', () => {
    const world = simulate('seeding', { topology: { sqlServerNodes: 2 }, options: { primaryNode: 1 } });
    const [seeding] = rowsOf(world, 'managedInstance', 'dm_hadr_physical_seeding_stats');
    assert.equal(seeding?.remote_machine_name, 'sql-prod-02.corp.example');
    assert.equal(rowsOf(world, 'managedInstance', replicaStates).length, 2);
  });
});
