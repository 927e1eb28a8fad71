import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import { unlinkedGroups } from '../../src/link/standing.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { failedServer, guid, linkRows, managedInstance, polledServer, sqlServer } from './server-state.ts';

type Seen = readonly [name: string, managedInstance: string, verdict: string, servers: readonly string[]];

function seen(servers: readonly ServerState[], expected: readonly ExpectedLink[] = []): readonly Seen[] {
  return assessLinks(servers, expected).map((link) => [
    link.name,
    link.managedInstance,
    link.verdict,
    link.ends.map((end) => end.server),
  ]);
}

function named(server: ServerState, name: string): ServerState {
  return { ...server, name, host: `${name}.corp.example` };
}

const expectation: ExpectedLink = { name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases: [] };
const disconnected = { connectedState: 'DISCONNECTED' };

describe('identity', () => {
  test('two unrelated pairs of one name stay two links, whatever their roles', () => {
    const second = { managedInstance: 'mi-test', partner: disconnected };
    const servers = [
      sqlServer(),
      managedInstance(),
      named(sqlServer(second, { facts: { serverName: 'SQL02' } }), 'sql-test-01'),
      named(managedInstance({ ...second, role: 'PRIMARY' }), 'mi-test'),
    ];
    assert.deepEqual(seen(servers), [
      ['DAG_Sales', 'mi-prod', 'healthy', ['sql-prod-01', 'mi-prod']],
      ['DAG_Sales', 'mi-test', 'split_brain', ['sql-test-01', 'mi-test']],
    ]);
  });

  test('an end of one pair and an end of another are no split brain', () => {
    const other = managedInstance({ managedInstance: 'mi-test', role: 'PRIMARY' });
    assert.deepEqual(seen([sqlServer(), named(other, 'mi-test')]), [
      ['DAG_Sales', 'mi-prod', 'partially_healthy', ['sql-prod-01']],
      ['DAG_Sales', 'mi-test', 'partially_healthy', ['mi-test']],
    ]);
  });

  test('the ends may know the group by different GUIDs', () => {
    const servers = [
      sqlServer({ groupId: guid('at sql') }),
      managedInstance({ groupId: guid('at mi'), role: 'PRIMARY' }),
    ];
    assert.deepEqual(seen(servers), [['DAG_Sales', 'mi-prod', 'split_brain', ['sql-prod-01', 'mi-prod']]]);
  });

  test('the ends may spell name and managed instance differently', () => {
    const servers = [
      sqlServer({ managedInstance: 'MI-Prod' }),
      managedInstance({ link: 'dag_sales', role: 'PRIMARY' }),
    ];
    assert.deepEqual(seen(servers), [['DAG_Sales', 'mi-prod', 'split_brain', ['sql-prod-01', 'mi-prod']]]);
    const configured = { ...expectation, name: 'Dag_Sales' };
    assert.deepEqual(
      seen(servers, [configured]).map(([name]) => name),
      ['Dag_Sales'],
    );
  });

  test('one managed instance may carry many links', () => {
    const links = [{ link: 'DAG_B' }, { link: 'DAG_A' }, { link: 'DAG_a2' }];
    const servers = [
      polledServer('sql', 'sql_server', { links }),
      polledServer('mi', 'managed_instance', { links: links.map((each) => ({ ...each, role: 'SECONDARY' })) }),
    ];
    assert.deepEqual(seen(servers), [
      ['DAG_A', 'mi-prod', 'healthy', ['sql', 'mi']],
      ['DAG_B', 'mi-prod', 'healthy', ['sql', 'mi']],
      ['DAG_a2', 'mi-prod', 'healthy', ['sql', 'mi']],
    ]);
  });

  test('an ordinary group of the same name is no link', () => {
    const rows = linkRows('sql_server');
    const groups = rows.groups.map((group) => ({ ...group, isDistributed: false }));
    assert.deepEqual(seen([sqlServer({}, { views: { availability_groups: groups } })]), []);
  });
});

