import { type ResultSet, resultSet } from './result-set.ts';

/** A batch for the SQL Server end of a healthy pair that started at 2026-11-21 10:00 UTC, and what it should answer. */
export interface QueryCase {
  readonly what: string;
  readonly sql: string;
  readonly results: readonly ResultSet[];
}

const joins: readonly QueryCase[] = [
  {
    what: 'joins, WHERE and CASE',
    sql: `
SELECT g.name, r.replica_server_name AS member,
  CASE s.role WHEN 1 THEN 'writes' WHEN 2 THEN 'follows' ELSE 'neither' END AS does,
  CASE WHEN s.is_local = 1 AND s.role = 1 THEN 'here' WHEN s.is_local = 0 THEN 'there' END AS place
FROM sys.availability_groups AS g
INNER JOIN sys.availability_replicas AS r ON r.group_id = g.group_id
JOIN sys.dm_hadr_availability_replica_states AS s ON s.replica_id = r.replica_id AND s.group_id = g.group_id
WHERE g.is_distributed = 1 AND (s.role IN (1, 2) OR s.role IS NULL)
ORDER BY s.is_local DESC`,
    results: [
      resultSet(
        { name: 'nvarchar', member: 'nvarchar', does: 'varchar', place: 'varchar' },
        ['DAG_Sales', 'AG_Sales', 'writes', 'here'],
        ['DAG_Sales', 'AG_Sales_MI', 'follows', 'there'],
      ),
    ],
  },
  {
    what: 'outer joins, groups and counts',
    sql: `
SELECT g.name, COUNT(*) AS members, COUNT(s.operational_state) AS local_ones, MAX(s.synchronization_health) AS best
FROM sys.availability_groups g
LEFT OUTER JOIN sys.dm_hadr_availability_replica_states s ON s.group_id = g.group_id
GROUP BY g.name HAVING COUNT(*) > 0 ORDER BY g.name`,
    results: [
      resultSet(
        { name: 'nvarchar', members: 'int', local_ones: 'int', best: 'tinyint' },
        ['AG_Sales', 1, 1, 2],
        ['DAG_Sales', 2, 1, 2],
      ),
    ],
  },
  {
    what: 'subqueries, EXISTS, IN, LIKE, TOP and UNION ALL',
    sql: `
SELECT TOP (1) d.name FROM sys.databases d
WHERE EXISTS (SELECT 1 FROM sys.dm_hadr_database_replica_states s WHERE s.database_id = d.database_id)
UNION ALL SELECT name FROM sys.databases WHERE name LIKE 'm[as]%' AND database_id NOT IN (SELECT 3)
ORDER BY name`,
    results: [resultSet({ name: 'nvarchar' }, ['master'], ['msdb'], ['Sales'])],
  },
];

