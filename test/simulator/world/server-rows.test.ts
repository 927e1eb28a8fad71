import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ofDistributedGroup, pick, read, simulate } from './simulated.ts';

describe('groups and replicas', () => {
  it('lists both members with their endpoints on both ends', () => {
    const world = simulate('healthy');
    for (const end of ['sqlServer', 'managedInstance'] as const) {
      assert.deepEqual(
        pick(ofDistributedGroup(world, end, 'availability_replicas'), 'replica_server_name', 'endpoint_url'),
        [
          ['AG_Sales', 'tcp://sql-prod-01.corp.example:5022'],
          ['AG_Sales_MI', 'tcp://mi-prod.0123abcd.database.windows.net:5022;Server=[mi-prod]'],
        ],
      );
    }
  });

  it('dates only the local replica', () => {
    const rows = ofDistributedGroup(simulate('healthy'), 'managedInstance', 'availability_replicas');
    assert.deepEqual(pick(rows, 'create_date'), [[null], ['2026-10-31T10:00:00.000']]);
  });

  it('gives the distributed group one id on both ends, or two when asked', () => {
    const same = simulate('healthy').topology.links[0]?.groupIds;
    assert.equal(same?.sqlServer, same?.managedInstance);
    const different = simulate('healthy', { topology: { groupIdsDiffer: true } }).topology.links[0]?.groupIds;
    assert.notEqual(different?.sqlServer, different?.managedInstance);
  });

  it('names many links and databases', () => {
    const world = simulate('healthy', { topology: { links: 3, databases: 2 } });
    assert.deepEqual(
      world.topology.links.map(({ name, databases }) => [name, ...databases.map((database) => database.name)]),
      [
        ['DAG_Sales', 'Sales', 'Db001_2'],
        ['DAG_Link002', 'Db002_1', 'Db002_2'],
        ['DAG_Link003', 'Db003_1', 'Db003_2'],
      ],
    );
    const ids = read(world, 'sqlServer', 'databases').map((row) => row.database_id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('rolls the distributed group up as the end can see it', () => {
    const world = simulate('disconnected');
    const columns = ['primary_replica', 'primary_recovery_health', 'secondary_recovery_health'] as const;
    const health = 'synchronization_health_desc';
    assert.deepEqual(
      pick(ofDistributedGroup(world, 'sqlServer', 'dm_hadr_availability_group_states'), ...columns, health),
      [['AG_Sales', 1, null, 'PARTIALLY_HEALTHY']],
    );
    assert.deepEqual(
      pick(ofDistributedGroup(world, 'managedInstance', 'dm_hadr_availability_group_states'), ...columns, health),
      [['AG_Sales', null, 1, 'NOT_HEALTHY']],
    );
  });
});

describe('seeding', () => {
  it('moves bytes in UTC on both ends, and a managed instance names the database by a GUID', () => {
    const world = simulate('seeding', { seconds: 20 });
    const columns = ['role_desc', 'start_time_utc', 'failure_code', 'is_compression_enabled'] as const;
    const [source] = read(world, 'sqlServer', 'dm_hadr_physical_seeding_stats');
    const [destination] = read(world, 'managedInstance', 'dm_hadr_physical_seeding_stats');
    assert.deepEqual(pick([source ?? {}, destination ?? {}], ...columns), [
      ['Source', '2026-11-21T09:52:00.000', null, true],
      ['Destination', '2026-11-21T09:52:00.000', null, true],
    ]);
    assert.equal(source?.local_physical_seeding_id, destination?.remote_physical_seeding_id);
    assert.equal(source?.transferred_size_bytes, 11_700_000_000n);
    assert.equal(source?.local_database_name, 'Sales');
    const databases = read(world, 'managedInstance', 'databases');
    const sales = databases.find((row) => row.name === 'Sales');
    assert.equal(destination?.local_database_name, sales?.physical_database_name);
    assert.equal(sales?.state_desc, 'RESTORING');
  });

  it('keeps every attempt with local times, the newest failed with its error', () => {
    const world = simulate('seeding-failed');
    const rows = read(world, 'sqlServer', 'dm_hadr_automatic_seeding');
    assert.deepEqual(
      pick(rows, 'start_time', 'completion_time', 'is_source', 'current_state', 'failure_state_desc', 'error_code'),
      [
        ['2026-11-21T11:05:00.000', '2026-11-21T11:10:00.000', true, 'FAILED', 'Seeding Check Message Timeout', 0],
        ['2026-11-21T11:20:00.000', '2026-11-21T11:35:00.000', true, 'FAILED', 'SQL Error', 1412],
      ],
    );
    assert.deepEqual(read(world, 'sqlServer', 'dm_hadr_physical_seeding_stats'), []);
    assert.deepEqual(pick(read(world, 'managedInstance', 'dm_hadr_automatic_seeding'), 'is_source'), [
      [false],
      [false],
    ]);
  });

  it('shows no physical seeding, but the completed attempt, once it is over', () => {
    const world = simulate('healthy');
    assert.deepEqual(read(world, 'sqlServer', 'dm_hadr_physical_seeding_stats'), []);
    assert.deepEqual(pick(read(world, 'sqlServer', 'dm_hadr_automatic_seeding'), 'current_state'), [['COMPLETED']]);
  });
});

describe('certificates and endpoints', () => {
  it('holds its own certificate, the partner under its full name and the authorities', () => {
    const rows = read(simulate('healthy'), 'sqlServer', 'certificates');
    assert.deepEqual(
      rows.map((row) => [row.name, row.pvt_key_encryption_type_desc, row.issuer_name === row.subject]),
      [
        ['Cert_sql-prod-01_endpoint', 'ENCRYPTED_BY_MASTER_KEY', true],
        ['mi-prod.0123abcd.database.windows.net', 'NO_PRIVATE_KEY', false],
        ['DigiCertPKI', 'NO_PRIVATE_KEY', true],
        ['MicrosoftPKI', 'NO_PRIVATE_KEY', true],
      ],
    );
    assert.match(String(rows[1]?.issuer_name), /Microsoft/);
  });

  it('binds the endpoint to its own certificate on each end', () => {
    for (const end of ['sqlServer', 'managedInstance'] as const) {
      const world = simulate('healthy');
      const [endpoint] = read(world, end, 'database_mirroring_endpoints');
      const own = read(world, end, 'certificates').find((row) => row.certificate_id === endpoint?.certificate_id);
      assert.equal(own?.pvt_key_encryption_type, 'MK');
    }
  });

  it('ends in six days where the scenario says so, on both ends alike', () => {
    const world = simulate('certificate-expiring');
    const name = 'Cert_sql-prod-01_endpoint';
    for (const end of ['sqlServer', 'managedInstance'] as const) {
      const row = read(world, end, 'certificates').find((certificate) => certificate.name === name);
      assert.equal(row?.expiry_date, '2026-11-27T10:00:00.000');
    }
  });

  it('adds a certificate of another purpose when asked', () => {
    const names = (unrelatedCertificates: boolean): unknown[] =>
      read(simulate('healthy', { options: { unrelatedCertificates } }), 'sqlServer', 'certificates').map(
        (row) => row.name,
      );
    assert.equal(names(false).includes('TDE_Archive'), false);
    assert.equal(names(true).includes('TDE_Archive'), true);
  });

  it('lists a started mirroring endpoint among the TCP endpoints', () => {
    const rows = read(simulate('healthy'), 'sqlServer', 'tcp_endpoints').filter((row) => row.type === 4);
    assert.deepEqual(pick(rows, 'type_desc', 'state_desc', 'port'), [['DATABASE_MIRRORING', 'STARTED', 5022]]);
  });
});

describe('databases', () => {
  it('keeps a writable database on both ends after the link vanished', () => {
    const world = simulate('vanished');
    for (const end of ['sqlServer', 'managedInstance'] as const) {
      const sales = read(world, end, 'databases').find((row) => row.name === 'Sales');
      assert.deepEqual(pick([sales ?? {}], 'state_desc', 'group_database_id'), [['ONLINE', null]]);
    }
  });

  it('waits for the replica before it reuses the log of a disconnected primary', () => {
    const reason = (scenario: 'healthy' | 'disconnected'): unknown =>
      read(simulate(scenario), 'sqlServer', 'databases').at(-1)?.log_reuse_wait_desc;
    assert.equal(reason('healthy'), 'NOTHING');
    assert.equal(reason('disconnected'), 'AVAILABILITY_REPLICA');
  });
});
