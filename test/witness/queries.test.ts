import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Pymssql, type PymssqlAnswer, pythonResults, startPymssql } from './pymssql.ts';
import { queryCases } from './query-cases.ts';
import { asPython, type PythonValue } from './result-set.ts';
import { runTsql, tsqlText } from './tsql.ts';
import { startWitnessPair, type WitnessPair, wires } from './witness-pair.ts';

const end = 'sqlServer';

/** Values of Python for `%s`, which pymssql writes into the batch as literals, and what comes back in which type. */
const parameters: readonly {
  readonly sent: readonly [type: string, text: string];
  readonly cast: string;
  readonly back: PythonValue;
}[] = [
  { sent: ['int', '42'], cast: 'int', back: ['int', '42'] },
  { sent: ['int', '-9007199254740993'], cast: 'bigint', back: ['int', '-9007199254740993'] },
  { sent: ['str', "O'Brien; -- 🛒 50%"], cast: 'nvarchar(40)', back: ['str', "O'Brien; -- 🛒 50%"] },
  { sent: ['bool', 'True'], cast: 'bit', back: ['bool', 'True'] },
  { sent: ['float', '0.25'], cast: 'float', back: ['float', 0.25] },
  { sent: ['Decimal', '12.50'], cast: 'decimal(9, 2)', back: ['Decimal', '12.50'] },
  { sent: ['bytes', 'c0ffee00'], cast: 'varbinary(8)', back: ['bytes', 'c0ffee00'] },
  { sent: ['datetime', '2026-11-21T10:30:00'], cast: 'datetime', back: ['datetime', '2026-11-21T10:30:00.000'] },
  { sent: ['date', '2026-11-21'], cast: 'date', back: ['date', '2026-11-21'] },
  {
    sent: ['UUID', '0E984725-C51C-4BF4-9960-E1C80E27ABA0'],
    cast: 'uniqueidentifier',
    back: ['UUID', '0E984725-C51C-4BF4-9960-E1C80E27ABA0'],
  },
  { sent: ['NoneType', ''], cast: 'int', back: null },
];

for (const wire of wires) {
  describe(`queries over ${wire}`, () => {
    let witness: WitnessPair;
    let pymssql: Pymssql;
    before(async () => {
      pymssql = startPymssql();
      witness = await startWitnessPair(wire);
    });
    after(async () => {
      await pymssql.stop();
      await witness.close();
    });

    for (const { what, sql, results } of queryCases) {
      it(`pymssql: ${what}`, async () => {
        const answer = await pymssql.ask(witness, { end, sql });
        assert.deepEqual(answer, { results: pythonResults(results), error: null });
      });
    }

    it('tsql: all of them', async () => {
      const { printed, complaints } = await runTsql(witness, { end, batches: queryCases.map(({ sql }) => sql) });
      assert.equal(complaints, '');
      assert.equal(printed, tsqlText(queryCases.flatMap(({ results }) => results)));
    });

    it('pymssql: parameters of every type', async () => {
      for (const { sent, cast, back } of parameters) {
        const sql = `SELECT CAST(%s AS ${cast}) AS back`;
        const answer = await pymssql.ask(witness, { end, sql, parameters: [sent] });
        assert.deepEqual(answer, { results: [{ columns: ['back'], rows: [[back]] }], error: null }, sent.join(' '));
      }
    });

    it('pymssql: parameters of a remote procedure call', async () => {
      const call = (...parameters: (readonly [string, string])[]): Promise<PymssqlAnswer> =>
        pymssql.ask(witness, { end, procedure: 'sp_executesql', parameters });
      const statement = [
        'str',
        'SELECT name, @number + 1 AS next FROM sys.availability_groups WHERE name = @name',
      ] as const;
      const declarations = ['str', '@name nvarchar(128), @number int'] as const;
      const answer = await call(statement, declarations, ['str', 'DAG_Sales'], ['int', '41']);
      const rows = [
        [
          ['str', 'DAG_Sales'],
          ['int', '42'],
        ],
      ];
      assert.deepEqual(answer, { results: [{ columns: ['name', 'next'], rows }], error: null });
      const refused = await call(['str', 'SELECT nme FROM sys.availability_groups']);
      assert.equal(refused.error?.number, 207);
      const unknown = await pymssql.ask(witness, { end, procedure: 'sp_link_states' });
      assert.deepEqual([unknown.error?.number, unknown.error?.severity, unknown.error?.state], [2812, 16, 62]);
    });

    it('pymssql: parameters in a WHERE', async () => {
      const group = [...witness.pair[end].instance.rows('availability_groups')].find((row) => row.is_distributed);
      const answer = await pymssql.ask(witness, {
        end,
        sql: 'SELECT group_id FROM sys.availability_groups WHERE name = %s AND is_distributed = %s AND group_id = %s',
        parameters: [
          ['str', 'DAG_Sales'],
          ['int', '1'],
          ['UUID', String(group?.group_id)],
        ],
      });
      assert.deepEqual(answer.results[0]?.rows, [[asPython('uniqueidentifier', group?.group_id ?? null)]]);
    });
  });
}
