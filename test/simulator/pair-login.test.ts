import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sql from 'mssql';
import { ask, stateDenied, withPair } from './pair-client.ts';

const replicaStates = 'dm_hadr_availability_replica_states';

describe('logging in', () => {
  const refused = [
    {
      why: 'a wrong password',
      client: { password: 'wrong' },
      number: 18_456,
      message: "Login failed for user 'milink'.",
    },
    { why: 'an unknown login', client: { user: 'sa' }, number: 18_456, message: "Login failed for user 'sa'." },
    {
      why: 'an unknown database',
      client: { database: 'Nowhere' },
      number: 4_060,
      message: 'Cannot open database "Nowhere" requested by the login. The login failed.',
    },
  ];
  for (const { why, client, number, message } of refused) {
    it(`is refused with ${number} for ${why}`, () =>
      withPair({}, async (pair) => {
        await assert.rejects(ask(pair, pair.sqlServer, 'SELECT 1 AS one', client), (error: unknown) => {
          assert.ok(error instanceof sql.ConnectionError);
          assert.equal(error.code, 'ELOGIN');
          assert.equal(error.message, message);
          return true;
        });
      }));
  }

  it('opens a linked database, in any case, but not one that is being restored', () =>
    withPair({ scenario: 'seeding' }, async (pair) => {
      const rows = await ask(pair, pair.sqlServer, 'SELECT DB_NAME() AS name', { database: 'sales', user: 'MILINK' });
      assert.equal(rows[0]?.name, 'Sales');
      await assert.rejects(ask(pair, pair.managedInstance, 'SELECT 1 AS one', { database: 'Sales' }), {
        code: 'ELOGIN',
      });
    }));

  it('is not attempted where the certificate is for another name', () =>
    withPair({ certificateNames: { sqlServer: ['elsewhere.example'] } }, async (pair) => {
      await assert.rejects(ask(pair, pair.sqlServer, 'SELECT 1 AS one'), { code: 'ESOCKET' });
      assert.equal(pair.sqlServer.counts().logins, 0);
    }));

  it('takes accounts of one’s own', () =>
    withPair({ accounts: [{ name: 'reader', password: 'p@ss', permissions: [] }] }, async (pair) => {
      const client = { user: 'reader', password: 'p@ss' };
      assert.equal((await ask(pair, pair.sqlServer, 'SELECT name FROM sys.certificates', client)).length, 0);
      await assert.rejects(ask(pair, pair.sqlServer, `SELECT role FROM sys.${replicaStates}`, client), stateDenied);
      await assert.rejects(ask(pair, pair.sqlServer, 'SELECT 1 AS one'), { code: 'ELOGIN' });
    }));
});
