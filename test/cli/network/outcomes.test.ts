import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PairOptions } from '../../../src/simulator/pair.ts';
import { linksOf, tested, told } from './pair.ts';

const open = ['gateway reached', 'node reached', 'endpoint reached'];

describe('test-network', () => {
  const cases: readonly (readonly [
    what: string,
    found: readonly string[],
    code: number,
    options: PairOptions,
    flags?: readonly string[],
  ])[] = [
    ['an open network', open, 0, {}],
    [
      'the node behind a firewall',
      ['gateway reached', 'node filtered', 'endpoint reached'],
      2,
      { scenario: 'network-blocked-to-managed-instance' },
    ],
    [
      'SQL Server behind a firewall',
      ['gateway reached', 'node reached', 'endpoint filtered'],
      2,
      { scenario: 'network-blocked-to-sql-server' },
    ],
    [
      'a gateway that rejects',
      ['gateway refused', 'node reached', 'endpoint reached'],
      2,
      { network: [{ from: 'sqlServer', to: 'gateway', outcome: 'refused' }] },
    ],
    [
      'a name that SQL Server does not know',
      ['gateway reached', 'node name_not_resolved', 'endpoint reached'],
      2,
      { network: [{ from: 'sqlServer', to: 'node', outcome: 'unresolved' }] },
    ],
    [
      'a name that the managed instance does not know',
      ['gateway reached', 'node reached', 'endpoint name_not_resolved'],
      2,
      { network: [{ from: 'managedInstance', to: 'server', outcome: 'unresolved' }] },
    ],
    [
      'an address in the place of that name',
      open,
      0,
      { network: [{ from: 'managedInstance', to: 'server', outcome: 'unresolved' }] },
      ['--sql-server.address=10.1.0.5'],
    ],
    [
      'an endpoint on another port than the link says',
      ['gateway reached', 'node reached', 'endpoint other_port', 'other reached'],
      2,
      { scenario: 'endpoint-elsewhere' },
    ],
    [
      'a stopped endpoint',
      ['gateway reached', 'node reached', 'endpoint refused'],
      2,
      { scenario: 'endpoint-stopped' },
    ],
    [
      'no endpoint',
      ['gateway reached', 'node reached', 'to_sql_server no_endpoint'],
      1,
      { scenario: 'not-prepared', preparation: { sqlServer: { hasEndpoint: false } } },
    ],
    [
      'an endpoint for the test',
      open,
      0,
      { scenario: 'not-prepared', preparation: { sqlServer: { hasEndpoint: false } } },
      ['--create-test-endpoint', '--sql-server.address=sql-prod-01.corp.example'],
    ],
    [
      'an endpoint for the test without a master key',
      ['gateway reached', 'node reached', 'to_sql_server refused_by_server'],
      1,
      { scenario: 'not-prepared', preparation: { sqlServer: { hasEndpoint: false, hasMasterKey: false } } },
      ['--create-test-endpoint', '--sql-server.address=sql-prod-01.corp.example'],
    ],
    // The managed instance would try itself.
    [
      'an address that is this machine',
      ['gateway reached', 'node reached', 'to_sql_server no_address'],
      1,
      { scenario: 'not-prepared' },
    ],
    [
      'an endpoint for the test, and an address that is this machine',
      ['gateway reached', 'node reached', 'to_sql_server no_address'],
      1,
      { scenario: 'not-prepared', preparation: { sqlServer: { hasEndpoint: false } } },
      ['--create-test-endpoint', '--sql-server.address=localhost'],
    ],
    [
      'a stopped Agent',
      ['to_managed_instance agent_stopped', 'endpoint reached'],
      1,
      { preparation: { sqlServer: { agent: 'stopped' } } },
    ],
    [
      'Agent XPs off',
      ['to_managed_instance agent_xps_off', 'endpoint reached'],
      1,
      { preparation: { sqlServer: { agent: 'disabled' } } },
    ],
    [
      'Linux',
      ['to_managed_instance linux', 'endpoint reached'],
      1,
      { preparation: { sqlServer: { platform: 'Linux' } } },
    ],
  ];
  for (const [what, found, code, options, flags = []] of cases) {
    test(`finds ${what}, and leaves nothing`, async (context) => {
      const links = await linksOf(context, options);
      const answer = await tested(links, ...flags);
      assert.deepEqual(told(answer.document), found);
      assert.equal(answer.code, code);
      const failed = answer.document.directions.filter(({ results }) =>
        results.some(({ place, result }) => place !== 'other' && result !== 'reached'),
      );
      for (const { causes } of failed) assert.ok(causes.length > 0);
    });
  }
});
