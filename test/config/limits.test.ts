import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultLimits } from '../../src/config/limits.ts';
import { loadConfig } from '../../src/config/load.ts';
import { temporaryFolder } from './temporary-folder.ts';

test("a server's own limits stand over those of all, key by key, and these over the defaults", async (context) => {
  const path = join(await temporaryFolder(context), 'milink.yaml');
  const authentication = 'authentication: { type: sql_login, username: milink, password_env: P }';
  await writeFile(
    path,
    `limits: { rows: 5000, links: 7 }
servers:
  - { name: a, host: a.example, limits: { rows: 9000, databases: 11 }, ${authentication} }
  - { name: b, host: b.example, ${authentication} }
`,
  );
  const { config } = await loadConfig(path, { env: { P: 'p' } });
  assert.deepEqual(
    config.servers.map(({ limits }) => limits),
    [
      { ...defaultLimits, rows: 9000, links: 7, databases: 11 },
      { ...defaultLimits, rows: 5000, links: 7 },
    ],
  );
});
