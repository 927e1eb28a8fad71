import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { runbook } from './runbook.ts';
import { failedServer, managedInstance, polledServer, serverFacts, sqlServer } from './server-state.ts';

const listed: ExpectedLink = {
  name: 'DAG_Sales',
  managedInstance: 'mi-prod',
  servers: ['node-1', 'node-2', 'mi-prod'],
  databases: [],
};

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
      expected: [listed],
      verdict: 'healthy',
      reasons: [],
      seen: [2, 1],
    },
    {
      when: 'the secondary node has the group in its catalog only',
      servers: [node('node-1', {}), catalogOnly, managedInstance()],
      verdict: 'healthy',
      reasons: [],
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
      when: 'the only node that answers is not the primary of its group, and the managed instance is down',
      servers: [catalogOnly, failedServer('mi-prod', { host: 'mi-prod.0123abcd.database.windows.net' })],
      verdict: 'unknown',
      reasons: ['role_not_reported', 'end_unreachable'],
      seen: [0, null],
    },
    {
      when: 'one listed node is down, the other one has no row',
      servers: [failedServer('node-1'), quietNode, managedInstance()],
      expected: [listed],
      verdict: 'primary_unreachable',
      reasons: ['primary_not_observed', 'end_unreachable'],
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
      reasons: ['partner_not_healthy', 'several_primaries_on_one_side'],
      seen: [2, 1],
    },
    {
      when: 'two configured names are one instance',
      servers: [sqlServer(), alias, managedInstance()],
      verdict: 'healthy',
      reasons: ['duplicate_server'],
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
      reasons: [],
      seen: [2, 1],
    },
  ]);

  test('a node that has the group in its catalog only is not an end beside one that shows it', () => {
    const [link] = assessLinks([node('node-1', {}), catalogOnly, managedInstance()], []);
    assert.deepEqual(
      link?.ends.map((end) => end.server),
      ['node-1', 'mi-prod'],
    );
  });
});
