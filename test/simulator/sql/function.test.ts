import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answers, type FixtureOptions } from './fixture.ts';

type Case = readonly [expression: string, type: string, value: unknown];

const text: readonly Case[] = [
  ["LEN('ab  ')", 'int', 2],
  ["DATALENGTH(N'ab')", 'int?', 4],
  ["UPPER('aé')", 'varchar(2)', 'AÉ'],
  ["LOWER(N'AB')", 'nvarchar(2)', 'ab'],
  ["LTRIM('  a ')", 'varchar(4)', 'a '],
  ["RTRIM('a ')", 'varchar(2)', 'a'],
  ["TRIM(' a ')", 'varchar(3)', 'a'],
  ["LEFT('abc', 2)", 'varchar(2)', 'ab'],
  ["RIGHT('abc', 2)", 'varchar(2)', 'bc'],
  ["SUBSTRING('abcdef', 2, 3)", 'varchar(3)', 'bcd'],
  ["SUBSTRING('abc', 0, 2)", 'varchar(2)', 'a'],
  ["CHARINDEX('B', 'abc')", 'int', 2],
  ["CHARINDEX('a', 'aba', 2)", 'int', 3],
  ["CHARINDEX('x', 'abc')", 'int', 0],
  ["REPLACE('aXbx', 'x', '-')", 'varchar(8000)', 'a-b-'],
  ["REVERSE('abc')", 'varchar(3)', 'cba'],
  ["CONCAT('a', NULL, 1, N'b')", 'nvarchar(15)', 'a1b'],
  ["REPLICATE('ab', 2)", 'varchar(8000)?', 'abab'],
  ["QUOTENAME('a]b')", 'nvarchar(258)?', '[a]]b]'],
];

const numbers: readonly Case[] = [
  ['ABS(-5)', 'int', 5],
  ['ABS(-1.5)', 'numeric(2,1)', '1.5'],
  ['SIGN(-2)', 'int', -1],
  ['CEILING(1.2)', 'numeric(2,0)', '2'],
  ['FLOOR(-1.2)', 'numeric(2,0)', '-2'],
  ['FLOOR(1.7e0)', 'float', 1],
  ['ROUND(1.255, 2)', 'numeric(4,3)', '1.260'],
  ['ROUND(1.255, 2, 1)', 'numeric(4,3)', '1.250'],
  ['ROUND(155, -1)', 'int', 160],
  ['POWER(2, 10)', 'int', 1024],
];

const dates: readonly Case[] = [
  ['GETUTCDATE()', 'datetime', '2026-11-21T10:00:00.123'],
  ['GETDATE()', 'datetime', '2026-11-21T11:00:00.123'],
  ['CURRENT_TIMESTAMP', 'datetime', '2026-11-21T11:00:00.123'],
  ['SYSUTCDATETIME()', 'datetime2(7)', '2026-11-21T10:00:00.1230000'],
  ['SYSDATETIMEOFFSET()', 'datetimeoffset(7)', '2026-11-21T11:00:00.1230000+01:00'],
  ["DATEADD(second, 90, '2026-01-01')", 'datetime', '2026-01-01T00:01:30.000'],
  ["DATEADD(month, 1, CAST('2026-01-31' AS date))", 'date', '2026-02-28'],
  ['DATEADD(hour, 5, 0)', 'datetime', '1900-01-01T05:00:00.000'],
  ["DATEDIFF(year, '2025-12-31', '2026-01-01')", 'int', 1],
  ["DATEDIFF(month, '2026-01-31', '2026-02-01')", 'int', 1],
  ["DATEDIFF(week, '2026-11-21', '2026-11-22')", 'int', 1],
  ["DATEDIFF(day, '2026-11-21 23:59', '2026-11-22 00:01')", 'int', 1],
  ["DATEDIFF(minute, '10:00:59', '10:01:00')", 'int', 1],
  ["DATEDIFF(ss, '2026-01-01', '2026-01-02')", 'int', 86_400],
  ["DATEDIFF_BIG(second, '19700101', '20380119 03:14:08')", 'bigint', 2_147_483_648n],
  ['DATEDIFF(minute, GETUTCDATE(), GETDATE())', 'int', 60],
  ["DATEPART(weekday, '2026-11-22')", 'int', 1],
  ["DATEPART(dayofyear, '2026-02-01')", 'int', 32],
  ["DATENAME(month, '2026-11-22')", 'nvarchar(30)', 'November'],
  ["YEAR('2026-11-22')", 'int', 2026],
];

const server: readonly Case[] = [
  ["SERVERPROPERTY('EngineEdition')", 'int?', 3],
  ["CAST(SERVERPROPERTY('ProductVersion') AS varchar(20))", 'varchar(20)?', '16.0.4175.1'],
  ["CAST(SERVERPROPERTY('ishadrenabled') AS int)", 'int?', 1],
  ["SERVERPROPERTY('NoSuchProperty')", 'nvarchar(128)?', null],
  ['DB_NAME()', 'nvarchar(128)?', 'master'],
  ['DB_NAME(5)', 'nvarchar(128)?', 'Sales'],
  ['DB_NAME(99)', 'nvarchar(128)?', null],
  ["DB_ID('SALES')", 'smallint?', 5],
  ['SUSER_SNAME()', 'nvarchar(128)?', 'milink'],
  ['@@SERVERNAME', 'nvarchar(128)?', 'SQL01'],
  ['@@SERVICENAME', 'nvarchar(128)?', 'MSSQLSERVER'],
  ['@@TRANCOUNT', 'int?', 0],
  ['CURRENT_TIMEZONE_ID()', 'varchar(8000)?', 'W. Europe Standard Time'],
  ["HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE')", 'int?', 1],
  ["HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER PERFORMANCE STATE')", 'int?', 1],
  ["HAS_PERMS_BY_NAME(NULL, NULL, 'CONTROL SERVER')", 'int?', 0],
  ["HAS_PERMS_BY_NAME(NULL, NULL, 'NO SUCH')", 'int?', null],
  ["HAS_PERMS_BY_NAME('sys.states', 'OBJECT', 'SELECT')", 'int?', 1],
  ["HAS_PERMS_BY_NAME('sys.nothing', 'OBJECT', 'SELECT')", 'int?', null],
  ["IS_SRVROLEMEMBER('sysadmin')", 'int?', 0],
  ["IIF(OBJECT_ID('sys.databases') IS NULL, 0, 1)", 'int', 1],
  ["OBJECT_ID('sys.nothing')", 'int?', null],
];

function suite(name: string, cases: readonly Case[], options: FixtureOptions = {}): void {
  describe(name, () => {
    for (const [expression, type, value] of cases) {
      it(`gives ${expression}`, async () => {
        assert.deepEqual(await answers(`SELECT ${expression}`, options), [{ columns: [type], rows: [[value]] }]);
      });
    }
  });
}

suite('text functions', text);
suite('number functions', numbers);
suite('date functions', dates);
suite('server functions', server);
suite(
  'server functions of a managed instance',
  [
    ["SERVERPROPERTY('EngineEdition')", 'int?', 8],
    ['@@SERVICENAME', 'nvarchar(128)?', null],
    ["SERVERPROPERTY('InstanceName')", 'nvarchar(128)?', null],
  ],
  { properties: { engineEdition: 8, productVersion: '12.0.2000.8' } },
);
suite(
  'permissions of SQL Server 2019',
  [
    ["HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER PERFORMANCE STATE')", 'int?', null],
    ["HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE')", 'int?', 1],
  ],
  { properties: { productVersion: '15.0.4345.5' } },
);
