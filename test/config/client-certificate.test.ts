import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { readSecret } from '../../src/config/secret/secret.ts';
import { ConfigError } from '../../src/config/value/problem.ts';
import { createAuthority, type TlsIdentity } from '../../src/simulator/tls-identity.ts';
import { temporaryFolder } from './temporary-folder.ts';

const passphrase = 'hunter2-key';
const authority = await createAuthority();
const [client, other] = [await authority.issue(['client']), await authority.issue(['other'])];

function encrypted({ key }: TlsIdentity): string {
  return createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
}

/** Writes a configuration with a client certificate, and its files. */
async function configured(t: TestContext, pem: string, password: string | null): Promise<string> {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'client.pem'), pem);
  if (password !== null) await writeFile(join(folder, 'client.password'), `${password}\n`);
  const lines = [
    'servers:',
    '  - name: mi',
    '    host: mi.example',
    '    authentication:',
    '      type: service_principal',
    '      tenant_id: contoso.example',
    '      client_id: 66666666-7777-8888-9999-000000000000',
    '      client_certificate_file: client.pem',
    ...(password === null ? [] : ['      client_certificate_password_file: client.password']),
  ];
  const file = join(folder, 'milink.yaml');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

const good: readonly (readonly [string, string, string | null])[] = [
  ['with its key behind it', client.cert + client.key, null],
  ['with its key before it', client.key + client.cert, null],
  ['with an encrypted key', client.cert + encrypted(client), passphrase],
];

for (const [name, pem, password] of good) {
  test(`a client certificate ${name}`, async (t) => {
    const { config } = await loadConfig(await configured(t, pem, password), { env: {} });
    const authentication = config.servers[0]?.authentication;
    assert.ok(authentication?.type === 'service_principal' && authentication.proof.kind === 'certificate');
    assert.equal(await readSecret(authentication.proof.pem), pem.trimEnd());
    const secret = authentication.proof.password;
    assert.equal(secret === null ? null : await readSecret(secret), password);
  });
}

const bad: readonly (readonly [string, string, string | null, string])[] = [
  [
    'with an encrypted key and no password',
    client.cert + encrypted(client),
    null,
    'the private key is encrypted: give client_certificate_password_file',
  ],
  [
    'with an encrypted key and another password',
    client.cert + encrypted(client),
    'not-it',
    'the private key can not be read: it is damaged, or its password is another',
  ],
  ['with the key of another', client.cert + other.key, null, 'the private key is not that of the certificate'],
  [
    'that is damaged',
    client.cert.replace(/MII/, 'MIX') + client.key,
    null,
    'the file holds no PEM certificate (-----BEGIN CERTIFICATE-----)',
  ],
];

for (const [name, pem, password, message] of bad) {
  test(`a client certificate ${name} is refused`, async (t) => {
    await assert.rejects(loadConfig(await configured(t, pem, password), { env: {} }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(
        error.problems.map((problem) => [problem.path, problem.message]),
        [['servers[0].authentication.client_certificate_file', message]],
      );
      return true;
    });
  });
}
