import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readWebConfig } from '../../src/config/web/load.ts';
import { createBcrypt } from '../../src/http/bcrypt.ts';
import { testAuthority } from '../http/certificates.ts';
import { oneAsker } from '../http/login-asker.ts';

test('the example of a web configuration is good, for the exporter and for promtool', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'milink-example-'));
  context.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'web-config.yaml');
  await copyFile(fileURLToPath(new URL('../../deploy/web-config.example.yaml', import.meta.url)), file);
  await (await testAuthority(folder, 'clients-ca')).issue('exporter');
  const { config, problems, warnings } = await readWebConfig(file);
  assert.deepEqual([problems, warnings], [[], []]);
  assert.equal(config?.tls?.clientAuth, 'RequireAndVerifyClientCert');
  const hash = config?.users.get('prometheus') ?? '';
  assert.equal(await createBcrypt()('change-me', hash, oneAsker()), true, 'the password that the comment names');
  await promisify(execFile)('promtool', ['check', 'web-config', file]);
});
