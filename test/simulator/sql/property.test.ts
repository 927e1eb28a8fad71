import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tokenize } from '../../../src/simulator/sql/lexer.ts';
import { decodeNumber, encodeNumber } from '../../../src/simulator/sql/number-key.ts';
import { textKey } from '../../../src/simulator/sql/text-key.ts';
import type { SqlValue } from '../../../src/simulator/sql-type.ts';
import { fc } from '../../fuzz/property.ts';
import { errorsOf, events, fixtureSession, resultSets } from './fixture.ts';
import { query } from './grammar.ts';

const session = fixtureSession();

async function value(sql: string): Promise<SqlValue | undefined> {
  const batch = await events(session, sql);
  assert.deepEqual(errorsOf(batch), [], sql);
  return resultSets(batch)[0]?.rows[0]?.[0];
}

const lsn = fc.bigInt({ min: -(10n ** 25n) + 1n, max: 10n ** 25n - 1n });
/** Milliseconds from 1970 to 2100, in steps that datetime can hold. */
const instant = fc.integer({ min: 0, max: 41_000_000 }).map((steps) => steps * 100_000);

describe('values', () => {
  it('come back as they were written: text', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        assert.equal(await value(`SELECT N'${text.replaceAll("'", "''")}'`), text);
      }),
    ));

  it('come back as they were written: exact numbers', () =>
    fc.assert(
      fc.asyncProperty(lsn, async (number) => {
        assert.equal(await value(`SELECT CAST('${number}' AS numeric(25,0))`), String(number));
        assert.equal(await value(`SELECT CAST(CAST(${number} AS numeric(25,0)) AS varchar(30))`), String(number));
      }),
    ));

  it('compare as exact numbers', () =>
    fc.assert(
      fc.asyncProperty(lsn, fc.bigInt({ min: -2n, max: 2n }), async (first, step) => {
        const second = first + step;
        const sign = second < first ? -1 : second > first ? 1 : 0;
        const sql = `DECLARE @a numeric(27,1) = ${first}, @b numeric(26,0) = ${second} SELECT CASE WHEN @b < @a THEN -1 WHEN @b > @a THEN 1 WHEN @a = @b THEN 0 END`;
        assert.equal(await value(sql), sign);
      }),
    ));

  it('have keys in the order of the numbers', () =>
    fc.assert(
      fc.property(lsn, lsn, fc.nat(10), fc.nat(10), (first, second, firstScale, secondScale) => {
        const [a, b] = [encodeNumber(first, firstScale), encodeNumber(second, secondScale)];
        const order = first * 10n ** BigInt(secondScale) - second * 10n ** BigInt(firstScale);
        assert.equal(a < b, order < 0n);
        assert.equal(a === b, order === 0n);
        assert.equal(decodeNumber(a, firstScale), first);
      }),
    ));

  it('have text keys that are equal only for text that differs in case and trailing blanks', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, second) => {
        const plain = (text: string): string => text.toLowerCase().replace(/ +$/, '');
        assert.equal(textKey(first) === textKey(second), plain(first) === plain(second));
      }),
    ));
});

describe('dates', () => {
  it('go forth and back', () =>
    fc.assert(
      fc.asyncProperty(
        instant,
        fc.integer({ min: -100_000, max: 100_000 }),
        fc.constantFrom('second', 'minute', 'hour', 'day', 'week'),
        async (milliseconds, count, part) => {
          const start = new Date(milliseconds).toISOString().slice(0, 23);
          const sql = `DECLARE @d datetime2(3) = '${start}' SELECT DATEDIFF(${part}, @d, DATEADD(${part}, ${count}, @d))`;
          assert.equal(await value(sql), count);
        },
      ),
    ));

  it('agree with JavaScript', () =>
    fc.assert(
      fc.asyncProperty(instant, instant, async (first, second) => {
        const [a, b] = [first, second].map((each) => new Date(each).toISOString().slice(0, 19));
        assert.equal(
          await value(`SELECT DATEDIFF_BIG(second, CAST('${a}' AS datetime), CAST('${b}' AS datetime))`),
          BigInt(Math.floor(second / 1000) - Math.floor(first / 1000)),
        );
        assert.equal(await value(`SELECT CONVERT(varchar(19), CAST('${a}' AS datetime), 126)`), a);
      }),
    ));
});

