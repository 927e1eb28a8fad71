import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { secretOf } from '../../src/config/secret.ts';
import { systemClock } from '../../src/poll/clock.ts';
import { createServerPoller, type PollResult } from '../../src/poll/server-poller.ts';
import { startPair } from '../../src/simulator/pair.ts';
import { connect } from '../../src/sql/mssql-connection.ts';

const password = 'pässwörd-✓';
const pair = await startPair({
  scenario: 'healthy',
  accounts: [
    { name: 'CORP\\svc-milink', password },
    { name: 'milink', password },
  ],
});
after(() => pair.close());

async function poll(domain: string, username: string, given: string): Promise<PollResult['outcome']> {
  const { host, port } = pair.sqlServer;
  const authentication = { type: 'windows', domain, username, password: secretOf(given) } as const;
  const tls = {
    mode: 'encrypt',
    ca: pair.certificateAuthority,
    serverName: 'localhost',
    trustServerCertificate: false,
  } as const;
  const server = { name: 'sql', host, port, authentication, tls };
  const poller = createServerPoller({ server, connect, clock: systemClock, timeoutSeconds: 20 });
  const { outcome } = await poller.poll(new AbortController().signal);
  poller.close();
  return outcome;
}

for (const [domain, username] of [
  ['CORP', 'svc-milink'],
  ['corp', 'SVC-milink'],
] as const) {
  test(`the driver logs in as ${domain}\\${username} with NTLM version 2`, async () => {
    assert.equal((await poll(domain, username, password)).kind, 'ok');
  });
}

for (const [name, domain, username, given] of [
  ['a wrong password', 'CORP', 'svc-milink', 'not-it'],
  ['another domain', 'OTHER', 'svc-milink', password],
  ['a login of SQL Server', 'CORP', 'milink', password],
] as const) {
  test(`${name} is refused with 18456`, async () => {
    const outcome = await poll(domain, username, given);
    assert.ok(outcome.kind === 'failed');
    assert.deepEqual([outcome.failure.reason, outcome.failure.errorNumber], ['login', 18_456]);
    assert.equal(outcome.failure.message, `Login failed for user '${domain}\\${username}'.`);
  });
}

test('the password of a Windows account is none of SQL Server', async () => {
  const { host, port } = pair.sqlServer;
  const tls = {
    mode: 'encrypt',
    ca: pair.certificateAuthority,
    serverName: 'localhost',
    trustServerCertificate: false,
  } as const;
  const login = { type: 'sql_login', username: 'CORP\\svc-milink', password } as const;
  const authentication = { ...login, password: secretOf(password) };
  const attempt = connect(
    { name: 'sql', host, port, authentication, tls },
    { credentials: login, signal: AbortSignal.timeout(20_000) },
  );
  await assert.rejects(attempt, { number: 18_456 });
});
