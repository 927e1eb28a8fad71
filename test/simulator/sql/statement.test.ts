import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answers, errorsOf, events, failures, fixtureSession, resultSets, rowsOf } from './fixture.ts';

async function kinds(sql: string): Promise<readonly string[]> {
  const session = fixtureSession();
  const batch = await events(session, sql);
  session.close();
  return batch.map((event) => (event.kind === 'done' ? `done ${event.rowCount}` : event.kind));
}

const scripts: readonly (readonly [name: string, sql: string, rows: readonly (readonly unknown[])[]])[] = [
  [
    'declares several variables',
    "DECLARE @a int = 2, @b varchar(3) = 'abcdef', @c AS bigint; SELECT @a, @b, @c",
    [[2, 'abc', null]],
  ],
  ['sets a variable', 'DECLARE @a int; SET @a = 5; SET @a += 2; SELECT @A', [[7]]],
  [
    'selects into a variable',
    'DECLARE @n int, @m sysname SELECT @n = database_id, @m = name FROM sys.databases WHERE database_id = 5 SELECT @n, @m',
    [[5, 'Sales']],
  ],
  [
    'keeps a variable when no row comes',
    'DECLARE @n int = 1 SELECT @n = 2 FROM sys.databases WHERE 1 = 0 SELECT @n',
    [[1]],
  ],
  [
    'adds up in a variable',
    "DECLARE @s varchar(99) = '' SELECT @s = @s + name + ';' FROM sys.databases SELECT @s",
    [['master;Sales;Copy;']],
  ],
  [
    'filters by a variable',
    "DECLARE @name varchar(max) = 'dag_sales' SELECT ratio FROM sys.groups WHERE name = @name",
    [[0.5]],
  ],
  ['counts rows', 'SET NOCOUNT ON DECLARE @n int SELECT @n = 1 FROM sys.databases SELECT @@ROWCOUNT', [[3]]],
  ['remembers an error', 'PRINT 1 / 0 SELECT @@ERROR', [[8134]]],
  ['branches', 'IF 1 = 2 SELECT 1 ELSE IF 1 = 1 BEGIN SELECT 2; END ELSE SELECT 3', [[2]]],
  ['loops', 'DECLARE @i int = 0 WHILE 1 = 1 BEGIN SET @i = @i + 1 IF @i < 3 CONTINUE BREAK END SELECT @i', [[3]]],
  ['returns', 'SELECT 1 RETURN SELECT 2', [[1]]],
  ['counts transactions', 'BEGIN TRAN BEGIN TRANSACTION COMMIT SELECT @@TRANCOUNT ROLLBACK', [[1]]],
  ['executes text with parameters', "EXEC sp_executesql N'SELECT @b - @a', N'@a int, @b bigint', 1, @b = 44", [[43n]]],
  [
    'executes text of a variable',
    "DECLARE @t nvarchar(99) = N'SELECT ' + CAST(6 * 7 AS nvarchar(9)) EXEC (@t)",
    [[42]],
  ],
];

describe('a script', () => {
  for (const [name, sql, rows] of scripts) {
    it(name, async () => {
      const session = fixtureSession();
      const results = resultSets(await events(session, sql));
      session.close();
      assert.deepEqual(
        results.map((result) => result.rows),
        [rows],
      );
    });
  }

  it('gives each statement its rows and its count', async () => {
    assert.deepEqual(await kinds('SELECT name FROM sys.databases; SELECT 1 WHERE 1 = 0'), [
      'rows',
      'done 3',
      'rows',
      'done 0',
    ]);
  });

  it('gives no counts with NOCOUNT', async () => {
    assert.deepEqual(await kinds('SET NOCOUNT ON SELECT 1'), ['done null', 'rows', 'done null']);
  });

  it('goes on after a division by zero but not after a failed conversion', async () => {
    assert.deepEqual(await kinds('SELECT 1 / 0 SELECT 1'), ['rows', 'error', 'done null', 'rows', 'done 1']);
    assert.deepEqual(await kinds("SELECT CAST('x' AS int) SELECT 1"), ['rows', 'error']);
  });

  it('runs nothing when a later statement names a wrong column, but looks for tables only on the way', async () => {
    assert.deepEqual(await kinds('SELECT 1 SELECT nothing FROM sys.databases'), ['error']);
    assert.deepEqual(await kinds('SELECT 1 SELECT nothing FROM sys.nothing'), ['rows', 'done 1', 'error']);
    assert.deepEqual(await kinds('IF 1 = 0 SELECT nothing FROM sys.nothing'), []);
  });

  it('accepts what clients send when they connect', async () => {
    const sql = `SET ANSI_NULLS, QUOTED_IDENTIFIER ON SET TEXTSIZE 2147483647 SET LOCK_TIMEOUT -1 SET DATEFORMAT mdy
      SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED SET DEADLOCK_PRIORITY LOW SET IMPLICIT_TRANSACTIONS OFF`;
    assert.deepEqual(errorsOf(await events(fixtureSession(), sql)), []);
  });

  it('takes parameters of a call', async () => {
    const parameters = [
      { name: '@P1', type: { name: 'numeric', precision: 25, scale: 0 }, value: '4500000001234560000000002' },
      { name: '@p2', type: { name: 'nvarchar', length: 4000 }, value: null },
    ] as const;
    const sql = 'SELECT is_local, @p2 FROM sys.states WHERE hardened_lsn = @p1';
    assert.deepEqual(resultSets(await events(fixtureSession(), sql, { parameters })), [
      { columns: ['is_local bit', 'nvarchar(4000)?'], rows: [[false, null]] },
    ]);
  });

  it('splits at GO, where variables end', async () => {
    assert.deepEqual(await failures('DECLARE @a int = 1\nGO\nSELECT @a\nGO'), ['137:15:2:3']);
    assert.deepEqual(
      (await answers('SELECT 1\ngo\nSELECT 2')).flatMap(({ rows }) => rows),
      [[1], [2]],
    );
  });

  it('reads double quotes as the session is set', async () => {
    const session = fixtureSession();
    const ask = async (sql: string): Promise<unknown> => resultSets(await events(session, sql)).map(({ rows }) => rows);
    assert.deepEqual(await ask('SELECT "name" FROM sys.databases WHERE database_id = 1'), [[['master']]]);
    await ask('SET QUOTED_IDENTIFIER OFF');
    assert.deepEqual(await ask('SELECT "name" FROM sys.databases WHERE database_id = 1'), [[['name']]]);
    session.close();
  });
});

