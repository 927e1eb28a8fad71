import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAuthentication } from '../../src/check/report/fill-step.ts';

const statement =
  'ALTER ENDPOINT [e] FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = CERTIFICATE [<new certificate>]);';

const cases: readonly (readonly [now: string | null, authentication: string])[] = [
  ['CERTIFICATE', 'CERTIFICATE [<new certificate>]'],
  ['NEGOTIATE, CERTIFICATE', 'WINDOWS NEGOTIATE CERTIFICATE [<new certificate>]'],
  ['KERBEROS, CERTIFICATE', 'WINDOWS KERBEROS CERTIFICATE [<new certificate>]'],
  ['CERTIFICATE, NTLM', 'CERTIFICATE [<new certificate>] WINDOWS NTLM'],
  ['CERTIFICATE,NEGOTIATE', 'CERTIFICATE [<new certificate>] WINDOWS NEGOTIATE'],
  ['NEGOTIATE', 'WINDOWS NEGOTIATE CERTIFICATE [<new certificate>]'],
  [null, 'CERTIFICATE [<new certificate>]'],
  ['SOMETHING NEW', 'CERTIFICATE [<new certificate>]'],
];

for (const [now, authentication] of cases) {
  test(`an endpoint with ${now} keeps what lets its own replicas in`, () => {
    assert.equal(
      keepAuthentication(statement, now),
      statement.replace('CERTIFICATE [<new certificate>]', authentication),
    );
  });
}

test('other statements stay as they are', () => {
  const other = 'ALTER ENDPOINT [e] STATE = STARTED;';
  assert.equal(keepAuthentication(other, 'NEGOTIATE, CERTIFICATE'), other);
});
