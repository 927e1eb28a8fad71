import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assess-links.ts';
import type { AssessedLink, Verdict } from '../../src/link/link.ts';
import type { ReasonCode } from '../../src/link/reason.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import {
  failedServer,
  guid,
  managedInstance,
  pendingServer,
  polledServer,
  seedingAttempt,
  serverFacts,
  sqlServer,
} from './server-state.ts';

const group = guid('DAG_Sales@mi-prod');
const miHost = 'mi-prod.0123abcd.database.windows.net';
const expected: ExpectedLink = { name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases: [] };
const listed: ExpectedLink = { ...expected, servers: ['sql-prod-01', 'mi-prod'] };
const sqlWithoutLinks = polledServer('sql-prod-01', 'sql_server', { state: { host: 'sql01.corp.example' } });
const miWithoutLinks = polledServer('mi-prod', 'managed_instance', { state: { host: miHost } });
const sqlDown = failedServer('sql-prod-01', { host: 'sql01.corp.example' });
const miDown = failedServer('mi-prod', { host: miHost });
const denied = { permissions: [{ name: 'VIEW ANY DEFINITION', held: false }] };

function onlyLink(servers: readonly ServerState[], links: readonly ExpectedLink[] = []): AssessedLink {
  const [link, ...others] = assessLinks(servers, links);
  assert.ok(link);
  assert.deepEqual(others, []);
  assert.deepEqual([link.name, link.managedInstance], ['DAG_Sales', 'mi-prod']);
  return link;
}

interface Row {
  readonly when: string;
  readonly servers: readonly ServerState[];
  readonly expected?: readonly ExpectedLink[];
  readonly verdict: Verdict;
  /** Codes of all reasons, in order. */
  readonly reasons: readonly ReasonCode[];
  /** endsObserved and primaries. */
  readonly seen: readonly [number, number | null];
}

function runbook(rows: readonly Row[]): void {
  for (const row of rows) {
    test(`${row.when}: ${row.verdict}`, () => {
      const link = onlyLink(row.servers, row.expected);
      assert.deepEqual(
        [link.verdict, link.reasons.map(({ code }) => code), [link.endsObserved, link.primaries]],
        [row.verdict, row.reasons, row.seen],
      );
    });
  }
}

describe('both ends answer', () => {
  runbook([
    {
      when: 'one end is PRIMARY and says that its partner is HEALTHY',
      servers: [sqlServer(), managedInstance()],
      verdict: 'healthy',
      reasons: ['partner_healthy'],
      seen: [2, 1],
    },
    {
      when: 'after a failover to the managed instance its word on the partner counts',
      servers: [sqlServer({ role: 'SECONDARY' }), managedInstance({ role: 'PRIMARY' })],
      verdict: 'healthy',
      reasons: ['partner_healthy'],
      seen: [2, 1],
    },
    {
      when: 'both ends are PRIMARY',
      servers: [sqlServer({ partner: { connectedState: 'DISCONNECTED' } }), managedInstance({ role: 'PRIMARY' })],
      verdict: 'split_brain',
      reasons: ['both_ends_primary', 'partner_disconnected'],
      seen: [2, 2],
    },
    {
      when: 'in the moment of a planned failover both ends are SECONDARY',
      servers: [sqlServer({ role: 'SECONDARY' }), managedInstance()],
      verdict: 'no_primary',
      reasons: ['no_end_primary'],
      seen: [2, 0],
    },
    {
      when: 'the SQL Server is RESOLVING',
      servers: [sqlServer({ role: 'RESOLVING' }), managedInstance()],
      verdict: 'no_primary',
      reasons: ['no_end_primary'],
      seen: [2, 0],
    },
    {
      when: 'the SQL Server gives no role in its row',
      servers: [sqlServer({ role: null }), managedInstance()],
      verdict: 'unknown',
      reasons: ['role_not_reported'],
      seen: [2, null],
    },
    {
      when: 'the partner is NOT_HEALTHY',
      servers: [sqlServer({ partner: { synchronizationHealth: 'NOT_HEALTHY' } }), managedInstance()],
      verdict: 'not_healthy',
      reasons: ['partner_not_healthy'],
      seen: [2, 1],
    },
    {
      when: 'the partner is PARTIALLY_HEALTHY',
      servers: [sqlServer({ partner: { synchronizationHealth: 'PARTIALLY_HEALTHY' } }), managedInstance()],
      verdict: 'partially_healthy',
      reasons: ['partner_partially_healthy'],
      seen: [2, 1],
    },
    {
      when: 'the partner of a new link has not joined, or the connection broke',
      servers: [
        sqlServer({
          partner: {
            connectedState: 'DISCONNECTED',
            synchronizationHealth: 'NOT_HEALTHY',
            lastConnectErrorNumber: 41986,
          },
        }),
        managedInstance({
          local: { lastConnectErrorNumber: 35206, lastConnectErrorDescription: 'A timeout has occurred.' },
        }),
      ],
      verdict: 'disconnected',
      reasons: ['partner_disconnected', 'last_connect_error', 'last_connect_error'],
      seen: [2, 1],
    },
    {
      when: 'an old connection error of a link that is connected again is no reason',
      servers: [sqlServer({ partner: { lastConnectErrorNumber: 35206 } }), managedInstance()],
      verdict: 'healthy',
      reasons: ['partner_healthy'],
      seen: [2, 1],
    },
    {
      when: 'the primary has no row for its partner',
      servers: [sqlServer({ partner: null }), managedInstance()],
      verdict: 'unknown',
      reasons: ['no_partner_row'],
      seen: [2, 1],
    },
    {
      when: 'the partner row has no health',
      servers: [sqlServer({ partner: { synchronizationHealth: null } }), managedInstance()],
      verdict: 'unknown',
      reasons: ['health_not_reported'],
      seen: [2, 1],
    },
    {
      when: 'a newer server says a health that is not known here',
      servers: [sqlServer({ partner: { synchronizationHealth: 'EXCELLENT' } }), managedInstance()],
      verdict: 'unknown',
      reasons: ['health_not_recognised'],
      seen: [2, 1],
    },
    {
      when: 'a newer server says a connection state that is not known here',
      servers: [sqlServer({ partner: { connectedState: 'DOZING' } }), managedInstance()],
      verdict: 'healthy',
      reasons: ['partner_healthy', 'connection_not_recognised'],
      seen: [2, 1],
    },
  ]);
});

