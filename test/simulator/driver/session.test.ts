import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Connection } from 'tedious';
import type { Pair } from '../../../src/simulator/pair.ts';
import { execute } from '../tds/tedious-client.ts';
import { call, logIn, numberOf, rowsOf, startDriverPair, TYPES } from './client.ts';

/** What a driver other than the exporter's own met on the simulator, on the wire; the numbers are the facts' own. */
describe('a session on the wire', () => {
  let pair: Pair;
  let connection: Connection;
  before(async () => {
    pair = await startDriverPair();
    connection = await logIn(pair.sqlServer, { appName: 'app one', workstationId: 'host one' });
  });
  after(async () => {
    connection.close();
    await pair.close();
  });
  const rows = (sql: string) => rowsOf(connection, sql);
  const fails = async (sql: string) => numberOf(await execute(connection, sql));

  for (const packetSize of [512, 4096, 32_767]) {
    it(`1: a long text arrives whole in packets of ${packetSize} bytes`, async () => {
      const other = await logIn(pair.sqlServer, { packetSize });
      const text = "REPLICATE(CAST(N'äb✓' AS nvarchar(max)), 40000)";
      const [[a, b, c, d] = []] = await rowsOf(other, `SELECT 1, ${text}, CAST(${text} AS varbinary(max)), 2`);
      assert.deepEqual([a, b === 'äb✓'.repeat(40_000), (c as Buffer).length, d], [1, true, 240_000, 2]);
      other.close();
    });
  }

  it('2: a reset gives the next user of a pooled connection a new session', async () => {
    const changes = `USE tempdb; BEGIN TRAN; SET LOCK_TIMEOUT 5; SET DATEFIRST 1; SET XACT_ABORT ON;
      SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 1/0`;
    const state = `SELECT @@ERROR, DB_NAME(), @@TRANCOUNT, @@LOCK_TIMEOUT, @@DATEFIRST, @@OPTIONS & 16384`;
    const other = await logIn(pair.sqlServer);
    const fresh = await rowsOf(other, state);
    await execute(other, changes.replace('SELECT 1/0', ''));
    assert.deepEqual(await rowsOf(other, state), [[0, 'tempdb', 1, 5, 1, 16_384]]);
    await execute(other, changes);
    await new Promise<void>((resolve, reject) => other.reset((error) => (error ? reject(error) : resolve())));
    assert.deepEqual(await rowsOf(other, state), fresh);
    other.close();
  });

  it('3: output parameters and return values', async () => {
    const set = await call(
      connection,
      "SET @out = @in * 2; SET @word = REPLICATE(CAST(N'x' AS nvarchar(max)), 9000)",
      (request) => {
        request.addParameter('in', TYPES.Int, 21);
        request.addOutputParameter('out', TYPES.Int);
        request.addOutputParameter('word', TYPES.NVarChar, null, { length: Number.POSITIVE_INFINITY });
      },
      true,
    );
    assert.deepEqual([numberOf(set), set.outputs.out, set.outputs.word === 'x'.repeat(9000)], [null, 42, true]);
    const text = `DECLARE @o int, @rc int;
      EXEC @rc = sp_executesql N'SET @x = @y + 1', N'@y int, @x int OUTPUT', @y = 4, @x = @o OUTPUT; SELECT @o, @rc`;
    assert.deepEqual(await rows(text), [[5, 0]]);
    assert.equal(await fails("EXEC sp_executesql N'SELECT @x', N'@x int', @x = DEFAULT"), 8178);
  });

  it('5, 6, 7: who is connected, by whatever way one asks', async () => {
    const [[id, host, program] = []] = await rows('SELECT @@SPID, HOST_NAME(), APP_NAME()');
    assert.deepEqual([host, program], ['host one', 'app one']);
    await execute(connection, 'USE tempdb; SET TEXTSIZE 100000; SET DEADLOCK_PRIORITY HIGH; BEGIN TRAN');
    const own = `SELECT session_id, host_name, program_name, login_name, client_interface_name, host_process_id, status,
      DB_NAME(database_id), text_size, deadlock_priority, open_transaction_count
      FROM sys.dm_exec_sessions WHERE session_id = @@SPID`;
    assert.deepEqual(await rows(own), [
      [id, 'host one', 'app one', 'milink', 'Tedious', process.pid, 'running', 'tempdb', 100_000, 5, 1],
    ]);
    await execute(connection, 'ROLLBACK; USE master; SET TEXTSIZE 2147483647; SET DEADLOCK_PRIORITY NORMAL');
  });

  it('13: what SET takes has an effect', async () => {
    const weekday =
      "SELECT @@DATEFIRST, DATEPART(weekday, '2026-11-22'), DATEPART(week, '2026-01-05'), DATENAME(dw, '2026-11-22')";
    assert.deepEqual(await rows(weekday), [[7, 1, 2, 'Sunday']]);
    assert.deepEqual(await rows(`SET DATEFIRST 1; ${weekday}`), [[1, 7, 2, 'Sunday']]);
    assert.deepEqual(await rows('SET DATEFIRST 7; SET LOCK_TIMEOUT 1800; SELECT @@LOCK_TIMEOUT'), [[1800]]);
    assert.deepEqual(
      await rows(
        "SET TEXTSIZE 10; SELECT CAST(N'0123456789' AS nvarchar(max)), CAST('0123456789ab' AS varchar(max)), '0123456789ab'",
      ),
      [['01234', '0123456789', '0123456789ab']],
    );
    await execute(connection, 'SET TEXTSIZE -1; SET LOCK_TIMEOUT -1');
    for (const [refused, number] of [
      ['SET DATEFIRST 8', 1080],
      ['SET DATEFORMAT dmy', 40_514],
      ['SET DATEFORMAT abc', 2741],
      ['SET ANSI_NULLS OFF', 40_514],
      ['SET ANSI_WARNINGS OFF', 40_514],
      ['SET CONCAT_NULL_YIELDS_NULL OFF', 40_514],
      ['SET ROWCOUNT 5', 40_514],
      ['SET STATISTICS IO ON', 40_514],
      ['SET CONTEXT_INFO 0x01', 40_514],
      ['SET LANGUAGE Deutsch', 40_514],
      ['SET LANGUAGE Klingon', 2740],
      ['SET NO_SUCH_OPTION ON', 195],
    ] as const) {
      assert.equal(await fails(refused), number, refused);
    }
    for (const taken of [
      'SET DATEFORMAT mdy',
      'SET ANSI_NULLS ON',
      'SET LANGUAGE us_english',
      'SET NO_BROWSETABLE ON',
    ]) {
      assert.equal(await fails(taken), null, taken);
    }
  });

  it('16: transactions, by T-SQL and by the driver, with the counts that a client sees', async () => {
    const count = async () => (await rows('SELECT @@TRANCOUNT, XACT_STATE()'))[0];
    const done = (start: (callback: (error?: Error | null) => void) => void) =>
      new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
    await done((callback) => connection.beginTransaction(callback, 'outer', 4));
    assert.deepEqual(await count(), [1, 1]);
    await execute(connection, 'BEGIN TRAN');
    assert.deepEqual(await count(), [2, 1]);
    await execute(connection, 'COMMIT');
    await done((callback) => connection.saveTransaction(callback, 'here'));
    assert.equal(await fails('ROLLBACK TRAN nowhere'), 6401);
    await execute(connection, 'ROLLBACK TRAN here');
    assert.deepEqual(await count(), [1, 1]);
    await done((callback) => connection.commitTransaction(callback));
    assert.deepEqual(await count(), [0, 0]);
    await done((callback) => connection.beginTransaction(callback));
    await done((callback) => connection.rollbackTransaction(callback));
    assert.deepEqual(await count(), [0, 0]);
    assert.deepEqual([await fails('COMMIT'), await fails('ROLLBACK'), await fails('SAVE TRAN a')], [3902, 3903, 628]);
    await assert.rejects(
      done((callback) => connection.commitTransaction(callback)),
      { number: 3902 },
    );
    assert.equal(await fails("BEGIN TRAN; SELECT CAST('a' AS int)"), 245);
    assert.deepEqual(await count(), [0, 0]);
    assert.equal(await fails('SET XACT_ABORT ON; BEGIN TRAN; SELECT 1/0'), 8134);
    assert.deepEqual(await count(), [0, 0]);
    await execute(connection, 'SET XACT_ABORT OFF; SET IMPLICIT_TRANSACTIONS ON; SELECT name FROM sys.databases');
    assert.deepEqual(await count(), [1, 1]);
    await execute(connection, 'COMMIT; SET IMPLICIT_TRANSACTIONS OFF');
  });
});
