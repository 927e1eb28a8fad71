import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Authentication } from '../../src/config/authentication/authentication.ts';
import { type Secret, secretFromFile, secretOf } from '../../src/config/secret/secret.ts';
import { createServerPoller, type ServerPoller } from '../../src/poll/server-poller.ts';
import { systemClock } from '../../src/poll/time/clock.ts';
import type { Account } from '../../src/simulator/account.ts';
import { startPair } from '../../src/simulator/pair.ts';
import { connect } from '../../src/sql/mssql-connection.ts';
import { temporaryFolder } from '../config/temporary-folder.ts';

const password = 'pässwörd-✓';
const windowsAccount = 'CORP\\svc-milink';
const initial: readonly Account[] = [
  { name: windowsAccount, password },
  { name: 'milink', password },
];
/** The simulated servers look here at each login. */
const accounts = [...initial];
const pair = await startPair({ scenario: 'healthy', accounts });
after(() => pair.close());

const running = new AbortController().signal;

function pollerOf(authentication: Authentication): ServerPoller {
  const { host, port } = pair.sqlServer;
  const ca = pair.certificateAuthority;
  const tls = { mode: 'encrypt', ca, serverName: 'localhost', trustServerCertificate: false } as const;
  const server = { name: 'sql', host, port, authentication, tls };
  return createServerPoller({ server, connect, clock: systemClock, timeoutSeconds: 20 });
}

async function outcomeOf(poller: ServerPoller): Promise<string> {
  const { outcome } = await poller.poll(running);
  poller.close();
  if (outcome.kind === 'ok') return 'ok';
  return `${outcome.failure.reason} ${outcome.failure.errorNumber}: ${outcome.failure.message}`;
}

function windows(domain: string, username: string, secret: Secret): Authentication {
  return { type: 'windows', domain, username, password: secret };
}

for (const [domain, username] of [
  ['CORP', 'svc-milink'],
  ['corp', 'SVC-milink'],
] as const) {
  test(`the driver logs in as ${domain}\\${username} with NTLM version 2`, async () => {
    assert.equal(await outcomeOf(pollerOf(windows(domain, username, secretOf(password)))), 'ok');
  });
}

for (const [name, domain, username, given] of [
  ['a wrong password', 'CORP', 'svc-milink', 'not-it'],
  ['another domain', 'OTHER', 'svc-milink', password],
  ['a login of SQL Server', 'CORP', 'milink', password],
] as const) {
  test(`${name} is refused with 18456`, async () => {
    const outcome = await outcomeOf(pollerOf(windows(domain, username, secretOf(given))));
    assert.equal(outcome, `login 18456: Login failed for user '${domain}\\${username}'.`);
  });
}

test('the password of a Windows account is none of SQL Server', async () => {
  const login: Authentication = { type: 'sql_login', username: windowsAccount, password: secretOf(password) };
  assert.equal(await outcomeOf(pollerOf(login)), `login 18456: Login failed for user '${windowsAccount}'.`);
});

for (const [name, authenticationOf] of [
  ['a SQL login', (secret: Secret): Authentication => ({ type: 'sql_login', username: 'milink', password: secret })],
  ['a Windows account', (secret: Secret): Authentication => windows('CORP', 'svc-milink', secret)],
] as const) {
  test(`a password of ${name} that rotates is picked up at the next login`, async (t) => {
    t.after(() => accounts.splice(0, accounts.length, ...initial));
    const path = join(await temporaryFolder(t), 'password');
    await writeFile(path, password);
    const poller = pollerOf(authenticationOf(secretFromFile(path)));
    assert.equal(await outcomeOf(poller), 'ok');
    accounts.splice(0, accounts.length, ...initial.map((account) => ({ ...account, password: 'second' })));
    assert.match(await outcomeOf(poller), /^login 18456: /);
    await writeFile(path, 'second\n');
    assert.equal(await outcomeOf(poller), 'ok');
  });
}
