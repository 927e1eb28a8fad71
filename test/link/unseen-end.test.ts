import { describe } from 'node:test';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import { runbook } from './runbook.ts';
import { failedServer, managedInstance, pendingServer, polledServer, serverFacts, sqlServer } from './server-state.ts';

const miHost = 'mi-prod.0123abcd.database.windows.net';
const expected: ExpectedLink = { name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases: [] };
const listed: ExpectedLink = { ...expected, servers: ['sql-prod-01', 'mi-prod'] };
const sqlWithoutLinks = polledServer('sql-prod-01', 'sql_server', { state: { host: 'sql01.corp.example' } });
const miWithoutLinks = polledServer('mi-prod', 'managed_instance', { state: { host: miHost } });
const sqlDown = failedServer('sql-prod-01', { host: 'sql01.corp.example' });
const miDown = failedServer('mi-prod', { host: miHost });
const unsaid = {
  availability_groups: [{ groupId: 'A', name: 'DAG_Sales', isDistributed: null, clusterType: null }],
};
const denied = { permissions: [{ name: 'VIEW ANY DEFINITION', held: false }] };

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
      reasons: ['primary_pending', 'end_pending'],
      seen: [1, null],
    },
    {
      when: 'the managed instance is SECONDARY and the SQL Server could not read its groups',
      servers: [sqlServer({}, { views: { availability_groups: null } }), managedInstance()],
      verdict: 'partially_healthy',
      reasons: ['view_not_read'],
      seen: [2, 1],
    },
    {
      when: 'the managed instance is SECONDARY and the login on the SQL Server may not see groups',
      servers: [
        polledServer('sql-prod-01', 'sql_server', { views: denied, state: { host: 'sql01.corp.example' } }),
        managedInstance(),
      ],
      verdict: 'unknown',
      reasons: ['end_not_read', 'end_view_failed'],
      seen: [1, null],
    },
    {
      when: 'the managed instance is SECONDARY and the SQL Server does not say which of its groups is distributed',
      servers: [
        polledServer('sql-prod-01', 'sql_server', { views: unsaid, state: { host: 'sql01.corp.example' } }),
        managedInstance(),
      ],
      verdict: 'unknown',
      reasons: ['end_not_read', 'end_view_failed'],
      seen: [1, null],
    },
    {
      when: 'the SQL Server is PRIMARY and healthy, the managed instance is down',
      servers: [sqlServer(), miDown],
      verdict: 'partially_healthy',
      reasons: ['split_brain_not_excluded', 'end_unreachable'],
      seen: [1, null],
    },
    {
      when: 'the SQL Server is PRIMARY and healthy, the managed instance is not configured',
      servers: [sqlServer()],
      verdict: 'partially_healthy',
      reasons: ['split_brain_not_excluded'],
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
      verdict: 'missing',
      reasons: ['dropped_at_one_end'],
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
      reasons: ['partner_disconnected', 'other_end_has_no_row'],
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
      when: 'a managed instance that is down is no candidate for another one',
      servers: [sqlServer(), failedServer('mi-other', { host: 'mi-other.4567.database.windows.net' })],
      verdict: 'partially_healthy',
      reasons: ['split_brain_not_excluded'],
      seen: [1, null],
    },
    {
      when: 'a managed instance that once said its name is known at any address',
      servers: [
        sqlServer(),
        failedServer('mi-prod', { host: '10.0.0.4', identity: serverFacts({ engine: 'managed_instance' }) }),
        failedServer('never-reached'),
      ],
      verdict: 'partially_healthy',
      reasons: ['split_brain_not_excluded', 'end_unreachable'],
      seen: [1, null],
    },
    {
      when: 'a managed instance that was never reached is known by the name of its host',
      servers: [sqlServer(), failedServer('mi', { host: 'mi-prod.corp.example' }), failedServer('never-reached')],
      verdict: 'partially_healthy',
      reasons: ['split_brain_not_excluded', 'end_unreachable'],
      seen: [1, null],
    },
    {
      when: 'a second address with the name of the managed instance is no SQL Server',
      servers: [managedInstance(), failedServer('mi-alias', { host: 'mi-prod.corp.example' })],
      verdict: 'unknown',
      reasons: ['other_end_not_found'],
      seen: [1, null],
    },
    {
      when: 'a managed instance behind an address that says nothing was never reached',
      servers: [sqlServer(), failedServer('mi-by-address', { host: '10.0.0.4' })],
      verdict: 'partially_healthy',
      reasons: ['split_brain_not_excluded', 'end_unreachable'],
      seen: [1, null],
    },
    {
      when: 'the configuration lists the servers, so another one that is down has no part in it',
      servers: [sqlWithoutLinks, managedInstance(), failedServer('sql-hr')],
      expected: [listed],
      verdict: 'missing',
      reasons: ['dropped_at_one_end'],
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