describe('seeding', () => {
  const failed = seedingAttempt({ groupId: group, currentState: 'FAILED', errorCode: 41962 });
  const running = seedingAttempt({ groupId: group, currentState: 'SEEDING', completionTimestampSeconds: null });
  const secondFailed = { ...failed, groupDatabaseId: guid('second') };
  const onSql = (automatic_seeding: readonly (typeof failed)[]): ServerState =>
    sqlServer({ partner: { connectedState: 'DISCONNECTED' } }, { views: { automatic_seeding } });
  runbook([
    {
      when: 'the newest attempt runs while the new link still reads DISCONNECTED',
      servers: [onSql([running]), managedInstance()],
      verdict: 'seeding',
      reasons: ['seeding_running', 'partner_disconnected'],
      seen: [2, 1],
    },
    {
      when: 'one database is seeded, another one failed',
      servers: [onSql([running, secondFailed]), managedInstance()],
      verdict: 'seeding_failed',
      reasons: ['seeding_failed', 'partner_disconnected'],
      seen: [2, 1],
    },
    {
      when: 'only the managed instance knows of the failure',
      servers: [sqlServer(), managedInstance({}, { views: { automatic_seeding: [failed] } })],
      verdict: 'seeding_failed',
      reasons: ['seeding_failed'],
      seen: [2, 1],
    },
    {
      when: 'a failed attempt of another group is not this link',
      servers: [
        sqlServer({}, { views: { automatic_seeding: [{ ...failed, groupId: guid('other') }] } }),
        managedInstance(),
      ],
      verdict: 'healthy',
      reasons: ['partner_healthy'],
      seen: [2, 1],
    },
    {
      when: 'the seeding view was not read',
      servers: [sqlServer({}, { views: { automatic_seeding: null } }), managedInstance()],
      verdict: 'healthy',
      reasons: ['partner_healthy'],
      seen: [2, 1],
    },
  ]);
});

