import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerFacts } from '../../src/model/server.ts';
import { automaticSeeding } from '../../src/views/automatic-seeding.ts';
import { availabilityGroups } from '../../src/views/availability-groups.ts';
import { availabilityReplicaStates } from '../../src/views/availability-replica-states.ts';
import { certificates } from '../../src/views/certificates.ts';
import { ColumnError } from '../../src/views/column.ts';
import { endpointCertificate } from '../../src/views/endpoint-certificate.ts';
import { gatherOddities } from '../../src/views/entry.ts';
import { pollingOrder } from '../../src/views/index.ts';
import { permissions } from '../../src/views/permissions.ts';
import { physicalSeedingStats } from '../../src/views/physical-seeding-stats.ts';
import { server } from '../../src/views/server.ts';

const context = { localOffsetSeconds: 7200 };
const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';
const facts = (engine: ServerFacts['engine'], majorVersion: number) => ({ engine, majorVersion });

test('every view but a procedure is one SELECT of named columns from one object', () => {
  for (const { name, sql } of pollingOrder) {
    if (name === 'endpoint_certificate') continue;
    const text = sql(facts('managed_instance', 12));
    assert.match(text, /^SELECT [^*]+( FROM (master\.)?sys\.\w+)?$/, name);
    assert.doesNotMatch(text, /\b(JOIN|INSERT|UPDATE|DELETE|EXEC|INTO)\b/i, name);
  }
});

test('the one procedure is called with a value and nothing else', () => {
  assert.equal(
    endpointCertificate.sql(facts('managed_instance', 12)),
    'EXEC sys.sp_get_endpoint_certificate @endpoint_type = 4',
  );
});

test('a newer column is named only where it exists', () => {
  const names = (engine: ServerFacts['engine'], major: number) =>
    /cluster_type_desc/.test(availabilityGroups.sql(facts(engine, major)));
  assert.equal(names('sql_server', 13), false);
  assert.equal(names('sql_server', 14), true);
  assert.equal(names('managed_instance', 12), true);
  assert.doesNotMatch(availabilityGroups.sql(null), /cluster_type_desc/);
});

test('a column that was not asked for is null', () => {
  const [row] = availabilityGroups.parse([{ group_id: guid, name: 'DAG', is_distributed: true }], context);
  assert.deepEqual(row, { groupId: guid.toUpperCase(), name: 'DAG', isDistributed: true, clusterType: null });
});

test('the server view turns both clocks into a whole offset', () => {
  const [facts] = server.parse(
    [
      {
        server_name: 'SQL01',
        engine_edition: 3,
        edition: 'Enterprise Edition (64-bit)',
        product_version: '16.0.4175.1',
        collation: 'Latin1_General_CS_AS',
        is_hadr_enabled: 1,
        product_update_type: null,
        local_time: new Date('2026-11-21T12:00:00.003Z'),
        utc_time: new Date('2026-11-21T10:00:00.001Z'),
      },
    ],
    { localOffsetSeconds: 0 },
  );
  assert.deepEqual(facts, {
    serverName: 'SQL01',
    engine: 'sql_server',
    edition: 'Enterprise Edition (64-bit)',
    version: '16.0.4175.1',
    majorVersion: 16,
    collation: 'Latin1_General_CS_AS',
    isHadrEnabled: true,
    updateType: null,
    utcTimestampSeconds: Date.parse('2026-11-21T10:00:00.001Z') / 1000,
    localOffsetSeconds: 7200,
  });
});

const stateRow = {
  replica_id: guid,
  group_id: guid,
  is_local: true,
  role_desc: 'PRIMARY',
  operational_state_desc: 'ONLINE',
  connected_state_desc: 'CONNECTED',
  recovery_health_desc: 'ONLINE',
  synchronization_health_desc: 'HEALTHY',
  last_connect_error_number: 35206,
  last_connect_error_description: 'timeout',
  last_connect_error_timestamp: new Date('2026-11-21T12:00:00Z'),
};

test('a plain datetime becomes an instant through the server zone', () => {
  const [row] = availabilityReplicaStates.parse([stateRow], context);
  assert.equal(row?.lastConnectErrorTimestampSeconds, Date.parse('2026-11-21T10:00:00Z') / 1000);
});

