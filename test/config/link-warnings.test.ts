import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExpectedLink, ServerConfig } from '../../src/config/config.ts';
import { linkWarnings } from '../../src/config/link/warnings.ts';

function warningsFor(managedInstance: string): readonly string[] {
  const link: ExpectedLink = { name: 'DAG_Sales', managedInstance, servers: [], databases: [] };
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