describe('one end is not seen', () => {
  runbook([
    {
      when: 'the managed instance is SECONDARY and the SQL Server is down',
      servers: [sqlDown, managedInstance()],
      verdict: 'primary_unreachable',
      reasons: ['primary_not_observed', 'end_unreachable'],
      seen: [1, null],
    },
    {
      when: 'the managed instance is SECONDARY and the SQL Server was not polled yet',
      servers: [pendingServer('sql-prod-01', { host: 'sql01.corp.example' }), managedInstance()],
      verdict: 'unknown',
      reasons: ['end_pending'],
      seen: [1, null],
    },
    {
      when: 'the managed instance is SECONDARY and the SQL Server could not read its groups',
      servers: [sqlServer({}, { views: { availability_groups: null } }), managedInstance()],
      verdict: 'primary_unreachable',
      reasons: ['primary_not_observed', 'end_view_failed'],
      seen: [1, null],
    },
    {
      when: 'the managed instance is SECONDARY and the login on the SQL Server may not see groups',
      servers: [
        polledServer('sql-prod-01', 'sql_server', { views: denied, state: { host: 'sql01.corp.example' } }),
        managedInstance(),
      ],
      verdict: 'primary_unreachable',
      reasons: ['primary_not_observed', 'end_view_failed'],
      seen: [1, null],
    },
    {
      when: 'the SQL Server is PRIMARY and healthy, the managed instance is down',
      servers: [sqlServer(), miDown],
      verdict: 'healthy',
      reasons: ['partner_healthy', 'split_brain_not_excluded', 'end_unreachable'],
      seen: [1, null],
    },
    {
      when: 'the SQL Server is PRIMARY and healthy, the managed instance is not configured',
      servers: [sqlServer()],
      verdict: 'healthy',
      reasons: ['partner_healthy', 'split_brain_not_excluded'],
      seen: [1, null],
    },
    {
      when: 'only the server of the secondary end is configured',
      servers: [managedInstance()],
      verdict: 'unknown',
      reasons: ['other_end_not_found'],
      seen: [1, null],
    },
    {
      when: 'the SQL Server that the address names answered without the link',
      servers: [sqlWithoutLinks, managedInstance()],
      verdict: 'no_primary',
      reasons: ['no_end_primary', 'other_end_has_no_row'],
      seen: [1, null],
    },
    {
      when: 'an unrelated SQL Server proves nothing by its silence',
      servers: [polledServer('sql-hr', 'sql_server'), managedInstance()],
      verdict: 'unknown',
      reasons: ['other_end_not_found'],
      seen: [1, null],
    },
    {
      when: 'the managed instance dropped the link',
      servers: [sqlServer({ partner: { connectedState: 'DISCONNECTED' } }), miWithoutLinks],
      verdict: 'disconnected',
      reasons: ['partner_disconnected', 'split_brain_not_excluded', 'other_end_has_no_row'],
      seen: [1, null],
    },
    {
      when: 'a SQL Server behind a listener address may be any that is down',
      servers: [failedServer('node-1'), managedInstance()],
      verdict: 'primary_unreachable',
      reasons: ['primary_not_observed', 'end_unreachable'],
      seen: [1, null],
    },
    {
      when: 'a managed instance that is down is no candidate for the SQL Server end',
      servers: [managedInstance(), failedServer('mi-other', { host: 'mi-other.4567.database.windows.net' })],
      verdict: 'unknown',
      reasons: ['other_end_not_found'],
      seen: [1, null],
    },
    {
      when: 'a managed instance behind an address that says nothing was never reached',
      servers: [sqlServer(), failedServer('mi-by-address', { host: '10.0.0.4' })],
      verdict: 'healthy',
      reasons: ['partner_healthy', 'split_brain_not_excluded', 'end_unreachable'],
      seen: [1, null],
    },
    {
      when: 'the configuration lists the servers, so another one that is down has no part in it',
      servers: [sqlWithoutLinks, managedInstance(), failedServer('sql-hr')],
      expected: [listed],
      verdict: 'no_primary',
      reasons: ['no_end_primary', 'other_end_has_no_row'],
      seen: [1, null],
    },
  ]);
});