test('seeding: UTC columns as they are, plain ones through the zone, milliseconds as seconds, bytes as bytes', () => {
  const none = Object.fromEntries(columnsOf(physicalSeedingStats.sql(null)).map((name) => [name, null]));
  const [row] = physicalSeedingStats.parse(
    [
      {
        ...none,
        transferred_size_bytes: '107374182400',
        total_network_wait_time_ms: '1500',
        start_time_utc: new Date('2026-11-21T10:00:00Z'),
      },
    ],
    context,
  );
  assert.equal(row?.transferredBytes, 107_374_182_400);
  assert.equal(row?.networkWaitSeconds, 1.5);
  assert.equal(row?.startTimestampSeconds, Date.parse('2026-11-21T10:00:00Z') / 1000);
  const empty = Object.fromEntries(columnsOf(automaticSeeding.sql(null)).map((name) => [name, null]));
  const [attempt] = automaticSeeding.parse([{ ...empty, start_time: new Date('2026-11-21T12:00:00Z') }], context);
  assert.equal(attempt?.startTimestampSeconds, Date.parse('2026-11-21T10:00:00Z') / 1000);
});

test('permissions: held, not held, not known', () => {
  const rows = permissions.parse(
    [{ view_server_state: 1, view_server_performance_state: null, view_any_definition: 0, view_any_error_log: null }],
    context,
  );
  assert.deepEqual(
    rows.map(({ name, held }) => [name, held]),
    [
      ['VIEW SERVER STATE', true],
      ['VIEW SERVER PERFORMANCE STATE', null],
      ['VIEW ANY DEFINITION', false],
      ['VIEW ANY ERROR LOG', null],
    ],
  );
});

test('a thumbprint is hexadecimal, dates are UTC', () => {
  const [row] = certificates.parse(
    [
      {
        certificate_id: 7,
        name: 'Cert',
        principal_id: null,
        pvt_key_encryption_type: 'NA ',
        issuer_name: null,
        subject: null,
        start_date: null,
        expiry_date: new Date('2027-01-01T00:00:00Z'),
        thumbprint: new Uint8Array([0xab, 0x01]),
      },
    ],
    context,
  );
  assert.equal(row?.thumbprint, 'AB01');
  assert.equal(row?.privateKeyEncryption, 'NA');
  assert.equal(row?.expiryTimestampSeconds, Date.parse('2027-01-01T00:00:00Z') / 1000);
});

test('no row with an identity is no reading of the view, and says which columns it takes', () => {
  assert.throws(
    () => availabilityReplicaStates.parse([{ ...stateRow, group_id: null }], context),
    (error) => error instanceof ColumnError && /replica_id, group_id/.test(error.message),
  );
});

test('whose row it is, is told by the operational state where is_local is not; and where neither tells, the view does not', () => {
  const own = { ...stateRow, is_local: true, operational_state_desc: 'ONLINE' };
  const partner = { ...stateRow, is_local: false, operational_state_desc: null };
  const without = [own, partner].map((row) => ({ ...row, is_local: null }));
  const { tell, told } = gatherOddities();
  assert.deepEqual(
    availabilityReplicaStates.parse(without, { ...context, tell }),
    availabilityReplicaStates.parse([own, partner], context),
  );
  assert.deepEqual(told().words, ['is_local: not known, and taken from operational_state_desc instead']);
  assert.throws(
    () => availabilityReplicaStates.parse([{ ...partner, is_local: null }], context),
    (error) => error instanceof ColumnError && /is_local/.test(error.message),
  );
});

for (const [edition, engine] of [
  ['SQL Azure', 'managed_instance'],
  ['Developer Edition (64-bit)', 'sql_server'],
  ['of another kind', null],
  [null, null],
] as const) {
  test(`what an edition that is called ${edition} and has no number is: ${engine}`, () => {
    const record = { engine_edition: null, edition, product_version: '16.0.1' };
    if (engine === null) assert.throws(() => server.parse([record], context), ColumnError);
    else assert.equal(server.parse([record], context)[0]?.engine, engine);
  });
}

function columnsOf(sql: string): string[] {
  const list = /^SELECT (.*) FROM /.exec(sql)?.[1] ?? '';
  return list.split(', ').map((column) => column.split(' ').at(-1) ?? column);
}
