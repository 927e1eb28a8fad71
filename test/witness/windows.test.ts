import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runTsql } from './tsql.ts';
import { startWitnessPair, type WitnessPair, wires } from './witness-pair.ts';

const account = { name: 'CORP\\svc-milink', password: 'Wîndows-demo' };

for (const wire of wires) {
  describe(`FreeTDS logs in as a Windows account, ${wire}`, () => {
    let witness: WitnessPair;
    before(async () => {
      witness = await startWitnessPair(wire, { accounts: [account] });
    });
    after(() => witness.close());

    it('with its own NTLM version 2, and is who it says', async () => {
      const login = { user: account.name, password: account.password };
      const answer = await runTsql(witness, { end: 'sqlServer', batches: ['SELECT SUSER_SNAME() AS name'], ...login });
      assert.equal(answer.complaints, '');
      assert.equal(answer.printed, `name\n${account.name}\n`);
    });

    it('not with another password', async () => {
      const login = { user: account.name, password: 'not-it' };
      const { errors } = await runTsql(witness, { end: 'sqlServer', batches: ['SELECT 1 AS one'], ...login });
      assert.equal(errors[0]?.number, 18_456);
    });
  });
}
