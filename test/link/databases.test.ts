import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import type { LinkDatabase } from '../../src/link/data/database.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import {
  database,
  databaseState,
  databaseViews,
  managedInstanceWithDatabase,
  sqlServerWithDatabase,
} from './database-rows.ts';
import { runbook } from './runbook.ts';
import { guid, linkRows, now, sqlServer } from './server-state.ts';

const both = [sqlServerWithDatabase(), managedInstanceWithDatabase()];
const sales = guid('database Sales');

function databasesOf(servers: readonly ServerState[], expected: readonly ExpectedLink[] = []): readonly LinkDatabase[] {
  return assessLinks(servers, expected)[0]?.databases ?? [];
}

function onlyDatabase(servers: readonly ServerState[]): LinkDatabase {
  const [found, ...others] = databasesOf(servers);
  assert.ok(found);
  assert.deepEqual(others, []);
  return found;
}

function listed(...databases: readonly string[]): readonly ExpectedLink[] {
  return [{ name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases }];
}

test('a database is put together from both ends by its group_database_id', () => {
  const found = onlyDatabase(both);
  assert.deepEqual(
    [found.name, found.groupDatabaseId, found.isExpected, found.isPresent],
    ['Sales', sales, null, true],
  );
  const [server, instance] = found.ends;
  assert.deepEqual([server?.server, instance?.server], ['sql-prod-01', 'mi-prod']);
  assert.equal(server?.partner?.secondaryLagSeconds, 0);
  assert.equal(instance?.partner, null);
  assert.equal(instance?.local?.isPrimaryReplica, false);
});

test('an asynchronous primary has no hardened LSN in the group of the link: that of its own group counts', () => {
  const [server] = onlyDatabase(both).ends;
  assert.equal(server?.local?.lastHardenedLsn, null);
  assert.equal(server?.hardenedLsn, server?.own?.lastHardenedLsn);
});

describe('names', () => {
  const nameless = { databases: [] };
  const rows: readonly (readonly [string, readonly ServerState[], string])[] = [
    ['as the primary calls it', both, 'Sales'],
    [
      'as the other end calls it where the primary has no row',
      [sqlServerWithDatabase({}, { views: nameless }), managedInstanceWithDatabase()],
      'Sales',
    ],
    ['the GUID where nobody says', [sqlServerWithDatabase({}, { views: nameless })], sales],
    ['the GUID where the view was not read', [sqlServerWithDatabase({}, { views: { databases: null } })], sales],
    [
      'through database_id while the catalog has no group_database_id',
      [managedInstanceWithDatabase({ catalogRow: { groupDatabaseId: null, replicaId: null } })],
      'Sales',
    ],
    [
      'never through the database_id of a remote row',
      [
        sqlServerWithDatabase({
          ownCopy: null,
          partnerCopy: { databaseId: 7 },
          catalogRow: { databaseId: 7, name: 'Other', groupDatabaseId: null, replicaId: null },
        }),
      ],
      sales,
    ],
  ];
  for (const [name, servers, expected] of rows) {
    test(name, () => assert.equal(databasesOf(servers).find((each) => each.groupDatabaseId === sales)?.name, expected));
  }

  test('two databases that would be called the same are told apart by GUID', () => {
    const at = { role: 'PRIMARY' };
    const views = databaseViews('sql_server', at);
    const groupId = linkRows('sql_server', at).groups[0]?.groupId ?? '';
    const twin = databaseState({ groupId, groupDatabaseId: guid('twin'), databaseId: 9 });
    const servers = [
      sqlServerWithDatabase(at, {
        views: {
          databases: [...(views.databases ?? []), database({ databaseId: 9, groupDatabaseId: guid('twin') })],
          database_replica_states: [...(views.database_replica_states ?? []), twin],
        },
      }),
    ];
    const names = databasesOf(servers).map(({ name }) => name);
    assert.equal(new Set(names).size, 2);
    assert.ok(names.includes('Sales'));
    assert.ok(names.includes(sales) || names.includes(guid('twin')));
  });
});

describe('a multi-database link, whose groups the catalog hides', () => {
  const at = { role: 'PRIMARY' };
  const { databases, database_replica_states: rows } = databaseViews('sql_server', at);
  const { groups, replicas, states } = linkRows('sql_server', at);
  const linkGroup = groups[0]?.groupId;
  const hidden = (rows ?? []).map((row) => (row.groupId === linkGroup ? { ...row, groupId: guid('hidden') } : row));
  const views = { databases, database_replica_states: hidden };

  test('its rows are kept: the own group says which link they are of', () => {
    const found = onlyDatabase([sqlServer({}, { views })]);
    assert.deepEqual([found.name, found.ends[0]?.partner?.groupId], ['Sales', guid('hidden')]);
  });

  test('with several links of the own group it is not told which of them they are of', () => {
    const other = linkRows('sql_server', { link: 'DAG_Second', managedInstance: 'mi-two' });
    const second = {
      availability_groups: [...groups, ...other.groups.slice(0, 1)],
      availability_replicas: [
        ...replicas,
        ...other.replicas
          .slice(0, 2)
          .map((row, index) => (index === 0 ? { ...row, replicaServerName: 'AG_Sales' } : row)),
      ],
      availability_replica_states: [...states, ...other.states.slice(0, 2)],
    };
    for (const link of assessLinks([sqlServer({}, { views: { ...views, ...second } })], [])) {
      assert.deepEqual(
        link.databases.flatMap((each) => each.ends.map(({ partner }) => partner)),
        link.databases.map(() => null),
      );
    }
  });

  test('where groups may be withheld nothing is taken for hidden', () => {
    const permissions = [{ name: 'VIEW ANY DEFINITION', held: false }];
    const [found] = databasesOf([sqlServer({}, { views: { ...views, permissions } })]);
    assert.equal(found?.ends[0]?.partner, null);
  });
});