describe('messages and databases', () => {
  it('prints', async () => {
    const batch = await events(fixtureSession(), "\nPRINT 'a' + CAST(1 AS varchar(2))");
    assert.deepEqual(batch, [{ kind: 'message', message: { number: 0, class: 0, state: 1, line: 2, message: 'a1' } }]);
  });

  it('enters a database', async () => {
    const session = fixtureSession();
    const batch = await events(session, 'USE [sales]');
    assert.deepEqual(batch[0], { kind: 'database', from: 'master', to: 'Sales' });
    assert.equal(batch[1]?.kind === 'message' && batch[1].message.number, 5701);
    assert.equal(session.database, 'Sales');
    assert.deepEqual(resultSets(await events(session, 'SELECT DB_NAME()'))[0]?.rows, [['Sales']]);
  });

  it('stays where it is for an unknown or restoring database', async () => {
    assert.deepEqual(await failures('USE nowhere'), ['911:16:1:1']);
    assert.deepEqual(await failures('USE Copy'), ['927:14:2:1']);
  });

  it('raises messages and errors', async () => {
    const batch = await events(
      fixtureSession(),
      "RAISERROR('%s has %d', 10, 2, 'x', 3) WITH NOWAIT RAISERROR('no', 16, 4)",
    );
    assert.deepEqual(batch[0], {
      kind: 'message',
      message: { number: 50_000, class: 10, state: 2, line: 1, message: 'x has 3' },
    });
    assert.deepEqual(errorsOf(batch), [{ number: 50_000, class: 16, state: 4, line: 1, message: 'no' }]);
    assert.deepEqual(await failures("THROW 70000, 'x', 7"), ['70000:16:7:1']);
  });
});

describe('reading', () => {
  it('reads each table once for a statement, in the order of the query, after waiting for it', async () => {
    const seen: string[] = [];
    const rows = (name: string): readonly [] => {
      seen.push(`rows ${name}`);
      return [];
    };
    const beforeRead = async (name: string): Promise<void> => {
      seen.push(`wait ${name}`);
    };
    await rowsOf('SELECT 1 FROM sys.states a JOIN sys.groups b ON 1 = 1 JOIN sys.states c ON 1 = 1', {
      rows,
      beforeRead,
    });
    assert.deepEqual(seen, ['wait states', 'wait groups', 'rows states', 'rows groups']);
  });

  it('ends without an event when it is cancelled in a slow view, in WAITFOR and in a loop', async () => {
    const beforeRead = (_: string, signal: AbortSignal): Promise<void> =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    for (const sql of ['SELECT name FROM sys.databases', "WAITFOR DELAY '01:00:00'", 'WHILE 1 = 1 SET NOCOUNT ON']) {
      const abort = new AbortController();
      const session = fixtureSession({ beforeRead });
      const batch = events(session, `${sql} SELECT 'too late'`, { signal: abort.signal });
      setImmediate(() => abort.abort());
      assert.deepEqual(resultSets(await batch), []);
    }
  });

  it('shows the state of the moment at each read', async () => {
    let state = 0;
    const session = fixtureSession({ rows: () => [{ database_id: ++state }] });
    const sql = 'SELECT database_id FROM sys.databases';
    const results = resultSets(await events(session, `${sql} ${sql}`));
    assert.deepEqual(
      results.map(({ rows }) => rows),
      [[[1]], [[2]]],
    );
  });
});
