import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorsOf, events, failures, fixtureSession } from './fixture.ts';

/** Batches with the errors that a real server gives, as `number:class:state:line`. */
const cases: readonly (readonly [sql: string, ...errors: string[]])[] = [
  ['SELECT\n1 +', '102:15:1:2'],
  ['SELECT *\nFROM sys.databases x y', '102:15:1:2'],
  ['SELECT 1\n)', '102:15:1:2'],
  ['SELECT\nFROM sys.databases', '156:15:1:2'],
  ['SELECT 1 FROM\nsys.databases WHERE', '102:15:1:2'],
  ["SELECT 1\n, 'open", '105:15:1:2', '102:15:1:2'],
  ['SELECT 1 /* open', '113:15:1:1'],
  ['SELECT 1 WHERE 1', '4145:15:1:1'],
  ['SELECT (1 = 1)', '102:15:1:1'],
  ['SELECT ¶', '102:15:1:1'],
  ['SELECT\nfoo,\nbar FROM sys.databases', '207:16:1:2', '207:16:1:3'],
  ['SELECT 1\nFROM sys.nothing', '208:16:1:1'],
  ['SELECT 1;\nSELECT 2 FROM databases', '208:16:1:2'],
  ['SELECT 1 FROM nowhere.sys.databases', '208:16:1:1'],
  ['SELECT 1 FROM other.master.sys.databases', '7202:11:2:1'],
  ['SELECT group_id FROM sys.groups g JOIN\nsys.states s ON g.group_id = s.group_id', '209:16:1:1'],
  ['SELECT x.name FROM sys.databases', '4104:16:1:1'],
  ['SELECT x.* FROM sys.databases', '107:15:1:1'],
  ['SELECT *', '263:16:1:1'],
  ['SELECT\n@nothing', '137:15:2:2'],
  ['SELECT @@nothing', '137:15:2:1'],
  ['DECLARE @a int\nDECLARE @A int', '134:15:2:2'],
  ['SELECT\nnosuch(1)', '195:15:10:2'],
  ['SET NOSUCH ON', '195:15:5:1'],
  ['SELECT LEN(1, 2)', '174:15:1:1'],
  ["SELECT DATEADD(fortnight, 1, '20260101')", '155:15:1:1'],
  ['SELECT name, COUNT(*) FROM sys.databases', '8120:16:1:1'],
  ['SELECT COUNT(*) FROM sys.databases HAVING name = 1', '8121:16:1:1'],
  ['SELECT name FROM sys.databases WHERE COUNT(*) > 1', '147:15:1:1'],
  ['SELECT SUM(COUNT(*)) FROM sys.databases', '130:16:1:1'],
  ['SELECT 1 UNION SELECT 1, 2', '205:16:1:1'],
  ['SELECT (SELECT 1, 2)', '116:16:1:1'],
  ['SELECT (SELECT name FROM sys.databases)', '512:16:1:1'],
  ['SELECT * FROM (SELECT 1) x', '8155:16:2:1'],
  ['SELECT * FROM (SELECT 1 a, 2 A) x', '8156:16:1:1'],
  ['SELECT * FROM (SELECT 1 a ORDER BY a) x', '1033:15:1:1'],
  ['SELECT 1 FROM sys.databases, sys.databases', '1013:16:1:1'],
  ['SELECT 1 ORDER BY 2', '108:15:1:1'],
  ['SELECT DISTINCT name FROM sys.databases ORDER BY state', '145:15:1:1'],
  ['SELECT 1 a UNION SELECT 2 ORDER BY b', '104:16:1:1'],
  ['DECLARE @a int SELECT @a = 1, 2', '141:15:1:1'],
  ['\nSELECT 1 / 0', '8134:16:1:2'],
  ['SELECT 2147483647 + 1', '8115:16:2:1'],
  ['SELECT CAST(1 AS bit) + CAST(1 AS bit)', '8117:16:1:1'],
  ["SELECT 'a' - 'b'", '8117:16:1:1'],
  ['SELECT group_id + 1 FROM sys.groups', '402:16:1:1'],
  ['SELECT 1 FROM sys.groups WHERE group_id = 1', '206:16:2:1'],
  ['DECLARE @n int = GETDATE()', '257:16:3:1'],
  ['SELECT SUM(name) FROM sys.databases', '8117:16:1:1'],
  ['SELECT CASE WHEN 1 = 1 THEN NULL END', '8133:16:1:1'],
  ["SELECT SUBSTRING('a', 1, -1)", '537:16:3:1'],
  ["SELECT DATEADD(year, 9999, '20260101')", '517:16:1:1'],
  ["SELECT DATEDIFF(second, '17530101', '99991231')", '535:16:0:1'],
  ['SELECT 1\nEXEC nosuch 1', '2812:16:62:2'],
  ['nosuch', '2812:16:62:1'],
  ['COMMIT', '3902:16:1:1'],
  ['INSERT INTO nosuch VALUES (1)', '208:16:1:1'],
  ["UPDATE sys.databases SET name = 'x'", '229:14:5:1'],
  ['CREATE TABLE t (a int)', '262:14:1:1'],
  ['DROP TABLE t', '3701:11:5:1'],
  ['USE master\nALTER AVAILABILITY GROUP [x] FAILOVER', '15151:16:1:2'],
  ['KILL 52', '6102:14:1:1'],
  ["BACKUP DATABASE Sales TO DISK = 'x'", '262:14:1:1'],
  ['SELECT name, ROW_NUMBER() OVER (ORDER BY nosuch) FROM sys.databases', '207:16:1:1'],
  ['SELECT ROW_NUMBER() FROM sys.databases', '10753:15:3:1'],
  ['SELECT 1 WHERE COUNT(*) OVER () > 1', '4108:15:1:1'],
  ['SELECT SUM(1) OVER () FROM sys.databases', '40514:16:1:1'],
  ['BEGIN TRY SELECT 1 END TRY', '40514:16:1:1'],
];