test('of several nodes of one availability group, the databases are those that its primary shows', () => {
  const nodes = ['node-1', 'node-2'];
  for (const primary of nodes) {
    const servers = nodes.map((name) => {
      const facts = { serverName: name.toUpperCase() };
      // A secondary node has group and databases in its catalog, and no row of the distributed group.
      const views = name === primary ? {} : { availability_replica_states: [], database_replica_states: [] };
      return { ...sqlServerWithDatabase({}, { facts, views }), name };
    });
    const [link] = assessLinks([...servers, managedInstanceWithDatabase()], listed('Sales'));
    assert.equal(link?.verdict, 'healthy');
    assert.deepEqual(
      link?.databases.map(({ name, isPresent, ends }) => [name, isPresent, ends.map(({ server }) => server)]),
      [['Sales', true, [primary, 'mi-prod']]],
    );
  }
});

describe('the clock of commits', () => {
  const zones = (server: number, instance: number): readonly ServerState[] => [
    sqlServerWithDatabase({}, { facts: { localOffsetSeconds: server } }),
    managedInstanceWithDatabase({}, { facts: { localOffsetSeconds: instance } }),
  ];

  test('a secondary shows the local time of the primary', () => {
    const [server, instance] = onlyDatabase(zones(3600, -7200)).ends;
    assert.equal(server?.lastCommitTimestampSeconds, now - 2);
    // Read as if it were UTC-2, it is UTC+1.
    assert.equal(instance?.lastCommitTimestampSeconds, now - 2 - 7200 - 3600);
  });

  test('without the primary its zone is not known', () => {
    assert.equal(onlyDatabase([managedInstanceWithDatabase()]).ends[0]?.lastCommitTimestampSeconds, null);
  });
});

describe('the verdict', () => {
  const suspendedCopy = { isSuspended: true, suspendReason: 'SUSPEND_FROM_USER' };
  const unhealthy = { synchronizationHealth: 'NOT_HEALTHY' };
  runbook([
    {
      when: 'data movement of the partner copy is suspended, which makes the link NOT_HEALTHY',
      servers: [
        sqlServerWithDatabase({ partner: unhealthy, partnerCopy: { ...suspendedCopy, ...unhealthy } }),
        managedInstanceWithDatabase(),
      ],
      verdict: 'suspended',
      reasons: ['database_suspended', 'partner_not_healthy', 'database_not_healthy'],
      seen: [2, 1],
    },
    {
      when: 'only the secondary says that it is suspended, for a reason that is not known here',
      servers: [
        sqlServerWithDatabase(),
        managedInstanceWithDatabase({ ownCopy: { isSuspended: true, suspendReason: 'SUSPEND_FROM_MARS' } }),
      ],
      verdict: 'suspended',
      reasons: ['database_suspended'],
      seen: [2, 1],
    },
    {
      when: 'a lost connection outweighs suspension',
      servers: [
        sqlServerWithDatabase({ partner: { connectedState: 'DISCONNECTED' }, partnerCopy: suspendedCopy }),
        managedInstanceWithDatabase(),
      ],
      verdict: 'disconnected',
      reasons: ['partner_disconnected', 'database_suspended'],
      seen: [2, 1],
    },
    {
      when: 'a link that is not healthy names the database',
      servers: [
        sqlServerWithDatabase({
          partner: unhealthy,
          partnerCopy: { ...unhealthy, synchronizationState: 'NOT SYNCHRONIZING' },
        }),
        managedInstanceWithDatabase(),
      ],
      verdict: 'not_healthy',
      reasons: ['partner_not_healthy', 'database_not_healthy'],
      seen: [2, 1],
    },
    {
      when: 'an expected database is missing and another one is there',
      servers: both,
      expected: listed('HR'),
      verdict: 'partially_healthy',
      reasons: ['database_missing', 'database_unexpected'],
      seen: [2, 1],
    },
  ]);

  test('the reasons name the database', () => {
    const [link] = assessLinks([sqlServerWithDatabase({ partnerCopy: suspendedCopy })], []);
    const text = link?.findings.find(({ code }) => code === 'database_suspended')?.text ?? '';
    assert.match(text, /its partner's copy of database Sales .*: SUSPEND_FROM_USER\. Somebody suspended it by hand\./);
  });
});
