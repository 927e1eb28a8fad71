import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import type { AzureIdentity } from '../../src/config/authentication/authentication.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import { temporaryFolder } from '../config/temporary-folder.ts';
import { createClientCertificate } from './client.ts';
import { cloudOf, pollerOf, polls, startTokenPair } from './logged-in.ts';
import { applicationId, startTokenServer, tenantId, userIdentityId } from './token-server.ts';

const server = await startTokenServer();
const pair = await startTokenPair();
const cloud = cloudOf(server);
const client = await createClientCertificate('milink');
const passphrase = 'hunter2';
const encryptedKey = createPrivateKey(client.key)
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
  .toString();
server.state.certificate = client.cert;
server.state.serviceAccountToken = 'service-account-token';
process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST = server.machineHost;
after(async () => {
  await Promise.all([server.stop(), pair.close()]);
});

const principal = { type: 'service_principal', tenantId, clientId: applicationId, cloud } as const;

/** Polls twice over one login, and looks that a token was asked for. */
async function logsIn(identity: AzureIdentity): Promise<void> {
  const [before, logins] = [server.given.length, pair.managedInstance.counts().logins];
  const poller = pollerOf(pair, identity);
  await polls(poller);
  await polls(poller);
  poller.close();
  assert.equal(server.given.length - before, 1);
  assert.equal(pair.managedInstance.counts().logins - logins, 1);
}

const identities: readonly (readonly [string, AzureIdentity])[] = [
  ['a client secret', { ...principal, proof: { kind: 'secret', secret: secretOf('first-client-secret') } }],
  [
    'a client certificate',
    { ...principal, proof: { kind: 'certificate', pem: secretOf(client.cert + client.key), password: null } },
  ],
  [
    'a client certificate whose key is encrypted',
    {
      ...principal,
      proof: { kind: 'certificate', pem: secretOf(client.cert + encryptedKey), password: secretOf(passphrase) },
    },
  ],
  ['the system-assigned identity', { type: 'managed_identity', clientId: null, cloud }],
  ['a user-assigned identity', { type: 'managed_identity', clientId: userIdentityId, cloud }],
];

for (const [name, identity] of identities) test(`logs in with ${name}`, () => logsIn(identity));

test("logs in with a workload's identity", async (t) => {
  const tokenFile = join(await temporaryFolder(t), 'token');
  await writeFile(tokenFile, 'service-account-token');
  await logsIn({ type: 'workload_identity', tenantId, clientId: applicationId, tokenFile, cloud });
});

test('logs in with the default chain, which finds an application in the environment', async (t) => {
  setVariables(t, {
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: applicationId,
    AZURE_CLIENT_SECRET: server.state.secret,
  });
  await logsIn({ type: 'azure_default', clientId: null, cloud });
});

function setVariables(t: TestContext, variables: Readonly<Record<string, string>>): void {
  Object.assign(process.env, variables);
  t.after(() => {
    for (const name of Object.keys(variables)) delete process.env[name];
  });
}
