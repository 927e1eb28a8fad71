import type { SelectItem } from '../ast.ts';
import { sqlError } from '../errors/errors.ts';
import { notGrouped } from '../errors/name.ts';
import type { Binder, Bound, Scope } from './binder.ts';
import { boundColumn, qualifies } from './name.ts';

/** `*` and `t.*`: every column of the tables, in their order. */
export function bindStar(
  binder: Binder,
  item: SelectItem & { kind: 'star' },
  scope: Scope,
): readonly { readonly name: string; readonly bound: Bound }[] {
  const sources = scope.sources.filter((source) => qualifies(source, item.qualifier));
  if (sources.length === 0) throw noTable(item);
  const { grouping } = scope;
  return sources.flatMap((source) =>
    source.columns.map((column) => {
      const bound = boundColumn(column);
      if (grouping !== null && !grouping.groups.has(bound.sql)) {
        binder.problems.push(notGrouped(`${source.name.at(-1)}.${column.name}`, grouping.clause, item.line));
      }
      return { name: column.name, bound };
    }),
  );
}

function noTable(item: SelectItem & { kind: 'star' }): Error {
  const [prefix] = item.qualifier.slice(-1);
  if (prefix === undefined) {
    return sqlError({ number: 263, line: item.line }, 'Must specify table to select from.');
  }
  const message = `The column prefix '${prefix}' does not match with a table name or alias name used in the query.`;
  return sqlError({ number: 107, class: 15, line: item.line }, message);
}
