import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import { listText } from '../../src/link/words.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { failedServer, guid, managedInstance, seedingAttempt, sqlServer } from './server-state.ts';

const lost = { connectedState: 'DISCONNECTED' };
const group = guid('DAG_Sales@mi-prod');
const failure = { groupId: group, currentState: 'FAILED', errorCode: 1412, failureStateDescription: 'Seeding' };

const rows: readonly (readonly [string, readonly ServerState[], readonly string[]])[] = [
  ['healthy', [sqlServer(), managedInstance()], []],
  [
    'split brain',
    [sqlServer(), managedInstance({ role: 'PRIMARY' })],
    [
      'sql-prod-01 (SQL Server) and mi-prod (managed instance) have the role PRIMARY: both ends of the link take writes and their data drifts apart.',
    ],
  ],
  [
    'disconnected, with the error at each end',
    [
      sqlServer({ partner: { ...lost, lastConnectErrorNumber: 41986 } }),
      managedInstance({ local: { lastConnectErrorNumber: 35206, lastConnectErrorDescription: 'A timeout. ' } }),
    ],
    [
      'sql-prod-01 (SQL Server) is PRIMARY and reports its partner DISCONNECTED: no change reaches the other end, and the log waits on the primary.',
      'sql-prod-01 (SQL Server) has error 41986 (connection_failed) as its last connection error.',
      'mi-prod (managed instance) has error 35206 (connection_lost) as its last connection error: A timeout.',
    ],
  ],
  [
    'seeding failed',
    [sqlServer({}, { views: { automatic_seeding: [seedingAttempt(failure)] } }), managedInstance()],
    [
      `sql-prod-01 (SQL Server) says that the newest seeding of the database with group_database_id ${guid('database')} failed: error 1412 (copy_too_old), Seeding.`,
    ],
  ],
  [
    'seeding failed without an error number',
    [
      sqlServer({}, { views: { automatic_seeding: [seedingAttempt({ ...failure, errorCode: 0 })] } }),
      managedInstance(),
    ],
    [
      `sql-prod-01 (SQL Server) says that the newest seeding of the database with group_database_id ${guid('database')} failed: Seeding.`,
    ],
  ],
  [
    'the text of a newer server is carried',
    [sqlServer({ partner: { synchronizationHealth: 'SO "SO"' } }), managedInstance()],
    [
      'sql-prod-01 (SQL Server) reports its partner\'s synchronization health as "SO \\"SO\\"", which is not known here.',
    ],
  ],
  [
    'the primary is down',
    [managedInstance(), failedServer('sql-prod-01', { host: 'sql01.corp.example' })],
    [
      'mi-prod (managed instance) is SECONDARY; the other end, which should be PRIMARY, was not seen: sql-prod-01 could not be polled.',
      'sql-prod-01, which carries or may carry the other end, could not be polled.',
    ],
  ],
];

describe('what an engineer reads', () => {
  for (const [what, servers, texts] of rows) {
    test(what, () => {
      assert.deepEqual(
        assessLinks(servers, []).map((link) => link.findings.map(({ text }) => text)),
        [texts],
      );
    });
  }

  test('a link that is here under another managed instance is said first', () => {
    const expected = { name: 'dag_sales', managedInstance: 'mi-prdo', servers: [], databases: [] };
    const links = assessLinks([sqlServer(), managedInstance()], [expected]);
    const text = links.find(({ managedInstance: name }) => name === 'mi-prdo')?.findings[0]?.text ?? '';
    assert.match(text, /^a link of this name is here, on mi-prod, and the configuration says mi-prdo/);
  });

  test('lists read as a sentence', () => {
    assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listText), ['', 'a', 'a and b', 'a, b and c']);
  });
});