const values: readonly QueryCase[] = [
  {
    what: 'COALESCE, ISNULL, NULLIF and IIF over NULL',
    sql: `
SELECT COALESCE(operational_state_desc, N'unseen') AS state, ISNULL(operational_state, 99) AS code,
  NULLIF(role, 2) AS unless_secondary, IIF(recovery_health IS NULL, 'no', 'yes') AS recovered,
  COALESCE(last_connect_error_number, -1) AS error
FROM sys.dm_hadr_availability_replica_states WHERE is_local = 0`,
    results: [
      resultSet(
        { state: 'nvarchar', code: 'tinyint', unless_secondary: 'tinyint', recovered: 'varchar', error: 'int' },
        ['unseen', 99, null, 'no', -1],
      ),
    ],
  },
  {
    what: 'CAST and CONVERT of every type',
    sql: `
SELECT CAST(1 AS bit) AS a_bit, CAST(255 AS tinyint) AS a_tinyint, CAST('-32768' AS smallint) AS a_smallint,
  CAST(-2147483648 AS int) AS an_int, CAST('9007199254740993' AS bigint) AS a_bigint,
  CAST('4294967295000009999900001' AS numeric(25,0)) AS an_lsn, CONVERT(decimal(9, 2), -12.5) AS a_decimal,
  CAST(1.5 AS float) AS a_float, CAST(0xC0FFEE AS varbinary(8)) AS some_bytes,
  CAST('0E984725-C51C-4BF4-9960-E1C80E27ABA0' AS uniqueidentifier) AS an_id,
  CAST('2026-11-21T10:30:00.007' AS datetime) AS a_datetime, CONVERT(date, '20261121') AS a_date,
  CAST('2026-11-21 10:30:00.123' AS datetime2(3)) AS a_datetime2,
  CAST(N'naïve 🛒' AS nvarchar(20)) AS some_text, CAST('two' AS char(5)) AS padded, CAST(NULL AS int) AS nothing`,
    results: [
      resultSet(
        {
          a_bit: 'bit',
          a_tinyint: 'tinyint',
          a_smallint: 'smallint',
          an_int: 'int',
          a_bigint: 'bigint',
          an_lsn: 'numeric',
          a_decimal: 'numeric',
          a_float: 'float',
          some_bytes: 'varbinary',
          an_id: 'uniqueidentifier',
          a_datetime: 'datetime',
          a_date: 'date',
          a_datetime2: 'datetime2',
          some_text: 'nvarchar',
          padded: 'char',
          nothing: 'int',
        },
        [
          ...[true, 255, -32_768, -2_147_483_648, 9_007_199_254_740_993n],
          ...['4294967295000009999900001', '-12.50', 1.5, new Uint8Array([0xc0, 0xff, 0xee])],
          ...['0E984725-C51C-4BF4-9960-E1C80E27ABA0', '2026-11-21T10:30:00.007', '2026-11-21'],
          ...['2026-11-21T10:30:00.123', 'naïve 🛒', 'two  ', null],
        ],
      ),
    ],
  },
  {
    what: 'CONVERT with styles',
    sql: `
DECLARE @at datetime = '2026-11-21T13:05:09.123'
SELECT CONVERT(varchar(30), @at) AS plain, CONVERT(varchar(8), @at, 108) AS clock, CONVERT(char(8), @at, 112) AS day,
  CONVERT(varchar(23), @at, 121) AS odbc, CONVERT(varchar(23), @at, 126) AS iso, CONVERT(varchar(10), @at, 104) AS german,
  CONVERT(varchar(20), 0xC0FFEE, 1) AS bytes, CONVERT(varchar(5), 7) + '!' AS number`,
    results: [
      resultSet(
        {
          plain: 'varchar',
          clock: 'varchar',
          day: 'char',
          odbc: 'varchar',
          iso: 'varchar',
          german: 'varchar',
          bytes: 'varchar',
          number: 'varchar',
        },
        [
          ...['Nov 21 2026  1:05PM', '13:05:09', '20261121', '2026-11-21 13:05:09.123', '2026-11-21T13:05:09.123'],
          ...['21.11.2026', '0xC0FFEE', '7!'],
        ],
      ),
    ],
  },
  {
    what: 'DATEDIFF, DATEDIFF_BIG, DATEADD and DATEPART',
    sql: `
SELECT name, DATEDIFF(DAY, start_date, expiry_date) AS days, DATEDIFF(hour, '2026-11-21', start_date) / 24 AS begun,
  DATEDIFF_BIG(second, '19700101', expiry_date) AS ends, DATEADD(MONTH, -1, expiry_date) AS warn,
  YEAR(expiry_date) * 100 + DATEPART(month, expiry_date) AS month
FROM sys.certificates WHERE name LIKE 'Cert[_]%' AND expiry_date > DATEADD(day, 30, GETUTCDATE())`,
    results: [
      resultSet({ name: 'nvarchar', days: 'int', begun: 'int', ends: 'bigint', warn: 'datetime', month: 'int' }, [
        'Cert_sql-prod-01_endpoint',
        730,
        -29,
        1_855_735_200n,
        '2028-09-21T10:00:00.000',
        202_810,
      ]),
    ],
  },
  {
    what: 'a local clock two hours ahead of UTC',
    sql: 'SELECT GETDATE() AS here, GETUTCDATE() AS utc, DATEDIFF(minute, GETUTCDATE(), GETDATE()) AS ahead',
    results: [
      resultSet({ here: 'datetime', utc: 'datetime', ahead: 'int' }, [
        '2026-11-21T12:00:00.000',
        '2026-11-21T10:00:00.000',
        120,
      ]),
    ],
  },
];

