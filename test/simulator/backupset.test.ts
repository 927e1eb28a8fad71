import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Account, defaultAccount } from '../../src/simulator/account.ts';
import { startPair } from '../../src/simulator/pair.ts';
import type { Scenario } from '../../src/simulator/scenario/index.ts';
import { ask, startMilliseconds } from './pair-client.ts';

const newest =
  "SELECT MAX(backup_finish_date) AS newest FROM msdb.dbo.backupset WHERE type = 'L' AND database_name = 'Sales'";
const mayRead = "SELECT HAS_PERMS_BY_NAME('msdb.dbo.backupset', 'OBJECT', 'SELECT') AS held";
const granted: Account = { ...defaultAccount, tables: ['backupset'] };

interface Asked {
  readonly account: Account;
  readonly scenario?: Scenario;
}

/** The only row of a query to SQL Server, or the number of the error and its text. */
async function answer(query: string, { account, scenario = 'healthy' }: Asked): Promise<unknown> {
  const pair = await startPair({ scenario, accounts: [account], clock: () => startMilliseconds });
  try {
    const [row] = await ask(pair, pair.sqlServer, query);
    return Object.values(row ?? {})[0];
  } catch (error) {
    const { number, message } = error as { readonly number?: number; readonly message: string };
    return `${number}: ${message}`;
  } finally {
    await pair.close();
  }
}

describe('msdb.dbo.backupset', () => {
  it('is refused to a login that may do all that monitoring needs, as it is on a server', async () => {
    assert.equal(
      await answer(newest, { account: defaultAccount }),
      "229: The SELECT permission was denied on the object 'backupset', database 'msdb', schema 'dbo'.",
    );
    assert.equal(await answer(mayRead, { account: defaultAccount }), 0);
  });

  it('tells a login to whom it was granted of the last log backup, in local time', async () => {
    const at = new Date(startMilliseconds + 2 * 3_600_000 + 5_000);
    assert.deepEqual(await answer(newest, { account: granted }), at);
    assert.equal(await answer(mayRead, { account: granted }), 1);
  });

  it('has no newer one where nobody takes them', async () => {
    const at = new Date(startMilliseconds + (2 - 26) * 3_600_000 + 5_000);
    assert.deepEqual(await answer(newest, { account: granted, scenario: 'log-backup-missing' }), at);
  });

  it('is in msdb alone', async () => {
    assert.match(
      String(await answer(newest.replace('msdb.', ''), { account: granted })),
      /^208: Invalid object name 'dbo\.backupset'/,
    );
  });
});
