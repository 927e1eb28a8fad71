import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Table } from '../../src/simulator/catalog/table.ts';
import type { End, EndFaults } from '../../src/simulator/pair-end.ts';
import type { Scenario } from '../../src/simulator/scenario/index.ts';
import { endNames } from '../../src/simulator/world/topology.ts';
import { exceptOfReaders, isEmptyAt, isOfReaders, nameOf } from '../simulator/every-table.ts';
import { type Pymssql, pythonResults, startPymssql } from './pymssql.ts';
import type { ResultSet } from './result-set.ts';
import { runTsql, tsqlText } from './tsql.ts';
import { startWitnessPair, type WitnessPair, wires } from './witness-pair.ts';

/** Every view of an end with all of its documented columns, as the scenario has its rows. */
function everyView(end: End): readonly { readonly sql: string; readonly expected: ResultSet }[] {
  return [...end.instance.tables.values()].map((table) => ({
    sql: `SELECT ${table.columns.map(({ name }) => name).join(', ')} FROM ${nameOf(table)}${exceptOfReaders(table)}`,
    expected: rowsOf(end, table),
  }));
}

function rowsOf(end: End, table: Table): ResultSet {
  const rows = [...end.instance.rows(table.name)]
    .filter((row) => !isOfReaders(table, row))
    .map((row) => table.columns.map(({ name }) => row[name] ?? null));
  return { columns: table.columns.map(({ name, type }) => [name, type.name]), rows };
}

const states: readonly { readonly state: string; readonly scenario: Scenario; readonly faults: EndFaults }[] = [
  { state: 'seeding', scenario: 'seeding', faults: {} },
  { state: 'not healthy', scenario: 'not-healthy', faults: {} },
  { state: 'with NULL wherever it may be', scenario: 'seeding', faults: { nullColumns: true } },
];

for (const wire of wires) {
  describe(`every view read over ${wire}`, () => {
    let witness: WitnessPair;
    let pymssql: Pymssql;
    before(async () => {
      pymssql = startPymssql();
      // A link of several databases has rows in the views of hidden groups too.
      witness = await startWitnessPair(wire, { links: 2, databases: 2, linkMode: 'multi' });
    });
    after(async () => {
      await pymssql.stop();
      await witness.close();
    });

    for (const end of endNames) {
      for (const { state, scenario, faults } of states) {
        it(`gives pymssql the types and values of ${end}, ${state}`, async () => {
          witness.pair.setScenario(scenario);
          witness.pair[end].setFaults(faults);
          for (const { sql, expected } of everyView(witness.pair[end])) {
            const answer = await pymssql.ask(witness, { end, sql });
            assert.deepEqual(answer, { results: pythonResults([expected]), error: null }, sql);
          }
        });

        it(`gives tsql the values of ${end}, ${state}`, async () => {
          witness.pair.setScenario(scenario);
          witness.pair[end].setFaults(faults);
          const views = everyView(witness.pair[end]);
          const answer = await runTsql(witness, { end, batches: views.map(({ sql }) => sql) });
          assert.equal(answer.complaints, '');
          assert.equal(answer.printed, tsqlText(views.map(({ expected }) => expected)));
        });
      }

      it(`leaves no view of ${end} without rows`, () => {
        const { instance } = witness.pair[end];
        witness.pair[end].setFaults({});
        const seen = (['seeding', 'not-healthy'] as const).flatMap((scenario) => {
          witness.pair.setScenario(scenario);
          return [...instance.tables.keys()].filter((name) => [...instance.rows(name)].length > 0);
        });
        const filled = [...instance.tables.keys()].filter((name) => !isEmptyAt(end, name));
        assert.deepEqual([...new Set(seen)].sort(), filled.sort());
      });
    }
  });
}

describe('every view of SQL Server', () => {
  for (const sqlServerMajor of [13, 14, 15, 17] as const) {
    it(`${sqlServerMajor} is read with the columns of that version`, async () => {
      const witness = await startWitnessPair('tls', { scenario: 'not-healthy', sqlServerMajor });
      try {
        const views = everyView(witness.pair.sqlServer);
        const answer = await runTsql(witness, { end: 'sqlServer', batches: views.map(({ sql }) => sql) });
        assert.equal(answer.complaints, '');
        assert.equal(answer.printed, tsqlText(views.map(({ expected }) => expected)));
      } finally {
        await witness.close();
      }
    });
  }
});

describe('every view in each version of TDS', () => {
  for (const tdsVersion of ['7.2', '7.3', '7.4']) {
    it(`${tdsVersion} has the same values`, async () => {
      const witness = await startWitnessPair('tls');
      try {
        await witness.configureFreeTds({ tdsVersion });
        const views = everyView(witness.pair.managedInstance);
        const answer = await runTsql(witness, { end: 'managedInstance', batches: views.map(({ sql }) => sql) });
        assert.equal(answer.complaints, '');
        assert.equal(answer.tdsVersion, tdsVersion);
        assert.equal(answer.printed, tsqlText(views.map(({ expected }) => expected)));
      } finally {
        await witness.close();
      }
    });
  }
});
