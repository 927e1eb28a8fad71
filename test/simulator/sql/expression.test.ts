import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorsOf, events, fixtureSession, resultSets } from './fixture.ts';

/** Expressions with the type that a real server gives them and their value. */
const cases: readonly (readonly [expression: string, type: string, value: unknown])[] = [
  ['1', 'int', 1],
  ['2147483648', 'numeric(10,0)', '2147483648'],
  ['1.50', 'numeric(3,2)', '1.50'],
  ['1e3', 'float', 1000],
  ["'abc'", 'varchar(3)', 'abc'],
  ["N'日本'", 'nvarchar(2)', '日本'],
  ["'it''s'", 'varchar(4)', "it's"],
  ['0x00AB', 'varbinary(2)', new Uint8Array([0, 171])],
  ['NULL', 'int?', null],
  ['7 / 2', 'int', 3],
  ['-7 / 2', 'int', -3],
  ['-7 % 3', 'int', -1],
  ['7 / 2.0', 'numeric(8,6)', '3.500000'],
  ['1 / 3.0', 'numeric(8,6)', '0.333333'],
  ['1.5 + 2.25', 'numeric(4,2)', '3.75'],
  ['1.5 * 1.5', 'numeric(5,2)', '2.25'],
  ['1 + 1e0', 'float', 2],
  ['CAST(9 AS bigint) / 2', 'bigint', 4n],
  ['CAST(200 AS tinyint) + CAST(50 AS tinyint)', 'tinyint', 250],
  ['5 & 3 | 8 ^ 1', 'int', 8],
  ['~5', 'int', -6],
  ['~CAST(1 AS bit)', 'bit', false],
  ['2 + 3 * 4 - (1 + 1)', 'int', 12],
  ['- - 5', 'int', 5],
  ["'1' + 2", 'int', 3],
  ["'a' + 'bc'", 'varchar(3)', 'abc'],
  ["'a' + N'bc'", 'nvarchar(3)', 'abc'],
  ["'a' + NULL", 'varchar(2)?', null],
  ['CASE WHEN 1 = 1 THEN 1 ELSE 2.5 END', 'numeric(11,1)', '1.0'],
  ["CASE 'B' WHEN 'a' THEN 'x' WHEN 'b ' THEN 'long' END", 'varchar(4)?', 'long'],
  ['CASE WHEN NULL = NULL THEN 1 END', 'int?', null],
  ['IIF(1 > 2, 1, CAST(2 AS bigint))', 'bigint', 2n],
  ['COALESCE(NULL, CAST(1 AS tinyint), 300)', 'int?', 1],
  ["ISNULL(CAST(NULL AS varchar(2)), 'abcdef')", 'varchar(2)', 'ab'],
  ['NULLIF(1, 1)', 'int?', null],
  ["NULLIF('a', 'b')", 'varchar(1)?', 'a'],
  ["CHOOSE(2, 'a', 'bc')", 'varchar(2)?', 'bc'],
  ["CAST('2026-11-21 10:30:00' AS datetime) + 1.5", 'datetime', '2026-11-22T22:30:00.000'],
  ["CAST('20260102' AS datetime) - CAST('20260101' AS datetime)", 'datetime', '1900-01-02T00:00:00.000'],
];

describe('expressions', () => {
  for (const [expression, type, value] of cases) {
    it(`gives ${expression} as ${type}`, async () => {
      const session = fixtureSession();
      const batch = await events(session, `SELECT ${expression}`);
      session.close();
      assert.deepEqual(errorsOf(batch), []);
      assert.deepEqual(resultSets(batch), [{ columns: [type], rows: [[value]] }]);
    });
  }
});
