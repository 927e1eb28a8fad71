import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, withPair } from '../pair-client.ts';

const known = [
  "SELECT FORMAT(1, 'N')",
  "SELECT STUFF('abc', 1, 1, 'x')",
  'SELECT NEWID()',
  'SELECT EOMONTH(GETDATE())',
  "SELECT JSON_VALUE('{}', '$.a')",
  'SELECT CHECKSUM(1)',
  'SELECT TYPE_NAME(1)',
  'SELECT OBJECT_NAME(1)',
  "SELECT CONNECTIONPROPERTY('net_transport')",
  'SELECT CONTEXT_INFO()',
  "SELECT CERTENCODED(CERT_ID(N'x'))",
  'SELECT @@DBTS',
  'SELECT @@FETCH_STATUS',
  'SELECT name FROM sys.configurations',
  'SELECT session_id FROM sys.dm_exec_connections',
  'SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES',
  'EXEC sp_who2',
  'EXEC sp_helpdb',
  "EXEC sp_configure 'show advanced options'",
];

const unknown: readonly (readonly [string, number])[] = [
  ['SELECT NO_SUCH_FUNCTION(1)', 195],
  ['SELECT @@NO_SUCH_THING', 137],
  ['SELECT a FROM sys.no_such_view', 208],
  ['EXEC sp_no_such_procedure', 2812],
];

test('what SQL Server knows and the simulator has not is refused as that, and the connection lives on', () =>
  withPair({}, async (pair) => {
    const pool = await connect(pair, pair.sqlServer);
    try {
      for (const statement of known)
        await assert.rejects(pool.request().batch(statement), { number: 40_514 }, statement);
      for (const [statement, number] of unknown)
        await assert.rejects(pool.request().batch(statement), { number }, statement);
      const { recordset } = await pool.request().batch('SELECT HOST_NAME() AS host, APP_NAME() AS program');
      assert.ok(recordset[0]?.host !== null && recordset[0]?.program !== null);
      assert.equal(pair.sqlServer.counts().connections, 1);
    } finally {
      await pool.close();
    }
  }));
