import { fc } from '../../fuzz/property.ts';

/** Expressions by what they give; `any` mixes them, as only a wrong query does. */
interface Expressions {
  readonly number: string;
  readonly text: string;
  readonly date: string;
  readonly any: string;
  readonly condition: string;
}

const one = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);

/** Text with arbitraries in its gaps. */
function template(strings: TemplateStringsArray, ...gaps: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...gaps).map((values) => String.raw({ raw: strings }, ...values));
}

const numberLeaf = one(
  ...['1', '0', '-3', '2.5', '1e2', '3000000000', 'NULL', '@i', '@n', '@@ROWCOUNT', 'd.database_id', 'd.state'],
  ...['s.hardened_lsn', 's.queue_size', 's.is_local', 'CAST(1 AS bit)', 'CAST(200 AS tinyint)'],
);
const textLeaf = one("'a'", "'12'", "N'é %'", "''", '@s', 'd.name', 's.health_desc', 'DB_NAME()', 'NULL');
const dateLeaf = one(
  '@d',
  'd.create_date',
  's.commit_time',
  'GETDATE()',
  'SYSDATETIMEOFFSET()',
  "'2026-01-02'",
  'NULL',
);
const otherLeaf = one('s.group_id', '0x0102', 'CAST(NULL AS uniqueidentifier)', '0x');
const numberType = one('int', 'bigint', 'float', 'numeric(9,2)', 'numeric(38,10)', 'bit', 'smallint');
const textType = one('varchar(5)', 'nvarchar(max)', 'char(3)', 'nvarchar(30)', 'varchar');
const dateType = one('datetime', 'datetime2(3)', 'datetimeoffset(0)', 'date');
const otherType = one('uniqueidentifier', 'varbinary(4)', 'time(0)', 'varbinary(max)');
const part = one('year', 'month', 'week', 'day', 'hour', 'second', 'millisecond');
const comparison = one('=', '<>', '<', '>=');
const not = one('', 'NOT ');

const expressions = fc.letrec<Expressions>((tie: fc.LetrecTypedTie<Expressions>) => {
  const [number, text, date, any, condition] = [tie('number'), tie('text'), tie('date'), tie('any'), tie('condition')];
  const either = { depthSize: 'small', withCrossShrink: true } as const;
  return {
    number: fc.oneof(
      either,
      numberLeaf,
      template`(${number} ${one('+', '-', '*', '/', '%', '&')} ${number})`,
      template`-(${number})`,
      template`${one('CAST', 'TRY_CAST')}(${number} AS ${numberType})`,
      template`${one('LEN', 'DB_ID', 'YEAR', 'DATALENGTH', 'ABS', 'CEILING', 'SIGN')}(${number})`,
      template`${one('ISNULL', 'COALESCE', 'NULLIF', 'ROUND', 'CHARINDEX')}(${number}, ${number})`,
      template`CASE WHEN ${condition} THEN ${number} ELSE ${number} END`,
      template`CASE ${text} WHEN ${text} THEN ${number} END`,
      template`${one('DATEDIFF', 'DATEDIFF_BIG')}(${part}, ${date}, ${date})`,
      template`(SELECT COUNT(*) FROM sys.groups g WHERE ${condition})`,
    ),
    text: fc.oneof(
      either,
      textLeaf,
      template`(${text} + ${text})`,
      template`CONVERT(${textType}, ${number})`,
      template`CONVERT(${textType}, ${date}, ${one('0', '108', '120', '121', '126', '127')})`,
      template`${one('UPPER', 'REVERSE', 'TRIM', 'QUOTENAME')}(${text})`,
      template`${one('CONCAT', 'ISNULL', 'NULLIF')}(${text}, ${text})`,
      template`SUBSTRING(${text}, 1, ABS(${number}))`,
      template`REPLACE(${text}, ${text}, ${text})`,
      template`IIF(${condition}, ${text}, ${text})`,
      template`(SELECT MAX(g.name) FROM sys.groups g WHERE ${condition})`,
    ),
    date: fc.oneof(
      either,
      dateLeaf,
      template`DATEADD(${part}, ${one('1', '-7', '@i')}, ${date})`,
      template`CAST(${date} AS ${dateType})`,
      template`COALESCE(${date}, ${date})`,
    ),
    any: fc.oneof(
      either,
      number,
      text,
      date,
      otherLeaf,
      template`${one('CAST', 'TRY_CAST')}(${any} AS ${fc.oneof(numberType, textType, dateType, otherType)})`,
      template`(${any} ${one('+', '-', '/', '|')} ${any})`,
      template`COALESCE(${any}, ${any})`,
    ),
    condition: fc.oneof(
      either,
      template`${number} ${comparison} ${number}`,
      template`${text} ${comparison} ${text}`,
      template`${date} ${comparison} ${date}`,
      template`${any} IS ${not}NULL`,
      template`${number} ${not}IN (${number}, ${number})`,
      template`${number} ${not}BETWEEN ${number} AND ${number}`,
      template`${text} ${not}LIKE ${text}`,
      template`(${condition} ${one('AND', 'OR')} ${condition})`,
      template`NOT ${condition}`,
      template`${text} ${not}IN (SELECT g.name FROM sys.groups g WHERE ${condition})`,
      template`EXISTS (SELECT * FROM sys.groups g WHERE g.ratio IS NULL AND ${condition})`,
    ),
  };
});

const declarations = "DECLARE @i int = 2, @s varchar(9) = 'x', @n numeric(25,0) = 45, @d datetime = GETDATE()";
const value = fc.oneof(expressions.number, expressions.text, expressions.date, expressions.any);
const where = expressions.condition;
const from = template`FROM sys.databases d ${one('', 'LEFT ', 'FULL ')}JOIN sys.states s ON s.database_id = d.database_id`;

/** Queries that are right in syntax and in every name, and mostly in types: a server executes or refuses each of them. */
export const query: fc.Arbitrary<string> = fc
  .oneof(
    template`SELECT TOP 9 ${value} AS a, ${value} AS b ${from} WHERE ${where} ORDER BY a, 2 DESC`,
    template`SELECT DISTINCT ${value} AS a, ${value} AS b ${from} WHERE ${where} ORDER BY 2`,
    template`SELECT MIN(${expressions.text}), COUNT(DISTINCT ${value}), AVG(${expressions.number}) ${from} WHERE ${where} GROUP BY d.name HAVING MAX(d.database_id) > 0`,
    template`SELECT ${expressions.number} ${from} ${one('UNION', 'EXCEPT', 'UNION ALL', 'INTERSECT')} SELECT ${expressions.number} ${from} WHERE ${where}`,
    template`SELECT x.a, ROW_NUMBER() OVER (ORDER BY x.a) ${from} OUTER APPLY (SELECT ${value} AS a WHERE ${where}) x`,
    template`SELECT q.a FROM (SELECT ${value} AS a, ${value} AS b ${from}) q WHERE q.a IN (SELECT q.a) OR q.b IS NULL`,
  )
  .map((sql) => `${declarations} ${sql}`);
