import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import type { Row } from '../../src/simulator/row.ts';
import type { SqlType, SqlValue } from '../../src/simulator/sql-type.ts';
import type { EndName } from '../../src/simulator/world/topology.ts';
import { isEmptyAt, nameOf, preparedForAll, readerOfAll } from './every-table.ts';
import { ask, connect, startMilliseconds } from './pair-client.ts';

/** What the driver makes of a value: the same as it would from a real server with UTC dates. */
function asDriver(type: SqlType, value: SqlValue): unknown {
  if (value === null) {
    return null;
  }
  switch (type.name) {
    case 'bigint':
      return String(value);
    case 'numeric':
      return Number(value);
    case 'datetime':
      return new Date(`${String(value)}Z`);
    case 'varbinary':
      return Buffer.from(value instanceof Uint8Array ? value : []);
    default:
      return value;
  }
}

/** The session that asks is busy while it does. */
function atRest(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return 'open_transaction_count' in row ? { ...row, status: '', row_count: '' } : { ...row };
}

/** No seeding runs. */
function mayBeEmpty(table: string, end: EndName): boolean {
  return table === 'dm_hadr_physical_seeding_stats' || isEmptyAt(end, table);
}

describe('a pair read by the real driver', () => {
  let pair: Pair;
  before(async () => {
    // A link of several databases has a row in every view but that of running seedings.
    const options = { links: 2, databases: 2, linkMode: 'multi' } as const;
    pair = await startPair({
      ...options,
      accounts: [readerOfAll],
      preparation: preparedForAll,
      scenario: 'not-healthy',
      clock: () => startMilliseconds,
    });
  });
  after(() => pair.close());

  for (const end of ['sqlServer', 'managedInstance'] as const) {
    it(`gives every column of every view of ${end} as the state has it`, async () => {
      const pool = await connect(pair, pair[end]);
      try {
        for (const table of pair[end].instance.tables.values()) {
          const columns = table.columns.map(({ name }) => `[${name}]`).join(', ');
          const { recordset } = await pool.request().query<Row>(`SELECT ${columns} FROM ${nameOf(table)}`);
          const expected = [...pair[end].instance.rows(table.name)].map((row) =>
            Object.fromEntries(table.columns.map(({ name, type }) => [name, asDriver(type, row[name] ?? null)])),
          );
          assert.ok(expected.length > 0 || mayBeEmpty(table.name, end), table.name);
          assert.deepEqual([...recordset].map(atRest), expected.map(atRest), table.name);
        }
      } finally {
        await pool.close();
      }
    });
  }

  it('reads every view of a seeding pair', async () => {
    pair.setScenario('seeding');
    const rows = await ask(pair, pair.managedInstance, 'SELECT role_desc FROM sys.dm_hadr_physical_seeding_stats');
    assert.deepEqual(
      rows.map((row) => row.role_desc),
      Array.from({ length: 4 }, () => 'Destination'),
    );
    pair.setScenario('not-healthy');
  });
});