describe('no end is seen', () => {
  runbook([
    {
      when: 'expected, and its servers answered without it',
      servers: [sqlWithoutLinks, miWithoutLinks],
      expected: [listed],
      verdict: 'missing',
      reasons: ['not_found_anywhere'],
      seen: [0, null],
    },
    {
      when: 'expected without a list of servers, and every server answered without it',
      servers: [sqlWithoutLinks, miWithoutLinks],
      expected: [expected],
      verdict: 'missing',
      reasons: ['not_found_anywhere'],
      seen: [0, null],
    },
    {
      when: 'expected, and one of its servers is down',
      servers: [sqlWithoutLinks, miDown],
      expected: [listed],
      verdict: 'unknown',
      reasons: ['no_end_observed', 'end_unreachable'],
      seen: [0, null],
    },
    {
      when: 'expected without a list of servers, and a SQL Server that may have it is down',
      servers: [failedServer('sql-hr'), miWithoutLinks],
      expected: [expected],
      verdict: 'unknown',
      reasons: ['no_end_observed', 'end_unreachable'],
      seen: [0, null],
    },
    {
      when: 'expected, and one login may not see groups',
      servers: [sqlWithoutLinks, polledServer('mi-prod', 'managed_instance', { views: denied })],
      expected: [listed],
      verdict: 'unknown',
      reasons: ['no_end_observed', 'end_view_failed'],
      seen: [0, null],
    },
    {
      when: 'expected, and nothing was polled yet',
      servers: [pendingServer('sql-prod-01'), pendingServer('mi-prod', { host: miHost })],
      expected: [listed],
      verdict: 'unknown',
      reasons: ['no_end_observed', 'end_pending', 'end_pending'],
      seen: [0, null],
    },
    {
      when: 'expected, but a server of its list is not configured',
      servers: [sqlWithoutLinks],
      expected: [listed],
      verdict: 'unknown',
      reasons: ['no_end_observed'],
      seen: [0, null],
    },
    {
      when: 'expected, and no server is configured at all',
      servers: [],
      expected: [expected],
      verdict: 'unknown',
      reasons: ['no_end_observed'],
      seen: [0, null],
    },
  ]);
});

describe('several nodes and several names', () => {
  const node = (name: string, link: Parameters<typeof sqlServer>[0]): ServerState => ({
    ...sqlServer(link, { facts: { serverName: name.toUpperCase() } }),
    name,
    host: `${name}.corp.example`,
  });
  const quietNode = polledServer('node-2', 'sql_server', { facts: { serverName: 'NODE-2' } });
  const catalogOnly = polledServer('node-2', 'sql_server', {
    facts: { serverName: 'NODE-2' },
    links: [{}],
    views: { availability_replica_states: [] },
  });
  const alias: ServerState = { ...sqlServer(), name: 'sql-prod-alias' };
  runbook([
    {
      when: 'the secondary node of the availability group shows nothing of the link',
      servers: [node('node-1', {}), quietNode, managedInstance()],
      expected: [{ ...expected, servers: ['node-1', 'node-2', 'mi-prod'] }],
      verdict: 'healthy',
      reasons: ['partner_healthy'],
      seen: [2, 1],
    },
    {
      when: 'the secondary node has the group in its catalog only',
      servers: [node('node-1', {}), catalogOnly, managedInstance()],
      verdict: 'healthy',
      reasons: ['partner_healthy'],
      seen: [2, 1],
    },
    {
      when: 'only the node that is not the primary of its group answers',
      servers: [failedServer('node-1'), catalogOnly, managedInstance()],
      verdict: 'primary_unreachable',
      reasons: ['primary_not_observed', 'end_unreachable'],
      seen: [1, null],
    },
    {
      when: 'only the node that is not the primary of its group is configured',
      servers: [catalogOnly, managedInstance()],
      verdict: 'unknown',
      reasons: ['role_not_reported'],
      seen: [1, null],
    },
    {
      when: 'one listed node is down, the other one has no row',
      servers: [failedServer('node-1'), quietNode, managedInstance()],
      expected: [{ ...expected, servers: ['node-1', 'node-2', 'mi-prod'] }],
      verdict: 'primary_unreachable',
      reasons: ['primary_not_observed', 'end_unreachable', 'other_end_has_no_row'],
      seen: [1, null],
    },
    {
      when: 'in a failover of the availability group both nodes say PRIMARY for a moment',
      servers: [
        node('node-1', { partner: { synchronizationHealth: 'NOT_HEALTHY' } }),
        node('node-2', {}),
        managedInstance(),
      ],
      verdict: 'not_healthy',
      reasons: ['partner_not_healthy', 'partner_healthy', 'several_primaries_on_one_side'],
      seen: [2, 1],
    },
    {
      when: 'two configured names are one instance',
      servers: [sqlServer(), alias, managedInstance()],
      verdict: 'healthy',
      reasons: ['partner_healthy', 'duplicate_server'],
      seen: [2, 1],
    },
    {
      when: 'the other name of an instance that answers is down',
      servers: [
        sqlServer({ role: 'SECONDARY' }),
        failedServer('sql-prod-alias', { identity: serverFacts() }),
        managedInstance({ role: 'PRIMARY' }),
      ],
      verdict: 'healthy',
      reasons: ['partner_healthy'],
      seen: [2, 1],
    },
  ]);
});