const language: readonly QueryCase[] = [
  {
    what: 'DECLARE, SET, SELECT into variables and their arithmetic',
    sql: `
DECLARE @link varchar(max) = 'DAG_Sales', @members int, @half decimal(5, 2);
SET @half = 1 / 2.0
SELECT @members = COUNT(*) FROM sys.availability_replicas AS r
  JOIN sys.availability_groups AS g ON g.group_id = r.group_id WHERE g.name = @link
IF @members = 2
  SELECT @link + ' has ' + CAST(@members AS varchar(3)) AS sentence, @half AS half, 7 / 2 AS whole, 7 % 2 AS remainder
ELSE
  SELECT 'wrong' AS sentence`,
    results: [
      resultSet({ sentence: 'varchar', half: 'numeric', whole: 'int', remainder: 'int' }, [
        'DAG_Sales has 2',
        '0.50',
        3,
        1,
      ]),
    ],
  },
  {
    what: 'aliases in all kinds of quotes',
    sql: `
SELECT 1 AS 'single quoted', 2 AS [in ]] brackets], 3 AS "double ""quoted""", 'it''s' 'no AS', equals = 5
-- a comment, and /* another */
FROM sys.databases /* with /* one inside */ */ WHERE [database_id] = 1;`,
    results: [
      resultSet(
        { 'single quoted': 'int', 'in ] brackets': 'int', 'double "quoted"': 'int', 'no AS': 'varchar', equals: 'int' },
        [1, 2, 3, "it's", 5],
      ),
    ],
  },
  {
    what: 'several result sets of one batch, one of them empty',
    sql: `
SELECT name FROM sys.availability_groups WHERE is_distributed = 1;
SELECT operation_id FROM sys.dm_hadr_automatic_seeding WHERE current_state = 'FAILED'
SELECT local_database_id AS id, role_desc FROM sys.dm_hadr_physical_seeding_stats
SELECT 'last' AS name`,
    results: [
      resultSet({ name: 'nvarchar' }, ['DAG_Sales']),
      resultSet({ operation_id: 'uniqueidentifier' }),
      resultSet({ id: 'int', role_desc: 'nvarchar' }),
      resultSet({ name: 'varchar' }, ['last']),
    ],
  },
  {
    what: 'what the server says of itself',
    sql: `
SELECT @@SERVERNAME AS name, DB_NAME() AS place, CAST(SERVERPROPERTY('EngineEdition') AS int) AS engine,
  CONVERT(varchar(20), SERVERPROPERTY('ProductVersion')) AS version, DB_ID('Sales') AS id, DB_NAME(1) AS first,
  HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER PERFORMANCE STATE') AS may, SUSER_SNAME() AS login`,
    results: [
      resultSet(
        {
          name: 'nvarchar',
          place: 'nvarchar',
          engine: 'int',
          version: 'varchar',
          id: 'smallint',
          first: 'nvarchar',
          may: 'int',
          login: 'nvarchar',
        },
        ['SQL-PROD-01', 'master', 3, '16.0.4175.1', 5, 'master', 1, 'milink'],
      ),
    ],
  },
];

export const queryCases: readonly QueryCase[] = [...joins, ...values, ...language];