describe('an error', () => {
  for (const [sql, ...errors] of cases) {
    it(`is ${errors.join(' ')} for ${JSON.stringify(sql)}`, async () => assert.deepEqual(await failures(sql), errors));
  }

  const messages: readonly (readonly [sql: string, message: string])[] = [
    ['SELECT 1 +', "Incorrect syntax near '+'."],
    ['SELECT FROM t', "Incorrect syntax near the keyword 'FROM'."],
    ['SELECT nope FROM sys.databases', "Invalid column name 'nope'."],
    ['SELECT 1 FROM sys.nope', "Invalid object name 'sys.nope'."],
    ['SELECT a.b', 'The multi-part identifier "a.b" could not be bound.'],
    ['SELECT @x', 'Must declare the scalar variable "@x".'],
    ['SELECT Foo()', "'Foo' is not a recognized built-in function name."],
    ["SELECT CAST('a' AS int)", "Conversion failed when converting the varchar value 'a' to data type int."],
    ["SELECT CAST(N'a' AS float)", 'Error converting data type nvarchar to float.'],
    ['SELECT 1/0', 'Divide by zero error encountered.'],
  ];
  for (const [sql, message] of messages) {
    it(`says "${message}"`, async () => {
      assert.deepEqual(
        errorsOf(await events(fixtureSession(), sql)).map((error) => error.message),
        [message],
      );
    });
  }

  it('is 191 for text nested too deeply, in any construct', async () => {
    const deep = (open: string, close: string, inside = '1'): string =>
      `SELECT ${open.repeat(5000)}${inside}${close.repeat(5000)}`;
    assert.deepEqual(await failures(deep('(', ')')), ['191:15:1:1']);
    assert.deepEqual(await failures(deep('- ', '')), ['191:15:1:1']);
    assert.deepEqual(await failures(deep('(SELECT ', ')')), ['191:15:1:1']);
    assert.deepEqual(await failures(`SELECT 1${' + 1'.repeat(5000)}`), ['191:15:1:1']);
    assert.deepEqual(await failures('IF 1 = 1 '.repeat(5000)), ['191:15:1:1']);
    assert.deepEqual(await failures(`SELECT 1 WHERE ${'NOT '.repeat(5000)} 1 = 1`), ['191:15:1:1']);
  });
});
