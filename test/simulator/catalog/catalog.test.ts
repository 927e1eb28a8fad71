import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tables } from '../../../src/simulator/catalog/index.ts';
import type { Table } from '../../../src/simulator/catalog/table.ts';
import { tablesOf } from '../../../src/simulator/catalog/version.ts';
import type { SqlType } from '../../../src/simulator/sql-type.ts';
import { documentedPreparation } from './documented-preparation.ts';
import { documentedViews } from './documented-views.ts';

const documentedTables = { ...documentedViews, ...documentedPreparation };

describe('catalogue of system views', () => {
  it('holds exactly the documented views', () => {
    assert.deepEqual(tables.map((table) => table.name).sort(), Object.keys(documentedTables).sort());
  });

  for (const [name, documented] of Object.entries(documentedTables)) {
    it(`declares sys.${name} as documented, column for column`, () => {
      const table = tables.find((candidate) => candidate.name === name);
      assert.ok(table !== undefined);
      assert.deepEqual(describeColumns(table), documented.columns);
      assert.equal(table.access, documented.access);
    });
  }

  it('names every view and column in lower case, once', () => {
    for (const table of tables) {
      const names = table.columns.map((column) => column.name);
      assert.equal(table.name, table.name.toLowerCase());
      assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length, table.name);
    }
  });

  it('gives a code column and its text the same version and nullability of text', () => {
    for (const table of tables) {
      for (const column of table.columns.filter(({ name }) => name.endsWith('_desc'))) {
        const code = table.columns.find(({ name }) => name === column.name.replace(/_desc$/, ''));
        assert.deepEqual(code?.since ?? column.since, column.since, `${table.name}.${column.name}`);
        assert.equal(column.nullable, true, `${table.name}.${column.name}`);
      }
    }
  });
});

describe('views by version', () => {
  const columnCases = [
    { view: 'availability_groups', column: 'cluster_type', first: 14 },
    { view: 'availability_groups', column: 'cluster_type_desc', first: 14 },
    { view: 'availability_groups', column: 'sequence_number', first: 14 },
    { view: 'availability_groups', column: 'required_synchronized_secondaries_to_commit', first: 14 },
    { view: 'availability_groups', column: 'is_contained', first: 15 },
    { view: 'availability_groups', column: 'is_distributed', first: 13 },
    { view: 'availability_replicas', column: 'seeding_mode', first: 13 },
    { view: 'availability_replicas', column: 'read_write_routing_url', first: 15 },
    { view: 'dm_hadr_database_replica_states', column: 'secondary_lag_seconds', first: 13 },
    { view: 'dm_hadr_availability_replica_states', column: 'is_internal', first: 16 },
    { view: 'databases', column: 'physical_database_name', first: 15 },
  ];
  for (const { view, column, first } of columnCases) {
    it(`${view}.${column} exists from ${first} on, and on a managed instance`, () => {
      for (const major of [13, 14, 15, 16, 17]) {
        const table = tablesOf({ managedInstance: false, major }, tables).get(view);
        assert.equal(table?.columns.some(({ name }) => name === column) ?? false, major >= first, `${major}`);
      }
      const table = tablesOf({ managedInstance: true, major: 12 }, tables).get(view);
      assert.equal(
        table?.columns.some(({ name }) => name === column),
        true,
      );
    });
  }

  it('has the fabric views on a managed instance only', () => {
    const fabric = (managedInstance: boolean): string[] =>
      [...tablesOf({ managedInstance, major: 17 }, tables).keys()].filter((name) => name.includes('fabric'));
    assert.deepEqual(fabric(false), []);
    assert.equal(fabric(true).length, 4);
  });
});

function describeColumns(table: Table): string[] {
  return table.columns.map(({ name, type, nullable }) => `${name} ${describeType(type)}${nullable ? '' : ' not null'}`);
}

function describeType(type: SqlType): string {
  if ('length' in type) {
    return `${type.name}(${type.length})`;
  }
  return 'precision' in type ? `${type.name}(${type.precision},${type.scale})` : type.name;
}
