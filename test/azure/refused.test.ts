import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { inspect } from 'node:util';
import type { AzureIdentity, ServicePrincipal } from '../../src/config/authentication/authentication.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import { cloudOf, failureOf, pollerOf, polls, startTokenPair } from './logged-in.ts';
import { applicationId, startTokenServer, tenantId } from './token-server.ts';

const server = await startTokenServer();
/** The server's clock, which the tests move. */
let aheadMilliseconds = 0;
const pair = await startTokenPair({ clock: () => Date.now() + aheadMilliseconds });
const cloud = cloudOf(server);
const initial = { ...server.state };
process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST = server.machineHost;
afterEach(() => {
  Object.assign(server.state, initial);
  aheadMilliseconds = 0;
});
after(async () => {
  await Promise.all([server.stop(), pair.close()]);
});

const wrongSecret = 'not-the-client-secret';

function principal(secret = 'first-client-secret', clientId = applicationId): ServicePrincipal {
  return { type: 'service_principal', tenantId, clientId, proof: { kind: 'secret', secret: secretOf(secret) }, cloud };
}

const cases: readonly {
  readonly name: string;
  readonly set?: () => void;
  readonly identity?: AzureIdentity;
  readonly timeoutSeconds?: number;
  readonly reason: string;
  readonly message: RegExp;
}[] = [
  {
    name: 'a token for something else',
    set: () => {
      server.state.audience = 'https://management.azure.com';
    },
    reason: 'login',
    message: /^Login failed for user '<token-identified principal>'\. The server is not currently configured/,
  },
  {
    name: 'a token that has ended by the clock of the server',
    set: () => {
      aheadMilliseconds = 3_601_000;
    },
    reason: 'login',
    message: /^Login failed for user '<token-identified principal>'\. Token is expired\.$/,
  },
  {
    name: 'an application that the server does not know',
    identity: principal('first-client-secret', '66666666-7777-8888-9999-000000000009'),
    reason: 'login',
    message: /^Login failed for user '<token-identified principal>'\.$/,
  },
  {
    name: 'a wrong client secret, in the words of Entra ID and without its trace',
    identity: principal(wrongSecret),
    reason: 'token',
    message: /AADSTS7000215: Invalid client secret provided\. Ensure the secret being sent is the value\.$/,
  },
  {
    name: 'an identity that the machine does not have',
    identity: { type: 'managed_identity', clientId: '66666666-7777-8888-9999-00000000000a', cloud },
    reason: 'token',
    message: /Identity not found/,
  },
  {
    name: 'an authority that has trouble',
    set: () => {
      server.state.behaviour = 'fails';
    },
    reason: 'token',
    message: /AADSTS90033: A transient error has occurred\. Please try again\.$/,
  },
  {
    name: 'an authority that does not answer, at the time limit of the poll',
    set: () => {
      server.state.behaviour = 'hangs';
    },
    timeoutSeconds: 0.3,
    reason: 'token',
    message: /^no token was given within the time limit of a poll$/,
  },
  {
    name: 'an authority that is not there',
    identity: { ...principal(), cloud: { ...cloud, authorityHost: 'https://localhost:1' } },
    reason: 'token',
    message: /ECONNREFUSED/,
  },
  {
    name: 'an authority whose certificate is not trusted',
    identity: {
      ...principal(),
      cloud: { ...cloud, authorityHost: `https://localhost:${pair.managedInstance.port}` },
    },
    reason: 'token',
    message: /^no answer to the request for a token: unable to verify the first certificate/,
  },
];

for (const { name, set, identity = principal(), timeoutSeconds = 20, reason, message } of cases) {
  test(`a poll tells of ${name}`, async () => {
    set?.();
    const poller = pollerOf(pair, identity, { timeoutSeconds });
    const failure = await failureOf(poller);
    poller.close();
    assert.equal(failure.reason, reason, failure.message);
    assert.match(failure.message, message);
    const told = inspect(failure, { depth: 9 });
    for (const secret of [wrongSecret, initial.secret, ...server.given]) assert.ok(!told.includes(secret));
    assert.doesNotMatch(told, /eyJ/);
  });
}

test('a token that the server refused is not tried again', async () => {
  server.state.audience = 'https://management.azure.com';
  const poller = pollerOf(pair, principal());
  assert.equal((await failureOf(poller)).reason, 'login');
  server.state.audience = null;
  await polls(poller);
  poller.close();
});
