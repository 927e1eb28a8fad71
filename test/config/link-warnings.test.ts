import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExpectedLink, ServerConfig } from '../../src/config/config.ts';
import { linkWarnings } from '../../src/config/warnings.ts';

function warningsFor(managedInstance: string, more: Partial<ExpectedLink> = {}): readonly string[] {
  const link: ExpectedLink = { name: 'DAG_Sales', managedInstance, servers: [], databases: [], ...more };
  const server = { name: 'mi-prod', host: 'mi-prod.0123abcd.database.windows.net' } as ServerConfig;
  return linkWarnings({ links: [link], servers: [server] }).map(({ path, message }) => `${path}: ${message}`);
}

test('a managed instance that is nearly a server of the file is warned of', () => {
  assert.deepEqual(warningsFor('mi-prdo'), [
    'links[0].managed_instance: no server under servers is "mi-prdo": did you mean "mi-prod"?',
  ]);
});

test('one that is polled, and one that is near to none, are not', () => {
  assert.deepEqual([...warningsFor('mi-prod'), ...warningsFor('elsewhere')], []);
});

test('a list of ends that leaves out the polled managed instance is warned of', () => {
  assert.deepEqual(warningsFor('mi-prod', { servers: ['sql-prod'] }), [
    'links[0].servers: "mi-prod" is polled, is the managed instance of this link by its host, and is not listed: add it, or leave servers out',
  ]);
  assert.deepEqual(warningsFor('mi-prod', { servers: ['sql-prod', 'mi-prod'] }), []);
  assert.deepEqual(warningsFor('elsewhere', { servers: ['sql-prod'] }), [], 'an instance that nobody polls');
});

test('a database of the system is warned of: no link carries it', () => {
  assert.deepEqual(warningsFor('mi-prod', { databases: ['Sales', 'MSDB'] }), [
    'links[0].databases[1]: "MSDB" is a database of the system, which no link carries',
  ]);
});
