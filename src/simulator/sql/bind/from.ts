import { tables } from '../../catalog/index.ts';
import type { Table } from '../../catalog/table.ts';
import type { SqlType } from '../../sql-type.ts';
import type { TableSource } from '../ast.ts';
import { isText } from '../data-type.ts';
import { sqlError, unsupported } from '../errors/errors.ts';
import { duplicateColumn, invalidObject, sameExposedNames, unnamedColumn } from '../errors/name.ts';
import { isKnownView } from '../known-names.ts';
import { keyColumn, quoted, tableName } from '../sqlite-engine.ts';
import { bindApply } from './apply.ts';
import {
  type Binder,
  type CommonTableScope,
  childScope,
  nextSource,
  type Scope,
  type Source,
  type SourceColumn,
} from './binder.ts';
import { bindCondition } from './condition.ts';
import { sameName } from './name.ts';
import type { BoundQuery } from './query.ts';
import { bindSubquery } from './subquery.ts';

/** FROM in SQL, and the tables by the names that the query knows them by. */
export interface BoundFrom {
  readonly sql: string;
  readonly sources: readonly Source[];
}

/** A real server reads at most 256 tables in one statement. */
const sourceLimit = 256;

/** Binds the comma-separated list after FROM; `sql` starts with ` FROM `, or is empty without a list. */
export function bindFrom(binder: Binder, list: readonly TableSource[], parent: Scope): BoundFrom {
  const bound = list.map((each) => bindSource(binder, each, parent));
  const sources = bound.flatMap((each) => each.sources);
  checkNames(sources, list[0]?.line ?? 0);
  return { sql: bound.length === 0 ? '' : ` FROM ${bound.map((each) => each.sql).join(' CROSS JOIN ')}`, sources };
}

export function bindSource(binder: Binder, source: TableSource, parent: Scope): BoundFrom {
  if (binder.sources > sourceLimit) {
    throw sqlError(
      { number: 106, class: 15, line: source.line },
      'Too many table names in the query. The maximum allowable is 256.',
    );
  }
  switch (source.kind) {
    case 'name':
      return bindTable(binder, source, parent);
    case 'derived': {
      const query = bindSubquery(binder, source.query, parent);
      return bindDerived(binder, query, { name: source.alias, columns: source.columns, line: source.line });
    }
    case 'join':
      return bindJoin(binder, source, parent);
  }
}

function bindJoin(binder: Binder, join: TableSource & { kind: 'join' }, parent: Scope): BoundFrom {
  const left = bindSource(binder, join.left, parent);
  if (join.join === 'CROSS APPLY' || join.join === 'OUTER APPLY') return bindApply(binder, { join, left }, parent);
  const right = bindSource(binder, join.right, parent);
  checkNames([...left.sources, ...right.sources], join.line);
  const scope = { ...childScope(parent, [...left.sources, ...right.sources]), commonTables: parent.commonTables };
  const on = join.on === null ? '' : ` ON ${bindCondition(binder, join.on, scope)}`;
  const words = join.join === 'CROSS' ? 'CROSS JOIN' : `${join.join} JOIN`;
  const leftSources = join.join === 'RIGHT' || join.join === 'FULL' ? optional(left.sources) : left.sources;
  const rightSources = join.join === 'LEFT' || join.join === 'FULL' ? optional(right.sources) : right.sources;
  const inner = join.right.kind === 'join' ? `(${right.sql})` : right.sql;
  return { sql: `${left.sql} ${words} ${inner}${on}`, sources: [...leftSources, ...rightSources] };
}

/** The side of an outer join that may have no row. */
export function optional(sources: readonly Source[]): readonly Source[] {
  return sources.map((source) => ({
    ...source,
    columns: source.columns.map((column) => ({ ...column, nullable: true })),
  }));
}

function checkNames(sources: readonly Source[], line: number): void {
  const seen = new Map<string, Source>();
  for (const source of sources) {
    const name = source.name.join('.');
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined) throw sameExposedNames(earlier.name.join('.'), name, line);
    seen.set(name.toLowerCase(), source);
  }
}

function bindTable(binder: Binder, source: TableSource & { kind: 'name' }, parent: Scope): BoundFrom {
  const [only = ''] = source.parts;
  const common = source.parts.length === 1 ? parent.commonTables.get(only.toLowerCase()) : undefined;
  if (common?.isItself === true) throw unsupported(`${only}, a recursive common table expression`, source.line);
  if (common !== undefined) return bindCommonTable(binder, common, { alias: source.alias ?? only, line: source.line });
  const table = findTable(binder, source);
  const alias = nextSource(binder);
  const name = source.alias === null ? source.parts : [source.alias];
  return {
    sql: `${tableName(table.name)} AS ${alias}`,
    sources: [{ name, columns: tableColumns(binder, table, alias) }],
  };
}