describe('an end that can not tell its managed instance', () => {
  const shared = guid('shared');
  const blind = { views: { availability_replicas: null } };

  test('takes it from the end with the same group GUID', () => {
    const servers = [sqlServer({ groupId: shared }, blind), managedInstance({ groupId: shared, role: 'PRIMARY' })];
    assert.deepEqual(seen(servers), [['DAG_Sales', 'mi-prod', 'split_brain', ['sql-prod-01', 'mi-prod']]]);
  });

  test('stays alone without that, and is not taken for the other half', () => {
    const servers = [sqlServer({ groupId: guid('one') }, blind), managedInstance({ groupId: guid('two') })];
    const links = assessLinks(servers, []);
    assert.deepEqual(
      links.map((link) => [link.managedInstance, link.verdict, link.findings.map(({ code }) => code)]),
      [
        ['', 'unknown', ['ambiguous_identity', 'split_brain_not_excluded', 'view_not_read']],
        ['mi-prod', 'unknown', ['ambiguous_identity']],
      ],
    );
  });

  test('is the expected link of that name', () => {
    assert.deepEqual(seen([sqlServer({}, blind)], [expectation]), [
      ['DAG_Sales', 'mi-prod', 'partially_healthy', ['sql-prod-01']],
    ]);
  });

  test('shares one unknown link with others of its name, and no roles are counted', () => {
    const servers = [
      sqlServer({ groupId: guid('one') }, { ...blind, facts: { serverName: 'SQL01' } }),
      named(sqlServer({ groupId: guid('two') }, { ...blind, facts: { serverName: 'SQL02' } }), 'sql-test-01'),
    ];
    const [link, ...others] = assessLinks(servers, []);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [link?.verdict, link?.findings[0]?.code, link?.primaries, link?.ends.length],
      ['unknown', 'ambiguous_identity', null, 2],
    );
  });

  test('takes no name when two ends with its GUID disagree', () => {
    const servers = [
      sqlServer({ groupId: shared }, blind),
      managedInstance({ groupId: shared }),
      named(managedInstance({ groupId: shared, managedInstance: 'mi-test' }), 'mi-test'),
    ];
    assert.deepEqual(
      seen(servers).map(([, name, , ends]) => [name, ends]),
      [
        ['', ['sql-prod-01']],
        ['mi-prod', ['mi-prod']],
        ['mi-test', ['mi-test']],
      ],
    );
  });

  test('leaves no doubt in a link that lacks an end of the other engine', () => {
    const second = sqlServer({ groupId: guid('two') }, { ...blind, facts: { serverName: 'SQL02' } });
    const [, link] = assessLinks([sqlServer({ role: 'SECONDARY' }), named(second, 'sql-test-01')], []);
    assert.deepEqual(
      [link?.managedInstance, link?.findings.map(({ code }) => code)],
      ['mi-prod', ['other_end_not_found']],
    );
  });

  test('one short name in two clouds can not be told apart, so that no split brain is claimed', () => {
    const elsewhere = { facts: { serverName: 'mi-prod.4567.database.chinacloudapi.cn' } };
    const servers = [sqlServer(), managedInstance(), named(managedInstance({ role: 'PRIMARY' }, elsewhere), 'mi-cn')];
    const [link, ...others] = assessLinks(servers, []);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [link?.verdict, link?.findings[0]?.code, link?.primaries],
      ['unknown', 'ambiguous_identity', null],
    );
  });

  test('an address that names two managed instances tells nothing', () => {
    const rows = linkRows('sql_server');
    const replicas = rows.replicas.map((row, index) => ({ ...row, endpointUrl: `tcp://h:5022;Server=[mi-${index}]` }));
    assert.deepEqual(seen([sqlServer({}, { views: { availability_replicas: replicas } })]), [
      ['DAG_Sales', '', 'partially_healthy', ['sql-prod-01']],
    ]);
  });
});

