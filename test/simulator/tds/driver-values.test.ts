import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Connection } from 'tedious';
import type { ColumnType, SqlValue } from '../../../src/simulator/sql-type.ts';
import type { TdsServer } from '../../../src/simulator/tds/server.ts';
import { fc } from '../../fuzz/property.ts';
import { asTediousReads, resultSets } from './arbitraries.ts';
import { startScripted } from './scripted-server.ts';
import { connect, type Encryption, execute } from './tedious-client.ts';

interface ResultSet {
  readonly columns: readonly ColumnType[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** The types that a real server describes a column with, as tedious names them: [not null, nullable]. */
const wireTypes: Readonly<Record<string, readonly [string, string]>> = {
  bit: ['Bit', 'BitN'],
  tinyint: ['TinyInt', 'IntN'],
  smallint: ['SmallInt', 'IntN'],
  int: ['Int', 'IntN'],
  bigint: ['BigInt', 'IntN'],
  float: ['Float', 'FloatN'],
  datetime: ['DateTime', 'DateTimeN'],
  uniqueidentifier: ['UniqueIdentifier', 'UniqueIdentifier'],
  date: ['Date', 'Date'],
  time: ['Time', 'Time'],
  datetime2: ['DateTime2', 'DateTime2'],
  datetimeoffset: ['DateTimeOffset', 'DateTimeOffset'],
  numeric: ['NumericN', 'NumericN'],
  nvarchar: ['NVarChar', 'NVarChar'],
  varchar: ['VarChar', 'VarChar'],
  varbinary: ['VarBinary', 'VarBinary'],
};

function assertSameCell(actual: unknown, column: ColumnType, value: SqlValue): void {
  const read = actual instanceof Date ? actual.getTime() : actual;
  // The driver makes a floating-point number of a numeric: the digits that this keeps are compared.
  if (column.type.name === 'numeric' && typeof read === 'number') {
    const expected = Number(value);
    assert.ok(Math.abs(read - expected) <= Math.abs(expected) * 1e-14, `${read} for ${value}`);
    return;
  }
  assert.deepEqual(read, asTediousReads(column.type, value));
}

for (const encrypt of [false, true, 'strict'] satisfies readonly Encryption[]) {
  describe(`values through tedious, encrypt ${encrypt}`, () => {
    let server: TdsServer;
    let connection: Connection;
    let next: ResultSet = { columns: [], rows: [] };
    before(async () => {
      server = await startScripted(function* () {
        yield { kind: 'rows', ...next };
        yield { kind: 'done', rowCount: next.rows.length };
      });
      connection = await connect(server, { encrypt: encrypt as boolean, useUTC: true });
    });
    after(async () => {
      connection.close();
      await server.close();
    });

    test('columns and rows arrive as they were', async () => {
      await fc.assert(
        fc.asyncProperty(resultSets, async (resultSet) => {
          next = resultSet;
          const { sets, error } = await execute(connection, 'select');
          assert.equal(error, null);
          assert.equal(sets.length, 1);
          const [columns = [], rows = []] = [sets[0]?.columns, sets[0]?.rows];
          assert.deepEqual(
            columns.map((column) => [column.colName, column.type.name, column.flags & 1]),
            resultSet.columns.map(({ name, type, nullable }) => [
              name,
              wireTypes[type.name]?.[Number(nullable)],
              Number(nullable),
            ]),
          );
          assert.equal(rows.length, resultSet.rows.length);
          for (const [index, row] of resultSet.rows.entries()) {
            for (const [at, column] of resultSet.columns.entries()) {
              assertSameCell(rows[index]?.[at], column, row[at] ?? null);
            }
          }
        }),
        { numRuns: 150 },
      );
    });
  });
}
