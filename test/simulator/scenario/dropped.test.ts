import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import { type EndName, endNames } from '../../../src/simulator/world/topology.ts';
import { ofDistributedGroup, pick, read, simulate } from '../world/simulated.ts';

const replicaStates = 'dm_hadr_availability_replica_states';

/** Of an end: the role of its member and the connection that it shows, null without a group; and the state of the database. */
type Shown = readonly [role: string | null, connected: string | null, database: string | null];

const cases: readonly ({ readonly scenario: Scenario } & Readonly<Record<EndName, Shown>>)[] = [
  {
    scenario: 'vanished',
    sqlServer: [null, null, 'ONLINE'],
    managedInstance: [null, null, 'ONLINE'],
  },
  {
    scenario: 'dropped-at-primary',
    sqlServer: [null, null, 'ONLINE'],
    managedInstance: ['SECONDARY', 'DISCONNECTED', 'ONLINE'],
  },
  {
    scenario: 'dropped-at-secondary',
    sqlServer: ['PRIMARY', 'DISCONNECTED', 'ONLINE'],
    managedInstance: [null, null, 'ONLINE'],
  },
  {
    scenario: 'dropped-at-primary-instance',
    sqlServer: ['SECONDARY', 'DISCONNECTED', 'ONLINE'],
    managedInstance: [null, null, 'ONLINE'],
  },
  {
    scenario: 'dropped-at-secondary-server',
    sqlServer: [null, null, 'RESTORING'],
    managedInstance: ['PRIMARY', 'DISCONNECTED', 'ONLINE'],
  },
  {
    scenario: 'dropped-nobody-serves',
    sqlServer: [null, null, 'RESTORING'],
    managedInstance: [null, null, 'RESTORING'],
  },
  {
    scenario: 'creation-failed',
    sqlServer: ['PRIMARY', 'DISCONNECTED', 'ONLINE'],
    managedInstance: [null, null, null],
  },
  {
    scenario: 'build-too-old',
    sqlServer: ['PRIMARY', 'DISCONNECTED', 'ONLINE'],
    managedInstance: [null, null, null],
  },
];

function shown(scenario: Scenario, end: EndName): Shown {
  const world = simulate(scenario);
  const rows = ofDistributedGroup(world, end, replicaStates);
  const database = read(world, end, 'databases').find((row) => row.name === 'Sales');
  const text = (value: unknown): string | null => (value === undefined ? null : String(value));
  return [text(rows[0]?.role_desc), text(rows.at(-1)?.connected_state_desc), text(database?.state_desc)];
}

describe('a link that an end does not have', () => {
  for (const { scenario, ...expected } of cases) {
    for (const end of endNames) {
      it(`${scenario}, ${end}`, () => assert.deepEqual(shown(scenario, end), expected[end]));
    }
  }

  it('leaves the database in no group where it was dropped, and nothing of the groups', () => {
    const world = simulate('dropped-at-primary');
    const views = ['availability_groups', 'availability_replicas', 'dm_hadr_database_replica_states'];
    for (const view of views) assert.deepEqual(read(world, 'sqlServer', view), [], view);
    const sales = read(world, 'sqlServer', 'databases').filter((row) => row.name === 'Sales');
    assert.deepEqual(pick(sales, 'replica_id', 'group_database_id', 'log_reuse_wait_desc'), [[null, null, 'NOTHING']]);
    assert.equal(read(world, 'managedInstance', 'availability_groups').length, 2);
  });

  it("holds the primary's log while the other end is gone", () => {
    const sales = read(simulate('dropped-at-secondary'), 'sqlServer', 'databases').find((row) => row.name === 'Sales');
    assert.equal(sales?.log_reuse_wait_desc, 'AVAILABILITY_REPLICA');
  });

  it('keeps the certificate of SQL Server on the managed instance after a creation that failed', () => {
    const names = read(simulate('creation-failed'), 'managedInstance', 'certificates').map((row) => row.name);
    assert.ok(names.includes('Cert_sql-prod-01_endpoint'));
  });

  it('may have been refused for an address without the name of the instance, or for the build', () => {
    const world = simulate('address-without-server');
    const urls = ofDistributedGroup(world, 'sqlServer', 'availability_replicas').map((row) => row.endpoint_url);
    assert.ok(urls.includes('tcp://mi-prod.0123abcd.database.windows.net:5022'));
    const { servers, sqlServerNodes } = simulate('build-too-old').topology;
    assert.equal(servers.sqlServer.productVersion, '14.0.3485.1');
    assert.deepEqual(sqlServerNodes, [servers.sqlServer]);
  });
});
