import type { TableSource } from '../ast.ts';
import { type Binder, childScope, nextSource, type Scope, type SourceColumn } from './binder.ts';
import { type BoundFrom, bindSource, columnNames, optional } from './from.ts';
import { bindSubquery } from './subquery.ts';

/**
 * CROSS APPLY and OUTER APPLY. SQLite has no lateral join, but its table functions see the tables to their left: the
 * query runs as a scalar subquery that gives a JSON array of rows, and json_each makes them rows again.
 */
export function bindApply(
  binder: Binder,
  { join, left }: { readonly join: TableSource & { kind: 'join' }; readonly left: BoundFrom },
  parent: Scope,
): BoundFrom {
  const words = join.join === 'CROSS APPLY' ? 'JOIN' : 'LEFT JOIN';
  const { right } = join;
  if (right.kind !== 'derived') {
    const plain = bindSource(binder, right, parent);
    const sources = join.join === 'OUTER APPLY' ? optional(plain.sources) : plain.sources;
    return { sql: `${left.sql} ${words} ${plain.sql} ON 1`, sources: [...left.sources, ...sources] };
  }
  const scope = { ...childScope(parent, left.sources), commonTables: parent.commonTables };
  const query = bindSubquery(binder, right.query, scope);
  const names = columnNames(query, { name: right.alias, columns: right.columns, line: right.line });
  const [inner, alias] = [nextSource(binder), nextSource(binder)];
  const cells = query.columns.map(({ type }, at) =>
    type.name === 'varbinary' ? `hex(${inner}.c${at + 1})` : `${inner}.c${at + 1}`,
  );
  const rows = `(SELECT json_group_array(json_array(${cells.join(', ')})) FROM (${query.sql}) ${inner})`;
  const columns = query.columns.map(
    (column, at): SourceColumn => ({
      name: names[at] ?? '',
      type: column.type,
      nullable: column.nullable || join.join === 'OUTER APPLY',
      sql: () => cell(alias, at, column.type.name === 'varbinary'),
    }),
  );
  const source = { name: [right.alias], columns };
  return { sql: `${left.sql} ${words} json_each(${rows}) AS ${alias} ON 1`, sources: [...left.sources, source] };
}

function cell(alias: string, at: number, binary: boolean): string {
  const value = `json_extract(${alias}.value, '$[${at}]')`;
  return binary ? `unhex(nullif(${value}, ''))` : value;
}
