import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import { database, managedInstanceWithDatabase, sqlServerWithDatabase } from './database-rows.ts';
import { group, listed, lost, reports, seedingOfHr } from './reported-states.ts';
import {
  certificate,
  failedServer,
  guid,
  linkRows,
  managedInstance,
  mirroringEndpoint,
  now,
  physicalSeeding,
  polledServer,
  sqlServer,
} from './server-state.ts';

describe('what was reported of others', () => {
  for (const [name, { servers, expected = [], severity, told }] of Object.entries(reports)) {
    test(`${name}: ${severity}`, () => {
      const [link, ...others] = assessLinks(servers, expected);
      assert.deepEqual(others, []);
      const found = link?.findings.filter((each) => each.severity !== 'info') ?? [];
      assert.deepEqual(
        found.map(({ code, scope }) => [code, scope.database ?? scope.server]),
        told,
      );
      assert.equal(link?.severity, severity);
    });
  }
});

test('A12 a transfer that waits for its turn does not stand still', () => {
  const waiting = { ...seedingOfHr, groupDatabaseId: guid('database Sales'), currentState: 'LIMIT_CONCURRENT_BACKUPS' };
  const transfers = new Map([
    [guid('operation'), { transferredBytes: 0, movedTimestampSeconds: now - 1200, readTimestampSeconds: now }],
  ]);
  const views = { automatic_seeding: [waiting], physical_seeding_stats: [physicalSeeding({ transferredBytes: 0 })] };
  const [server] = [sqlServerWithDatabase({ partnerCopy: null, partner: lost }, { views })];
  const past = { ...server, history: { ...server.history, transfers } };
  const [link] = assessLinks([past, managedInstance()], []);
  const codes = link?.findings.map(({ code }) => code) ?? [];
  assert.ok(codes.includes('seeding_waiting') && !codes.includes('seeding_stalled'), codes.join());
});

test('A14 a name is compared as the collation of the server compares it', () => {
  const expected = [{ ...listed, servers: [], databases: ['Sales', 'sales'] }];
  const missing = (collation: string | null): readonly (string | null)[] => {
    const [link] = assessLinks(
      [sqlServerWithDatabase({}, { facts: { collation } }), managedInstanceWithDatabase()],
      expected,
    );
    return (link?.findings ?? []).filter(({ code }) => code === 'database_missing').map(({ scope }) => scope.database);
  };
  assert.deepEqual(missing('SQL_Latin1_General_CP1_CS_AS'), ['sales']);
  assert.deepEqual(missing('Latin1_General_BIN2'), ['sales']);
  assert.deepEqual(missing('SQL_Latin1_General_CP1_CI_AS'), []);
});

test('A8 an ordinary distributed group whose partner is not polled pages nobody', () => {
  const rows = linkRows('managed_instance', { managedInstance: null, role: 'SECONDARY' });
  const views = {
    availability_groups: rows.groups,
    availability_replica_states: rows.states,
    availability_replicas: rows.replicas.map((row) => ({ ...row, endpointUrl: 'tcp://sql9.corp.example:5022' })),
  };
  assert.deepEqual(assessLinks([polledServer('sql-dr', 'sql_server', { views })], []), []);
});

test('D1 says where the database is served, D3 that nobody serves it', () => {
  const text = (name: string): string =>
    assessLinks(reports[name]?.servers ?? [], reports[name]?.expected ?? [])[0]?.findings[0]?.text ?? '';
  assert.match(
    text('D1 dropped at the SQL Server, whose database is ONLINE and in no group'),
    /dropped at sql-prod-01.*ONLINE on sql-prod-01 and in no group: sql-prod-01 serves it/,
  );
  assert.match(
    text('D3 dropped everywhere, the copies RESTORING'),
    /Database Sales is RESTORING on .*: nobody serves it/,
  );
});

test('D1 a database that still has its replica or its group was not left behind by a drop', () => {
  for (const row of [{ groupDatabaseId: null }, { replicaId: null }]) {
    const views = { databases: [database(row)] };
    const servers = [polledServer('sql-prod-01', 'sql_server', { views }), managedInstanceWithDatabase({})];
    const codes = assessLinks(servers, [])[0]?.findings.map(({ code }) => code) ?? [];
    assert.ok(!codes.includes('dropped_at_one_end'), codes.join());
  }
});

test('D8 a certificate that starts in the future by the offset of the zone says so', () => {
  const early = certificate({ startTimestampSeconds: now + 6600 });
  const views = { certificates: [early], database_mirroring_endpoints: [mirroringEndpoint()] };
  const [link] = assessLinks(
    [sqlServerWithDatabase({}, { facts: { localOffsetSeconds: 7200 }, views }), managedInstanceWithDatabase()],
    [],
  );
  const [found] = link?.findings ?? [];
  assert.equal(found?.code, 'certificate_not_valid_yet');
  assert.match(found?.text ?? '', /valid in 110 min\. Local time on the server is 2 h ahead of UTC/);
});

test('D4 and D10 what was read decides: build, address, port', () => {
  const at = { partner: { ...lost, lastConnectErrorNumber: 41_976 } };
  const replicas = linkRows('sql_server', { ...at, managedInstance: null, groupId: group }).replicas;
  const servers = [
    sqlServer(at, {
      facts: { version: '14.0.3485.1', majorVersion: 14 },
      views: {
        availability_replicas: replicas,
        database_mirroring_endpoints: [mirroringEndpoint()],
        certificates: [certificate()],
        tcp_endpoints: [{ endpointId: 65_536, port: 5024, ipAddress: '10.0.0.5' }],
      },
    }),
    managedInstance({}, { links: [] }),
  ];
  const [link] = assessLinks(servers, []);
  const codes = link?.findings.map(({ code }) => code) ?? [];
  for (const code of ['build_too_old', 'address_without_server', 'endpoint_address_differs'] as const) {
    assert.ok(codes.includes(code), codes.join());
  }
  assert.match(
    link?.findings.find(({ code }) => code === 'endpoint_address_differs')?.text ?? '',
    /10\.0\.0\.5:5024.*port 5022/,
  );
});

test('a primary that is only not reached keeps its own finding', () => {
  const [link] = assessLinks(
    [failedServer('sql-prod-01', { host: 'sql01.corp.example' }), managedInstanceWithDatabase()],
    [listed],
  );
  assert.deepEqual(
    [link?.verdict, link?.findings[0]?.code, link?.findings[0]?.scope.server],
    ['primary_unreachable', 'primary_not_observed', 'sql-prod-01'],
  );
});

test('a state whose name every object has is a state that is not known, and costs no link', () => {
  for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    const states = { synchronizationHealth: word, operationalState: word, recoveryHealth: word, connectedState: word };
    const copy = { synchronizationState: word, synchronizationHealth: word, databaseState: word, suspendReason: word };
    const servers = [
      sqlServerWithDatabase({ local: states, partner: states, ownCopy: copy, partnerCopy: copy }),
      managedInstanceWithDatabase({ local: states, ownCopy: copy, catalogRow: { state: word } }),
    ];
    const [link] = assessLinks(servers, [listed]);
    assert.ok(
      link?.findings.some(({ code }) => code === 'health_not_recognised'),
      word,
    );
  }
});
