import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { managedInstanceWithDatabase, sqlServerWithDatabase } from './database-rows.ts';
import { guid, sqlServer } from './server-state.ts';

const both = [sqlServerWithDatabase(), managedInstanceWithDatabase()];
const sales = guid('database Sales');

describe('databases that the configuration lists', () => {
  const rows: readonly (readonly [string, readonly ServerState[], readonly string[], unknown])[] = [
    ['listed and there', both, ['sales'], [['Sales', true, true]]],
    [
      'there and not listed',
      both,
      ['Sales', 'HR'],
      [
        ['HR', true, false],
        ['Sales', true, true],
      ],
    ],
    [
      'not listed',
      both,
      ['HR'],
      [
        ['HR', true, false],
        ['Sales', false, true],
      ],
    ],
    [
      'only the secondary answers',
      [managedInstanceWithDatabase()],
      ['HR', 'Sales'],
      [
        ['HR', true, null],
        ['Sales', true, true],
      ],
    ],
    [
      'no view of databases was read',
      [sqlServer({}, { views: { databases: null, database_replica_states: null } })],
      ['HR'],
      [['HR', true, null]],
    ],
    [
      'a database without a name may be the one',
      [sqlServerWithDatabase({}, { views: { databases: [] } })],
      ['HR'],
      [
        [sales, false, true],
        ['HR', true, null],
      ].sort(),
    ],
    ['nobody answers', [], ['HR'], [['HR', true, null]]],
  ];
  for (const [name, servers, databases, expected] of rows) {
    test(name, () => {
      const listed = [{ name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases }];
      const found = assessLinks(servers, listed)[0]?.databases ?? [];
      assert.deepEqual(
        found.map((each) => [each.name, each.isExpected, each.isPresent]),
        expected,
      );
    });
  }
});