function bindCommonTable(binder: Binder, common: CommonTableScope, at: { alias: string; line: number }): BoundFrom {
  const scope = { ...childScope(null, []), commonTables: common.visible };
  const query = bindSubquery(binder, common.table.query, scope);
  return bindDerived(binder, query, { name: at.alias, columns: common.table.columns, line: common.table.line });
}

/** Only the simulated objects exist: those of schema sys in every database of the server alike, a table in its own. */
function findTable(binder: Binder, source: TableSource & { kind: 'name' }): Table {
  const parts = source.parts.map((part) => part.toLowerCase());
  const [name = '', schema = '', database = ''] = [...parts].reverse();
  const { instance } = binder.runtime;
  // Only asked for where the name depends on it: the server looks at its whole world for them.
  const databaseNamed = (wanted: string): string | undefined =>
    [...instance.databases().values()].find((each) => sameName(each, wanted));
  const known = database === '' || databaseNamed(database) !== undefined;
  if (parts.length > 3) throw noServer(source.parts[0] ?? '', source.line);
  const table = known ? instance.tables.get(name) : undefined;
  const asked = (database === '' ? binder.runtime.database : database).toLowerCase();
  const isElsewhere = table?.schema !== schema;
  // A version that lacks a view says so; a view that no simulated version has is another matter.
  if (isElsewhere && !isSimulated(name) && isKnownView({ database: asked, schema, name }))
    throw unsupported(source.parts.join('.'), source.line);
  if (isElsewhere || (table.database ?? asked) !== asked) throw invalidObject(source.parts.join('.'), 0);
  if (!table.isPerDatabase) return table;
  return tableOf(table, databaseNamed(asked) ?? asked);
}

/** One for each database of a table, so that a session that reads it again finds its own table of SQLite as it left it. */
const tablesByDatabase = new WeakMap<Table, Map<string, Table>>();

function tableOf(table: Table, database: string): Table {
  const made = tablesByDatabase.get(table) ?? new Map<string, Table>();
  tablesByDatabase.set(table, made);
  const found = made.get(database);
  if (found !== undefined) return found;
  const ofDatabase = { ...table, name: `${table.name} of ${database}`, of: { name: table.name, database } };
  made.set(database, ofDatabase);
  return ofDatabase;
}

const simulated: ReadonlySet<string> = new Set(tables.map((each) => each.name));

function isSimulated(name: string): boolean {
  return simulated.has(name);
}

function noServer(name: string, line: number): Error {
  const message = `Could not find server '${name}' in sys.servers. Verify that the correct server name was specified. If necessary, execute the stored procedure sp_addlinkedserver to add the server to sys.servers.`;
  return sqlError({ number: 7202, class: 11, state: 2, line }, message);
}

function tableColumns(binder: Binder, table: Table, alias: string): readonly SourceColumn[] {
  let use = binder.tables.get(table.name);
  if (use === undefined) {
    use = { table, values: new Set(), keys: new Set() };
    binder.tables.set(table.name, use);
  }
  const { values, keys } = use;
  return table.columns.map(({ name, type, nullable }) => ({
    name,
    type,
    nullable,
    sql: () => {
      values.add(name);
      return `${alias}.${quoted(name)}`;
    },
    ...(isText(type) && {
      key: () => {
        values.add(name);
        keys.add(name);
        return `${alias}.${keyColumn(name)}`;
      },
    }),
  }));
}

/** A query in FROM under a name; its columns need names of their own. */
export function bindDerived(
  binder: Binder,
  query: BoundQuery,
  at: { readonly name: string; readonly columns: readonly string[]; readonly line: number },
): BoundFrom {
  const alias = nextSource(binder);
  const names = columnNames(query, at);
  const columns = query.columns.map(
    (column, index): SourceColumn => ({
      name: names[index] ?? '',
      type: column.type satisfies SqlType,
      nullable: column.nullable,
      ...(column.isNull && { isNull: true }),
      sql: () => `${alias}.c${index + 1}`,
    }),
  );
  return { sql: `(${query.sql}) AS ${alias}`, sources: [{ name: [at.name], columns }] };
}

export function columnNames(
  query: BoundQuery,
  at: { readonly name: string; readonly columns: readonly string[]; readonly line: number },
): readonly string[] {
  if (at.columns.length > 0 && at.columns.length !== query.columns.length) {
    const [number, comparison] = at.columns.length < query.columns.length ? [8158, 'more'] : [8159, 'fewer'];
    throw sqlError(
      { number, line: at.line },
      `'${at.name}' has ${comparison} columns than were specified in the column list.`,
    );
  }
  const names = query.columns.map((column, index) => at.columns[index] ?? column.name);
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name === '') throw unnamedColumn(index + 1, at.name, at.line);
    if (seen.has(name.toLowerCase())) throw duplicateColumn(name, at.name, at.line);
    seen.add(name.toLowerCase());
  }
  return names;
}
