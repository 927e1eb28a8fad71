import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answers, rowsOf } from './fixture.ts';

/** Queries with their rows. */
const cases: readonly (readonly [name: string, sql: string, rows: readonly (readonly unknown[])[]])[] = [
  [
    'compares text without case and trailing blanks',
    "SELECT database_id FROM sys.databases WHERE name = 'SALES  '",
    [[5]],
  ],
  [
    'compares numerics exactly',
    'SELECT is_local FROM sys.states WHERE hardened_lsn > 4500000001234560000000001',
    [[false]],
  ],
  [
    'compares a GUID with text',
    "SELECT name FROM sys.groups WHERE group_id = '0b000000-0000-0000-0000-000000000002'",
    [['DAG_Café']],
  ],
  ['compares a bit with a number', 'SELECT database_id FROM sys.states WHERE is_local = 0', [[5]]],
  ['compares a datetime with text', "SELECT name FROM sys.databases WHERE create_date < '2010-01-01'", [['master']]],
  [
    'keeps NULL out of both answers',
    "SELECT COUNT(*) FROM sys.states WHERE health_desc = 'x' OR NOT health_desc = 'x'",
    [[2]],
  ],
  ['names a database in the table', 'SELECT name FROM [master].[sys].[databases] WHERE database_id = 1', [['master']]],
  [
    'qualifies columns by the table',
    'SELECT sys.databases.name FROM sys.databases WHERE databases.database_id = 1',
    [['master']],
  ],
  ['sorts by an alias', 'SELECT name AS n FROM sys.databases ORDER BY n DESC', [['Sales'], ['master'], ['Copy']]],
  [
    'sorts by a position',
    'SELECT database_id, name FROM sys.databases ORDER BY 2',
    [
      [6, 'Copy'],
      [1, 'master'],
      [5, 'Sales'],
    ],
  ],
  [
    'sorts by what is not selected',
    'SELECT name FROM sys.databases ORDER BY database_id DESC',
    [['Copy'], ['Sales'], ['master']],
  ],
  [
    'sorts NULL first',
    'SELECT queue_size FROM sys.states ORDER BY queue_size',
    [[null], [0n], [9_007_199_254_740_993n]],
  ],
  ['takes the first rows', 'SELECT TOP (1) name FROM sys.databases ORDER BY name', [['Copy']]],
  ['pages', 'SELECT name FROM sys.databases ORDER BY name OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY', [['master']]],
  [
    'is distinct by the collation',
    'SELECT DISTINCT health_desc FROM sys.states WHERE health_desc IS NOT NULL',
    [['HEALTHY']],
  ],
  [
    'joins',
    'SELECT g.name, s.is_local FROM sys.groups g JOIN sys.states s ON s.group_id = g.group_id WHERE s.database_id = 6',
    [['DAG_Café', true]],
  ],
  [
    'joins on text',
    'SELECT COUNT(*) FROM sys.states a INNER JOIN sys.states b ON a.health_desc = b.health_desc',
    [[4]],
  ],
  [
    'joins to the left',
    'SELECT d.name, s.is_local FROM sys.databases d LEFT JOIN sys.states s ON s.database_id = d.database_id AND s.is_local = 1 ORDER BY d.name',
    [
      ['Copy', true],
      ['master', null],
      ['Sales', true],
    ],
  ],
  [
    'joins to the right',
    'SELECT d.name FROM sys.states s RIGHT OUTER JOIN sys.databases d ON s.database_id = d.database_id WHERE s.group_id IS NULL',
    [['master']],
  ],
  ['joins both ways', 'SELECT COUNT(*) FROM sys.groups g FULL JOIN sys.databases d ON 1 = 0', [[5]]],
  [
    'nests joins',
    'SELECT COUNT(*) FROM sys.databases d LEFT JOIN sys.states s JOIN sys.groups g ON g.group_id = s.group_id ON s.database_id = d.database_id',
    [[4]],
  ],
  ['crosses', 'SELECT COUNT(*) FROM sys.databases CROSS JOIN sys.groups, sys.states', [[18]]],
  [
    'crosses with one row of another table',
    'SELECT d.name, x.g FROM sys.databases d CROSS JOIN (SELECT TOP 1 name AS g FROM sys.groups ORDER BY name) x WHERE d.database_id = 1',
    [['master', 'DAG_Café']],
  ],
  [
    'applies a query to each row',
    'SELECT d.name, x.lsn FROM sys.databases d CROSS APPLY (SELECT TOP 1 s.hardened_lsn AS lsn FROM sys.states s WHERE s.database_id = d.database_id ORDER BY lsn DESC) x ORDER BY 1',
    [
      ['Copy', '7'],
      ['Sales', '4500000001234560000000002'],
    ],
  ],
  [
    'applies a query and keeps rows without',
    'SELECT d.name, x.n FROM sys.databases d OUTER APPLY (SELECT s.is_local n FROM sys.states s WHERE s.database_id = d.database_id AND s.is_local = 0) x ORDER BY 1',
    [
      ['Copy', null],
      ['master', null],
      ['Sales', false],
    ],
  ],
  [
    'counts',
    'SELECT COUNT(*), COUNT(queue_size), COUNT(DISTINCT health_desc), COUNT_BIG(*) FROM sys.states',
    [[3, 2, 1, 3n]],
  ],
  [
    'adds up and averages',
    'SELECT SUM(database_id), AVG(database_id), MIN(health_desc), MAX(hardened_lsn), SUM(queue_size) FROM sys.states',
    [[16, 5, 'HEALTHY', '4500000001234560000000002', 9_007_199_254_740_993n]],
  ],
  [
    'aggregates nothing',
    "SELECT COUNT(*), SUM(database_id), MAX(name) FROM sys.databases WHERE name = 'none'",
    [[0, null, null]],
  ],
  [
    'groups by the collation',
    'SELECT health_desc, COUNT(*) FROM sys.states GROUP BY health_desc ORDER BY 1',
    [
      [null, 1],
      ['HEALTHY', 2],
    ],
  ],
  [
    'groups by an expression',
    'SELECT database_id % 2, COUNT(*) FROM sys.states GROUP BY database_id % 2 HAVING COUNT(*) > 1',
    [[1, 2]],
  ],
  ['joins texts of rows', "SELECT STRING_AGG(name, ',') FROM sys.databases WHERE database_id < 6", [['master,Sales']]],
  ['unites distinct rows', "SELECT 'a' UNION SELECT 'A' UNION SELECT 'b' ORDER BY 1", [['a'], ['b']]],
  ['unites all rows', 'SELECT 1 AS x UNION ALL SELECT 1 UNION ALL SELECT NULL ORDER BY x', [[null], [1], [1]]],
  ['subtracts rows', 'SELECT database_id FROM sys.databases EXCEPT SELECT database_id FROM sys.states', [[1]]],
  [
    'intersects rows',
    'SELECT database_id FROM sys.databases INTERSECT SELECT database_id FROM sys.states ORDER BY 1',
    [[5], [6]],
  ],
  [
    'names a query first',
    'WITH c (n, i) AS (SELECT name, database_id FROM sys.databases), d AS (SELECT n FROM c WHERE i > 1) SELECT c.i FROM c JOIN d ON d.n = c.n ORDER BY 1',
    [[5], [6]],
  ],
  ['finds in a list', "SELECT name FROM sys.databases WHERE name NOT IN ('SALES', 'copy')", [['master']]],
  [
    'finds in a query',
    'SELECT name FROM sys.databases WHERE database_id IN (SELECT database_id FROM sys.states) ORDER BY name',
    [['Copy'], ['Sales']],
  ],
  [
    'asks whether rows exist',
    'SELECT name FROM sys.databases d WHERE NOT EXISTS (SELECT * FROM sys.states s WHERE s.database_id = d.database_id)',
    [['master']],
  ],
  [
    'takes a value from a query',
    'SELECT name, (SELECT COUNT(*) FROM sys.states s WHERE s.database_id = d.database_id) FROM sys.databases d ORDER BY 1',
    [
      ['Copy', 1],
      ['master', 0],
      ['Sales', 2],
    ],
  ],
  ['finds between', "SELECT name FROM sys.databases WHERE name BETWEEN 'c' AND 'e'", [['Copy']]],
  ['matches patterns', "SELECT name FROM sys.databases WHERE name LIKE '[m-s]_[^x]%'", [['master'], ['Sales']]],
  ['matches an escaped sign', "SELECT name FROM sys.groups WHERE name LIKE 'DAG!_S%' ESCAPE '!'", [['DAG_Sales']]],
  ['reads VALUES', "SELECT v.b FROM (VALUES (1, 'x'), (2, NULL)) AS v (a, b) WHERE v.a = 2", [[null]]],
  [
    'takes hints',
    'SELECT COUNT(*) FROM sys.databases WITH (NOLOCK) INNER HASH JOIN sys.groups g (NOLOCK) ON 1 = 1 OPTION (MAXDOP 1, RECOMPILE)',
    [[6]],
  ],
  ['reads comments', 'SELECT /* a /* nested */ one */ 1 -- rest\n, 2', [[1, 2]]],
  [
    'numbers rows in a window',
    'SELECT is_local, ROW_NUMBER() OVER (PARTITION BY database_id ORDER BY hardened_lsn DESC), COUNT(*) OVER () FROM sys.states ORDER BY hardened_lsn',
    [
      [true, 1n, 3],
      [true, 2n, 3],
      [false, 1n, 3],
    ],
  ],
];