describe('a distributed group between two SQL Servers', () => {
  const groupId = guid('ordinary');
  const at = { managedInstance: null, groupId };
  const addresses = {
    availability_replicas: linkRows('sql_server', at).replicas.map((row) => ({
      ...row,
      endpointUrl: 'tcp://sqldr:5022',
    })),
  };
  const primary = sqlServer(at, { views: addresses });
  // The other member of the same group: the same rows with the sides exchanged.
  const mirrored = (role: string): ServerState => {
    const rows = linkRows('managed_instance', { ...at, role });
    const views = {
      availability_groups: rows.groups,
      availability_replica_states: rows.states,
      availability_replicas: rows.replicas.map((row) => ({ ...row, endpointUrl: 'tcp://sql01:5022' })),
    };
    return polledServer('sql-dr', 'sql_server', { facts: { serverName: 'SQLDR' }, views });
  };

  test('is no link, whichever of its ends is polled', () => {
    for (const servers of [
      [primary, mirrored('SECONDARY')],
      [primary],
      [mirrored('SECONDARY')],
      [primary, mirrored('PRIMARY')],
    ]) {
      assert.deepEqual(assessLinks(servers, []), []);
    }
  });

  test('is counted at each server that shows it', () => {
    assert.deepEqual(unlinkedGroups(primary, []), ['DAG_Sales']);
    const links = assessLinks([sqlServer()], []);
    assert.deepEqual(unlinkedGroups(sqlServer(), links), []);
    assert.equal(unlinkedGroups(failedServer('sql-dr'), []), null);
  });

  test('leaves no doubt in a link of its name', () => {
    const links = assessLinks([primary, mirrored('SECONDARY'), managedInstance()], []);
    assert.deepEqual(
      links.map((link) => [link.managedInstance, link.ends.map(({ server }) => server)]),
      [['mi-prod', ['mi-prod']]],
    );
  });

  test('is a link when the configuration lists it, whatever it looks like', () => {
    const [link, ...others] = assessLinks([mirrored('SECONDARY')], [expectation]);
    assert.deepEqual(others, []);
    assert.deepEqual([link?.managedInstance, link?.ends.map(({ server }) => server)], ['mi-prod', ['sql-dr']]);
  });

  test('may be a link while its members were not read', () => {
    const blind = { views: { availability_replicas: null } };
    const servers = ['SQL01', 'SQL02', 'SQL03'].map((serverName) =>
      named(sqlServer({ groupId }, { ...blind, facts: { serverName } }), serverName),
    );
    const [link] = assessLinks(servers, []);
    assert.deepEqual([link?.ends.length, link?.endsObserved, link?.primaries], [3, 2, 2]);
    assert.deepEqual([link?.verdict, link?.findings[0]?.code], ['unknown', 'primaries_without_link']);
  });
});

describe('members', () => {
  const urls = (server: ServerState): readonly (string | null | undefined)[] => {
    const end = assessLinks([server], [])[0]?.ends[0];
    return [end?.localMember?.replicaServerName, end?.partnerMember?.replicaServerName];
  };

  test('the local row says which member is local', () => {
    assert.deepEqual(urls(sqlServer()), ['AG_Sales', 'AG_Sales_MI']);
    assert.deepEqual(urls(managedInstance()), ['AG_Sales_MI', 'AG_Sales']);
  });

  test('where its id is not in the catalog, the address does', () => {
    const strange = { local: { replicaId: guid('strange') }, partner: null };
    assert.deepEqual(urls(sqlServer(strange)), ['AG_Sales', 'AG_Sales_MI']);
    assert.deepEqual(urls(managedInstance(strange)), ['AG_Sales_MI', 'AG_Sales']);
  });

  test('the partner row says it too', () => {
    const strange = { managedInstance: null, local: { replicaId: guid('strange') } };
    assert.deepEqual(urls(sqlServer(strange)), ['AG_Sales', 'AG_Sales_MI']);
  });

  test('the host of a managed instance tells it too', () => {
    const strange = { managedInstance: null, local: { replicaId: guid('strange') }, partner: null };
    assert.deepEqual(urls(sqlServer(strange)), ['AG_Sales', 'AG_Sales_MI']);
  });

  test('where nothing tells, none is named', () => {
    const at = { local: { replicaId: guid('strange') }, partner: null };
    const replicas = linkRows('sql_server', at).replicas.map((row) => ({ ...row, endpointUrl: null }));
    assert.deepEqual(urls(sqlServer(at, { views: { availability_replicas: replicas } })), [undefined, undefined]);
  });
});
