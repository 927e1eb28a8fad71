import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EndFaults } from '../../src/simulator/pair-end.ts';
import { endNames } from '../../src/simulator/world/topology.ts';
import { type PymssqlAnswer, type PymssqlQuery, startPymssql } from './pymssql.ts';
import type { ServerError } from './server-error.ts';
import { runTsql } from './tsql.ts';
import { onlooker, startWitnessPair, type WitnessPair, wires } from './witness-pair.ts';

interface RefusedCase {
  readonly why: string;
  readonly sql?: string;
  readonly login?: { readonly user?: string; readonly password?: string; readonly database?: string };
  readonly faults?: EndFaults;
  /** Every error that the server sends, with the number, severity and state of sys.messages and the documentation. */
  readonly errors: readonly ServerError[];
}

const states = 'sys.dm_hadr_availability_replica_states';

function error(number: number, severity: number, state: number, message: string, line = 1): ServerError {
  return { number, severity, state, line, message };
}

const cases: readonly RefusedCase[] = [
  {
    why: 'a wrong password',
    login: { password: 'wrong' },
    errors: [error(18_456, 14, 1, "Login failed for user 'milink'.")],
  },
  {
    why: 'a login that is not there',
    login: { user: 'sa' },
    errors: [error(18_456, 14, 1, "Login failed for user 'sa'.")],
  },
  {
    why: 'a database that is not there',
    login: { database: 'Nowhere' },
    errors: [error(4_060, 11, 1, 'Cannot open database "Nowhere" requested by the login. The login failed.')],
  },
  {
    why: 'a view that is not there',
    sql: '-- of a link\nSELECT name FROM sys.dm_hadr_link_states',
    errors: [error(208, 16, 1, "Invalid object name 'sys.dm_hadr_link_states'.", 2)],
  },
  {
    why: 'a column that is not there',
    sql: `SELECT roll_desc FROM ${states}`,
    errors: [error(207, 16, 1, "Invalid column name 'roll_desc'.")],
  },
  {
    why: 'a slip of the pen',
    sql: `SELECT role_desc FROM ${states} WHERE is_local = = 1`,
    errors: [error(102, 15, 1, "Incorrect syntax near '='.")],
  },
  {
    why: 'a view that was denied',
    sql: `SELECT role_desc FROM ${states}`,
    faults: { denied: ['dm_hadr_availability_replica_states'] },
    errors: [
      error(
        229,
        14,
        5,
        "The SELECT permission was denied on the object 'dm_hadr_availability_replica_states', database 'mssqlsystemresource', schema 'sys'.",
      ),
    ],
  },
  {
    // 300 names the permission, 297 ends the statement.
    why: 'a login without VIEW SERVER PERFORMANCE STATE',
    sql: `SELECT role_desc FROM ${states}`,
    login: { user: onlooker.name, password: onlooker.password },
    errors: [
      error(300, 14, 1, "VIEW SERVER PERFORMANCE STATE permission was denied on object 'server', database 'master'."),
      error(297, 16, 1, 'The user does not have permission to perform this action.'),
    ],
  },
];

for (const wire of wires) {
  describe(`what is refused over ${wire}`, () => {
    let witness: WitnessPair;
    before(async () => {
      witness = await startWitnessPair(wire);
    });
    after(() => witness.close());

    for (const end of endNames) {
      for (const { why, sql = 'SELECT 1 AS one', login = {}, faults = {}, errors } of cases) {
        it(`${why} on ${end} is ${errors.map(({ number }) => number).join(' and ')}`, async () => {
          witness.pair[end].setFaults(faults);
          const printed = await runTsql(witness, { end, batches: [sql], ...login });
          assert.deepEqual(printed.errors, errors);
          assert.equal(printed.printed, '');
          const answer = await askOnce(witness, { end, sql, ...login });
          assert.deepEqual(numbersOf(answer.error), numbersOf(expectedOfPymssql(errors)));
          assert.deepEqual(answer.results, []);
        });
      }

      it(`${end} goes on after an error`, async () => {
        witness.pair[end].setFaults({});
        const batches = ['SELECT nothing FROM nowhere', 'SELECT @@SERVERNAME AS name'];
        const { printed, errors } = await runTsql(witness, { end, batches });
        assert.deepEqual(
          errors.map(({ number }) => number),
          [208],
        );
        assert.equal(printed, `name\n${witness.pair[end].identity.serverName}\n`);
      });

      it(`the catalog views of ${end} are empty without VIEW ANY DEFINITION`, async () => {
        witness.pair[end].setFaults({});
        const login = { user: onlooker.name, password: onlooker.password };
        const sql = 'SELECT COUNT(*) FROM sys.certificates';
        const answer = await askOnce(witness, { end, sql, ...login });
        assert.deepEqual(answer.results[0]?.rows, [[['int', '0']]]);
      });
    }
  });
}

describe('permissions of an older version', () => {
  it('are refused under their older name', async () => {
    const witness = await startWitnessPair('tls', { sqlServerMajor: 15 });
    try {
      const login = { user: onlooker.name, password: onlooker.password };
      const { errors } = await runTsql(witness, {
        end: 'sqlServer',
        batches: [`SELECT role FROM ${states}`],
        ...login,
      });
      assert.deepEqual(errors, [
        error(300, 14, 1, "VIEW SERVER STATE permission was denied on object 'server', database 'master'."),
        error(297, 16, 1, 'The user does not have permission to perform this action.'),
      ]);
    } finally {
      await witness.close();
    }
  });
});

describe('certificates', () => {
  const untrusted = [
    { why: 'of an authority that FreeTDS does not know', names: ['localhost'], trusts: 'other' },
    { why: 'for another host', names: ['elsewhere.example'], trusts: 'own' },
  ] as const;
  for (const { why, names, trusts } of untrusted) {
    it(`${why} are refused before the login`, async () => {
      const witness = await startWitnessPair('tls', { certificateNames: { sqlServer: names } });
      const other = await startWitnessPair('tls');
      try {
        if (trusts === 'other') await witness.configureFreeTds({ authorityFile: other.authorityFile });
        const { errors, complaints } = await runTsql(witness, { end: 'sqlServer', batches: ['SELECT 1 AS one'] });
        assert.deepEqual(errors, []);
        assert.match(complaints, /connection failed/);
        assert.equal(witness.pair.sqlServer.counts().logins, 0);
      } finally {
        await Promise.all([witness.close(), other.close()]);
      }
    });
  }
});

/** In a process of its own: pymssql goes on reporting the worst login failure that it has met. */
async function askOnce(witness: WitnessPair, query: PymssqlQuery): Promise<PymssqlAnswer> {
  const pymssql = startPymssql();
  try {
    return await pymssql.ask(witness, query);
  } finally {
    await pymssql.stop();
  }
}

/** pymssql's text is the server's followed by its own, or by its own alone. */
function numbersOf(seen: ServerError | null): Omit<ServerError, 'message'> | null {
  return seen && { number: seen.number, severity: seen.severity, state: seen.state, line: seen.line };
}

/** pymssql keeps the worst of several. */
function expectedOfPymssql(errors: readonly ServerError[]): ServerError | null {
  return errors.reduce<ServerError | null>(
    (worst, next) => (worst && worst.severity > next.severity ? worst : next),
    null,
  );
}