describe('a query', () => {
  for (const [name, sql, rows] of cases) {
    it(name, async () => assert.deepEqual(await rowsOf(sql), rows));
  }

  it('describes every column of a table as the catalog does', async () => {
    assert.deepEqual(
      (await answers('SELECT * FROM sys.states s')).map(({ columns }) => columns),
      [
        [
          'group_id uniqueidentifier',
          'database_id int',
          'is_local bit',
          'health_desc nvarchar(60)?',
          'queue_size bigint?',
          'hardened_lsn numeric(25,0)?',
          'commit_time datetime?',
        ],
      ],
    );
  });

  it('names columns in every way', async () => {
    const sql =
      "SELECT 1 AS a, 2 AS 'b c', 3 AS [d], 4 e, g = 5, 'h' = 6, 7 'i', d.NAME, s.* FROM sys.databases d JOIN (SELECT 8 AS k) s ON 1 = 1";
    const [result] = await answers(sql);
    assert.deepEqual(
      result?.columns.map((column) => column.replace(/ \S+$/, '')),
      ['a', 'b c', 'd', 'e', 'g', 'h', 'i', 'name', 'k'],
    );
  });

  it('gives columns of an outer join that may be missing as nullable', async () => {
    const [result] = await answers(
      'SELECT d.database_id, s.database_id x FROM sys.databases d LEFT JOIN sys.states s ON 1 = 0',
    );
    assert.deepEqual(result?.columns, ['database_id int', 'x int?']);
  });
});
