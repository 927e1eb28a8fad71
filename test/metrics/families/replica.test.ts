import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { replicaFamilies } from '../../../src/metrics/families/replica.ts';
import type { ServerState } from '../../../src/model/server-state.ts';
import { failedServer, guid, managedInstance, now, sqlServer } from '../../link/server-state.ts';
import { seriesOf, stateOf } from '../series.ts';

const ids = 'server="sql-prod-01",link="DAG_Sales",managed_instance="mi-prod"';
const miIds = 'server="mi-prod",link="DAG_Sales",managed_instance="mi-prod"';

function ofServers(servers: readonly ServerState[], name: string): readonly string[] {
  return seriesOf(replicaFamilies, stateOf(servers), name);
}

test('each end has its own role; the other roles read 0', () => {
  assert.deepEqual(ofServers([sqlServer(), managedInstance()], 'milink_replica_role'), [
    `milink_replica_role{${ids},role="RESOLVING"} 0`,
    `milink_replica_role{${ids},role="PRIMARY"} 1`,
    `milink_replica_role{${ids},role="SECONDARY"} 0`,
    `milink_replica_role{${miIds},role="RESOLVING"} 0`,
    `milink_replica_role{${miIds},role="PRIMARY"} 0`,
    `milink_replica_role{${miIds},role="SECONDARY"} 1`,
  ]);
});

test('a split brain can be counted from the roles alone', () => {
  const roles = ofServers([sqlServer(), managedInstance({ role: 'PRIMARY' })], 'milink_replica_role');
  assert.equal(roles.filter((line) => line.includes('role="PRIMARY"') && line.endsWith(' 1')).length, 2);
});

test('two pairs with one DAG name stay apart by their managed instance', () => {
  const servers = [sqlServer(), sqlServer({ managedInstance: 'mi-other' }, { state: { name: 'sql-other' } })];
  const primaries = ofServers(servers, 'milink_replica_role').filter((line) => line.endsWith('role="PRIMARY"} 1'));
  assert.deepEqual(primaries, [
    'milink_replica_role{server="sql-other",link="DAG_Sales",managed_instance="mi-other",role="PRIMARY"} 1',
    `milink_replica_role{${ids},role="PRIMARY"} 1`,
  ]);
});

test('a state that is not documented is one series more', () => {
  assert.deepEqual(ofServers([sqlServer({ role: 'COPILOT' })], 'milink_replica_role').slice(-2), [
    `milink_replica_role{${ids},role="SECONDARY"} 0`,
    `milink_replica_role{${ids},role="COPILOT"} 1`,
  ]);
});

test('the operational state is that of the own row', () => {
  const server = sqlServer({ local: { operationalState: 'FAILED_NO_QUORUM' } });
  assert.deepEqual(ofServers([server], 'milink_replica_operational_state'), [
    `milink_replica_operational_state{${ids},state="PENDING_FAILOVER"} 0`,
    `milink_replica_operational_state{${ids},state="PENDING"} 0`,
    `milink_replica_operational_state{${ids},state="ONLINE"} 0`,
    `milink_replica_operational_state{${ids},state="OFFLINE"} 0`,
    `milink_replica_operational_state{${ids},state="FAILED"} 0`,
    `milink_replica_operational_state{${ids},state="FAILED_NO_QUORUM"} 1`,
  ]);
});

test('health is said of the own row and, at a primary, of the partner', () => {
  const servers = [
    sqlServer({ partner: { synchronizationHealth: 'NOT_HEALTHY' } }),
    managedInstance({ local: { synchronizationHealth: null } }),
  ];
  assert.deepEqual(ofServers(servers, 'milink_replica_synchronization_health'), [
    `milink_replica_synchronization_health{${ids},replica="local",health="NOT_HEALTHY"} 0`,
    `milink_replica_synchronization_health{${ids},replica="local",health="PARTIALLY_HEALTHY"} 0`,
    `milink_replica_synchronization_health{${ids},replica="local",health="HEALTHY"} 1`,
    `milink_replica_synchronization_health{${ids},replica="partner",health="NOT_HEALTHY"} 1`,
    `milink_replica_synchronization_health{${ids},replica="partner",health="PARTIALLY_HEALTHY"} 0`,
    `milink_replica_synchronization_health{${ids},replica="partner",health="HEALTHY"} 0`,
  ]);
});