const valid = [
  "SELECT g.name AS 'a b', CASE WHEN s.is_local = 1 THEN 'x' ELSE N'y' END [c d] FROM sys.groups g LEFT JOIN sys.states s ON g.group_id = s.group_id WHERE g.name LIKE '[a-d]%' OR s.queue_size BETWEEN 1 AND 2.5 ORDER BY 1, s.is_local DESC",
  'WITH c (n) AS (SELECT name FROM sys.databases) SELECT DISTINCT TOP (3) n, (SELECT COUNT(*) FROM c) FROM c UNION ALL SELECT NULL, 1 EXCEPT SELECT NULL, 2',
  "DECLARE @a int = 1, @b datetime = GETDATE() SET @a += 2 IF @a > 1 AND @b IS NOT NULL SELECT @a / (@a - 2), DATEADD(month, @a, @b), CONVERT(varchar(30), @b, 121) ELSE PRINT 'no'",
  'SELECT d.database_id % 2, COUNT(*), MAX(x.l), SUM(d.database_id) FROM sys.databases d OUTER APPLY (SELECT TOP 1 s.hardened_lsn l FROM sys.states s WHERE s.database_id = d.database_id) x GROUP BY d.database_id % 2 HAVING COUNT(*) > 0',
  "SELECT CAST('1' AS int), ISNULL(NULL, 'a'), COALESCE(NULL, 0x01), SUBSTRING('abc', 2, 1), ROUND(1.5, 0), HAS_PERMS_BY_NAME(NULL, NULL, 'x'), NULLIF(1, 2), ~1 ^ 2",
  "USE Sales EXEC sp_executesql N'SELECT @p', N'@p int', @p = 1 RAISERROR('x', 16, 1) BEGIN TRAN ROLLBACK INSERT INTO t VALUES (1)",
];
const texts = valid.map((sql) => tokenize(sql).map(({ start, end }) => sql.slice(start, end)));
const words = [...new Set(texts.flat())].filter((word) => word !== '');

type Edit = readonly [at: number, how: 'drop' | 'repeat' | 'replace', word: string];

const mutated = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'repeat', 'replace'), fc.constantFrom(...words)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([tokens, edits]) =>
    edits.reduce<readonly string[]>((list, edit) => edited(list, edit as Edit), tokens).join(' '),
  );

function edited(list: readonly string[], [position, how, word]: Edit): readonly string[] {
  const at = position % Math.max(1, list.length);
  const kept = list.slice(at, at + 1);
  const middle = how === 'drop' ? [] : how === 'repeat' ? [...kept, ...kept] : [word];
  return [...list.slice(0, at), ...middle, ...list.slice(at + 1)];
}

/** Whatever the text, the engine answers with events, and never with the error for what SQLite refused. */
async function survives(sql: string): Promise<void> {
  const batch = await events(session, sql);
  for (const { number, line, message } of errorsOf(batch)) {
    assert.notEqual(number, 8623, sql);
    // RAISERROR says what it is told, which may be nothing.
    assert.ok(line >= 1 && (message !== '' || number === 50_000), sql);
  }
  for (const { columns, rows } of resultSets(batch)) {
    for (const row of rows) assert.ok(row.length === columns.length && !row.includes(undefined as never), sql);
  }
}

describe('any text', () => {
  it('is answered: queries of right syntax', () => fc.assert(fc.asyncProperty(query, survives), { numRuns: 1000 }));

  it('is answered: queries with words dropped, repeated and replaced', () =>
    fc.assert(fc.asyncProperty(mutated, survives), { numRuns: 1500 }));

  it('is answered: words in any order', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 25 }), (list) => survives(list.join(' '))),
      { numRuns: 500 },
    ));

  it('is answered: any characters', () =>
    fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), survives), { numRuns: 500 }));

  it('would be executed without the mutation', async () => {
    for (const sql of valid)
      assert.ok(
        (await events(session, sql)).some(({ kind }) => kind === 'rows'),
        sql,
      );
  });
});
