import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from '../../../src/simulator/scenario/index.ts';
import { ofDistributedGroup, pick, read, simulate } from '../world/simulated.ts';

const replicaStates = 'dm_hadr_availability_replica_states';

describe('servers that are not of the ordinary kind', () => {
  it('are forwarder of an ordinary distributed group whose other end is elsewhere', () => {
    const world = simulate('ordinary-group');
    const groups = read(world, 'sqlServer', 'availability_groups');
    assert.deepEqual(pick(groups, 'name', 'is_distributed'), [
      ['AG_Sales', false],
      ['DAG_Sales', true],
      ['AG_Reports', false],
      ['DAG_Reports', true],
    ]);
    const reports = groups.find((row) => row.name === 'DAG_Reports')?.group_id;
    const ofReports = (view: string) => read(world, 'sqlServer', view).filter((row) => row.group_id === reports);
    assert.deepEqual(pick(ofReports(replicaStates), 'role_desc', 'connected_state_desc', 'is_local'), [
      ['SECONDARY', 'CONNECTED', true],
    ]);
    assert.deepEqual(pick(ofReports('availability_replicas'), 'replica_server_name', 'endpoint_url'), [
      ['AG_Reports', 'tcp://sql-prod-01.corp.example:5022'],
      ['AG_Reports_Far', 'tcp://sql-far-01.corp.example:5022'],
    ]);
    assert.equal(ofReports('dm_hadr_database_replica_states').length, 1);
  });

  it('show nothing of such a group on the managed instance, and no link more in the topology', () => {
    const world = simulate('ordinary-group');
    assert.equal(read(world, 'managedInstance', 'availability_groups').length, 2);
    const names = read(world, 'managedInstance', 'databases').map((row) => row.name);
    assert.equal(names.includes('Reports'), false);
    assert.deepEqual(
      world.topology.links.map(({ name }) => name),
      ['DAG_Sales'],
    );
  });

  it('have two databases whose names differ in case only, one of them in no group', () => {
    const world = simulate('case-sensitive');
    const named = read(world, 'sqlServer', 'databases').filter((row) => /^sales$/i.test(String(row.name)));
    assert.deepEqual(pick(named, 'name', 'state_desc', 'collation_name'), [
      ['Sales', 'ONLINE', 'SQL_Latin1_General_CP1_CS_AS'],
      ['sales', 'ONLINE', 'SQL_Latin1_General_CP1_CS_AS'],
    ]);
    assert.deepEqual(
      named.map((row) => row.group_database_id !== null),
      [true, false],
    );
    assert.deepEqual(
      world.topology.links[0]?.databases.map(({ name }) => name),
      ['Sales', 'sales'],
    );
  });

  it('are of a version from which a failover is one way, or updated in a way that leads back to none', () => {
    const { sqlServer, managedInstance } = simulate('one-way-version').topology.servers;
    assert.deepEqual([sqlServer.version.major, managedInstance.productUpdateType], [15, 'CU']);
    assert.equal(simulate('always-up-to-date').topology.servers.managedInstance.productUpdateType, 'Continuous');
  });

  it('store different modes of commit for one distributed group', () => {
    const world = simulate('commit-modes-differ');
    const modes = (end: 'sqlServer' | 'managedInstance') =>
      pick(ofDistributedGroup(world, end, 'availability_replicas'), 'availability_mode_desc').flat();
    assert.deepEqual(modes('sqlServer'), Array(2).fill('SYNCHRONOUS_COMMIT'));
    assert.deepEqual(modes('managedInstance'), Array(2).fill('ASYNCHRONOUS_COMMIT'));
  });
});

describe('endpoints', () => {
  const cases: readonly (readonly [Scenario, readonly unknown[]])[] = [
    ['healthy', ['STARTED', 4, 'CERTIFICATE', true, 'AES', 256, 5022, null]],
    ['endpoint-stopped', ['STOPPED', 4, 'CERTIFICATE', true, 'AES', 256, 5022, null]],
    ['endpoint-encryption-differs', ['STARTED', 4, 'CERTIFICATE', true, 'RC4', 256, 5022, null]],
    ['endpoint-unencrypted', ['STARTED', 4, 'CERTIFICATE', false, 'NONE', 256, 5022, null]],
    ['endpoint-windows-only', ['STARTED', 3, 'NEGOTIATE', true, 'AES', 0, 5022, null]],
    ['endpoint-elsewhere', ['STARTED', 4, 'CERTIFICATE', true, 'AES', 256, 5024, '10.0.0.5']],
  ];
  for (const [scenario, expected] of cases) {
    it(scenario, () => {
      const world = simulate(scenario);
      const [endpoint] = read(world, 'sqlServer', 'database_mirroring_endpoints');
      const address = read(world, 'sqlServer', 'tcp_endpoints').find((row) => row.name === endpoint?.name);
      const settings = ['state_desc', 'connection_auth', 'connection_auth_desc', 'is_encryption_enabled'];
      assert.deepEqual(
        [
          ...settings.map((name) => endpoint?.[name]),
          endpoint?.encryption_algorithm_desc,
          endpoint?.certificate_id,
          address?.port,
          address?.ip_address,
        ],
        expected,
      );
      const [other] = read(world, 'managedInstance', 'database_mirroring_endpoints');
      assert.deepEqual([other?.state_desc, other?.encryption_algorithm_desc], ['STARTED', 'AES']);
    });
  }
});

describe('certificates', () => {
  const names = (scenario: Scenario) => read(simulate(scenario), 'sqlServer', 'certificates').map((row) => row.name);

  it('may be hidden from the login, though the endpoint names one', () => {
    assert.equal(names('healthy')[0], 'Cert_sql-prod-01_endpoint');
    assert.equal(names('certificate-hidden').includes('Cert_sql-prod-01_endpoint'), false);
    const [endpoint] = read(simulate('certificate-hidden'), 'sqlServer', 'database_mirroring_endpoints');
    assert.equal(endpoint?.certificate_id, 256);
  });

  it('may sign modules: self-signed, without a private key, over a month ago', () => {
    const rows = read(simulate('certificate-module-signing'), 'sqlServer', 'certificates');
    const signing = rows.find((row) => row.name === 'Sign_Maintenance');
    assert.deepEqual([signing?.pvt_key_encryption_type, signing?.principal_id], ['NA', 1]);
    assert.equal(signing?.subject, signing?.issuer_name);
    assert.equal(signing?.expiry_date, '2026-10-22T10:00:00.000');
  });

  it("may begin in the future by the server's distance from UTC", () => {
    const [own] = read(simulate('certificate-not-yet-valid'), 'sqlServer', 'certificates');
    assert.equal(own?.start_date, '2026-11-21T11:50:00.000');
  });
});