describe('connected', () => {
  const cases: readonly [string | null, readonly string[]][] = [
    ['CONNECTED', [`milink_replica_connected{${ids},replica="partner"} 1`]],
    ['DISCONNECTED', [`milink_replica_connected{${ids},replica="partner"} 0`]],
    [null, []],
    ['SOMETHING_NEW', []],
  ];
  for (const [connectedState, expected] of cases) {
    test(`${connectedState}`, () => {
      const server = sqlServer({ local: { connectedState: null }, partner: { connectedState } });
      assert.deepEqual(ofServers([server], 'milink_replica_connected'), expected);
    });
  }
});

test('the last connection error has its number as a label and its time as the value', () => {
  const partner = { lastConnectErrorNumber: 10_061, lastConnectErrorTimestampSeconds: now - 5 };
  const local = { lastConnectErrorNumber: 35_250, lastConnectErrorTimestampSeconds: null };
  assert.deepEqual(ofServers([sqlServer({ local, partner })], 'milink_replica_last_connect_error_timestamp_seconds'), [
    `milink_replica_last_connect_error_timestamp_seconds{${ids},replica="partner",error="10061"} ${now - 5}`,
  ]);
});

test('NULL in every nullable column is no series, whatever the family', () => {
  const unsaid = {
    role: null,
    operationalState: null,
    connectedState: null,
    recoveryHealth: null,
    synchronizationHealth: null,
  };
  const server = sqlServer({ role: null, local: unsaid, partner: unsaid }, { views: { availability_replicas: [] } });
  assert.deepEqual(seriesOf(replicaFamilies, stateOf([server])), []);
});

test('both members are shown as the catalog configures them', () => {
  const info = ofServers([sqlServer()], 'milink_replica_info');
  const modes = 'availability_mode="ASYNCHRONOUS_COMMIT",failover_mode="MANUAL",seeding_mode="AUTOMATIC"';
  assert.deepEqual(info, [
    `milink_replica_info{${ids},replica="local",member="AG_Sales",${modes}} 1`,
    `milink_replica_info{${ids},replica="partner",member="AG_Sales_MI",${modes}} 1`,
  ]);
});

test('a server that can not be polled takes its own series along', () => {
  const servers = [failedServer('sql-prod-01', { host: 'sql01.corp.example' }), managedInstance()];
  const series = seriesOf(replicaFamilies, stateOf(servers));
  assert.ok(series.length > 0);
  assert.deepEqual(
    series.filter((line) => line.includes('server="sql-prod-01"')),
    [],
  );
});

test('role changes are counted by the new role, all roles from 0 on', () => {
  const name = 'milink_replica_role_changes_total';
  const changes = new Map([
    ['PRIMARY', 2],
    ['OBSERVER', 1],
  ]);
  const history = {
    roles: new Map([[guid('DAG_Sales@mi-prod'), { role: 'PRIMARY', changes }]]),
    groups: new Map(),
    transfers: new Map(),
    copies: new Map(),
    logs: new Map(),
  };
  assert.deepEqual(seriesOf(replicaFamilies, stateOf([sqlServer({}, { state: { history } })]), name), [
    `${name}{${ids},role="RESOLVING"} 0`,
    `${name}{${ids},role="PRIMARY"} 2`,
    `${name}{${ids},role="SECONDARY"} 0`,
    `${name}{${ids},role="OBSERVER"} 1`,
  ]);
  assert.deepEqual(seriesOf(replicaFamilies, stateOf([sqlServer()]), name), []);
});
