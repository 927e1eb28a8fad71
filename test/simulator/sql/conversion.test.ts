import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answers, failures } from './fixture.ts';

const moment = "CAST('2026-11-21T14:05:06.789' AS datetime)";
const fine = "CAST('2026-01-02T03:04:05.1234567' AS datetime2(7))";
const offset = "CAST('2026-01-02 03:04:05 +01:30' AS datetimeoffset(0))";

const cases: readonly (readonly [expression: string, type: string, value: unknown])[] = [
  ["CAST('12' AS int)", 'int', 12],
  ["CAST(' -7 ' AS bigint)", 'bigint', -7n],
  ["CAST('true' AS bit)", 'bit', true],
  ['CAST(2.9 AS int)', 'int', 2],
  ['CAST(-2.9e0 AS int)', 'int', -2],
  ['CAST(2.5 AS numeric(3,0))', 'numeric(3,0)', '3'],
  ["CAST('1.005' AS numeric(5,2))", 'numeric(5,2)', '1.01'],
  ['CAST(12345678901234567890 AS numeric(25,0))', 'numeric(25,0)', '12345678901234567890'],
  ['CAST(0.1e0 AS numeric(4,2))', 'numeric(4,2)', '0.10'],
  ["CAST('1.5e3' AS float)", 'float', 1500],
  ['CAST(1 AS varchar)', 'varchar(30)', '1'],
  ['CAST(123 AS varchar(2))', 'varchar(2)', '*'],
  ["CAST('abcdef' AS varchar(3))", 'varchar(3)', 'abc'],
  ["CAST('ab' AS char(4))", 'char(4)', 'ab  '],
  ['CAST(1e7 AS varchar(20))', 'varchar(20)', '1e+007'],
  ['CAST(0.5e0 AS varchar(20))', 'varchar(20)', '0.5'],
  ['CONVERT(varchar(10), 0x1F2A, 1)', 'varchar(10)', '0x1F2A'],
  ['CONVERT(varchar(10), 0x1F2A, 2)', 'varchar(10)', '1F2A'],
  ["CONVERT(varbinary(4), '0x1F2A', 1)", 'varbinary(4)', new Uint8Array([31, 42])],
  ['CAST(1 AS varbinary(4))', 'varbinary(4)', new Uint8Array([0, 0, 0, 1])],
  ['CAST(0x0102 AS int)', 'int', 258],
  [
    "CAST('{0a000000-0000-0000-0000-00000000000b}' AS uniqueidentifier)",
    'uniqueidentifier',
    '0A000000-0000-0000-0000-00000000000B',
  ],
  [
    "CAST(CAST('0a000000-0000-0000-0000-00000000000b' AS uniqueidentifier) AS varchar(36))",
    'varchar(36)',
    '0A000000-0000-0000-0000-00000000000B',
  ],
  [moment, 'datetime', '2026-11-21T14:05:06.790'],
  [fine, 'datetime2(7)', '2026-01-02T03:04:05.1234567'],
  ["CAST('2026-01-02' AS date)", 'date', '2026-01-02'],
  [`CAST(${fine} AS time(3))`, 'time(3)', '03:04:05.123'],
  [offset, 'datetimeoffset(0)', '2026-01-02T03:04:05+01:30'],
  ['CAST(1 AS datetime)', 'datetime', '1900-01-02T00:00:00.000'],
  ["CAST('Nov 21 2026  2:05PM' AS datetime)", 'datetime', '2026-11-21T14:05:00.000'],
  ["CAST('11/21/2026' AS datetime)", 'datetime', '2026-11-21T00:00:00.000'],
  ["CAST('' AS datetime)", 'datetime', '1900-01-01T00:00:00.000'],
  [`CAST(${moment} AS varchar(30))`, 'varchar(30)', 'Nov 21 2026  2:05PM'],
  [`CAST(${fine} AS varchar(30))`, 'varchar(30)', '2026-01-02 03:04:05.1234567'],
  [`CAST(${offset} AS varchar(40))`, 'varchar(40)', '2026-01-02 03:04:05 +01:30'],
  [`CONVERT(varchar(8), ${moment}, 108)`, 'varchar(8)', '14:05:06'],
  [`CONVERT(varchar(30), ${moment}, 120)`, 'varchar(30)', '2026-11-21 14:05:06'],
  [`CONVERT(varchar(30), ${moment}, 121)`, 'varchar(30)', '2026-11-21 14:05:06.790'],
  [`CONVERT(varchar(30), ${moment}, 126)`, 'varchar(30)', '2026-11-21T14:05:06.790'],
  [`CONVERT(varchar(30), ${offset}, 127)`, 'varchar(30)', '2026-01-02T01:34:05Z'],
  [`CONVERT(varchar(30), ${moment}, 112)`, 'varchar(30)', '20261121'],
  [`CONVERT(varchar(30), ${moment}, 9)`, 'varchar(30)', 'Nov 21 2026  2:05:06:790PM'],
  ["TRY_CAST('x' AS int)", 'int?', null],
  ["TRY_CAST('5' AS int)", 'int?', 5],
  ["TRY_CONVERT(datetime, 'never')", 'datetime?', null],
];

describe('conversion', () => {
  for (const [expression, type, value] of cases) {
    it(`gives ${expression}`, async () => {
      assert.deepEqual(await answers(`SELECT ${expression}`), [{ columns: [type], rows: [[value]] }]);
    });
  }
});

const refused: readonly (readonly [expression: string, failure: string])[] = [
  ["CAST('abc' AS int)", '245:16:1:2'],
  ["CAST('99999999999' AS int)", '248:16:1:2'],
  ["CAST('abc' AS bigint)", '8114:16:5:2'],
  ["CAST('abc' AS numeric(5,2))", '8114:16:5:2'],
  ["CAST('abc' AS float)", '8114:16:5:2'],
  ['CAST(300 AS tinyint)', '220:16:2:2'],
  ['CAST(3000000000 AS int)', '8115:16:2:2'],
  ['CAST(1000 AS numeric(3,0))', '8115:16:8:2'],
  ["CAST('2026-02-30' AS datetime)", '241:16:1:2'],
  ["CAST('1700-01-01' AS datetime)", '242:16:3:2'],
  ["CAST('abc' AS uniqueidentifier)", '8169:16:2:2'],
  ['CAST(1 AS uniqueidentifier)', '529:16:1:2'],
  ['CAST(1 AS date)', '529:16:1:2'],
  ['CAST(1 AS money)', '40514:16:1:2'],
  ['CAST(1 AS nosuch)', '243:16:1:2'],
  ['CONVERT(varchar(30), GETDATE(), 99)', '281:16:1:2'],
];

describe('a conversion that fails', () => {
  for (const [expression, failure] of refused) {
    it(`is ${failure.split(':')[0]} for ${expression}`, async () => {
      assert.deepEqual(await failures(`SELECT\n${expression}`.replace('SELECT\n', '\nSELECT ')), [failure]);
    });
  }
});
