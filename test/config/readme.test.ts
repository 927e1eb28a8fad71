import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = resolve(import.meta.dirname, '../..');
const fixtures = join(root, 'test/fixtures/config');

test("the README's configuration is valid once its files are there", async (t) => {
  const [, example = ''] = (await readFile(join(root, 'README.md'), 'utf8')).match(/```yaml\n(servers:.*?)```/s) ?? [];
  const file = join(await temporaryFolder(t), 'milink.yaml');
  const here = example
    .replace('/run/secrets/sql-prod', join(fixtures, 'secrets/sql-prod'))
    .replace('/etc/ssl/corp.pem', join(fixtures, 'ca.pem'));
  await writeFile(file, here);
  const { config, warnings } = await loadConfig(file, { env: {} });
  assert.deepEqual(
    config.servers.map(({ name, authentication }) => [name, authentication.type]),
    [
      ['sql-prod', 'sql_login'],
      ['mi-prod', 'managed_identity'],
    ],
  );
  assert.deepEqual(warnings, []);
});
