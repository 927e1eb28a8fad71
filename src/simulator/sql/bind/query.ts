import type { CommonTable, Expression, OrderItem, Query, QueryBody } from '../ast.ts';
import { call, implicitly, sortKey } from '../bound.ts';
import { bigint } from '../data-type.ts';
import { sqlError } from '../errors/errors.ts';
import { orderNotSelected, orderPosition } from '../errors/name.ts';
import type { Stored } from '../storage.ts';
import { type Binder, type Bound, type CommonTableScope, childScope, nextSource, type Scope } from './binder.ts';
import { bindExpression } from './expression.ts';
import { sameName } from './name.ts';
import { bindSelect, type OutputColumn } from './select.ts';
import { bindSetOperation, bindValues } from './set.ts';

/** A query in SQL for SQLite, whose columns are called c1, c2, ... there. */
export interface BoundQuery {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
}

/** What a query's body needs to know of the query: how its rows are ordered and cut. */
export interface Ordering {
  readonly orderBy: readonly OrderItem[];
  readonly offset: Expression | null;
  readonly fetch: Expression | null;
}

const unordered: Ordering = { orderBy: [], offset: null, fetch: null };

/** Binds a whole query. `parent` is where its outer references are looked up; null outside of any. */
export function bindQuery(binder: Binder, query: Query, parent: Scope | null): BoundQuery {
  const outer = withCommonTables(parent, query.commonTables);
  if (query.body.kind === 'select') return bindSelect(binder, { select: query.body, ordering: query }, outer);
  const body = bindBody(binder, query.body, outer);
  if (query.orderBy.length === 0 && query.offset === null) return body;
  const source = nextSource(binder);
  const order = query.orderBy.map((item) => orderByOutput(binder, item, { columns: body.columns, source }));
  const columns = body.columns.map((_, at) => `${source}.c${at + 1} AS c${at + 1}`);
  const cut = limitClause(binder, { top: null, ordering: query });
  return {
    sql: `SELECT ${columns.join(', ')} FROM (${body.sql}) ${source} ORDER BY ${order.join(', ')}${cut}`,
    columns: body.columns,
  };
}

/** Each common table sees those before it, not itself: recursion is not simulated. */
function withCommonTables(parent: Scope | null, tables: readonly CommonTable[]): Scope {
  const commonTables = new Map<string, CommonTableScope>(parent?.commonTables);
  for (const table of tables) {
    const name = table.name.toLowerCase();
    const visible = new Map(commonTables);
    visible.set(name, { table, visible: commonTables, isItself: true });
    commonTables.set(name, { table, visible });
  }
  return { ...childScope(parent, []), commonTables };
}

export function bindBody(binder: Binder, body: QueryBody, parent: Scope): BoundQuery {
  switch (body.kind) {
    case 'select':
      return bindSelect(binder, { select: body, ordering: unordered }, parent);
    case 'nested':
      return bindQuery(binder, body.query, parent);
    case 'values':
      return bindValues(binder, body, parent);
    case 'set':
      return bindSetOperation(binder, body, parent);
  }
}

/** ORDER BY over a result: a position or a column's name, nothing else. */
export function orderByOutput(
  binder: Binder,
  item: OrderItem,
  result: { readonly columns: readonly OutputColumn[]; readonly source: string },
): string {
  const { expression } = item;
  const at = outputIndex(expression, result.columns);
  const column = at === null ? undefined : result.columns[at];
  if (at === null || column === undefined) throw orderNotSelected('UNION', expression.line);
  const bound: Bound = { ...column, sql: `${result.source}.c${at + 1}` };
  return `${sortKey(binder, bound)}${item.descending ? ' DESC' : ''}`;
}

/** The output column that an ORDER BY item means by its position or name; null when it means none. */
export function outputIndex(expression: Expression, columns: readonly OutputColumn[]): number | null {
  if (expression.kind === 'number') {
    const position = Number(expression.text);
    if (!Number.isInteger(position) || position < 1 || position > columns.length) {
      throw orderPosition(expression.text, expression.line);
    }
    return position - 1;
  }
  if (expression.kind !== 'column' || expression.parts.length !== 1) return null;
  const at = columns.findIndex((column) => sameName(column.name, expression.parts[0] ?? ''));
  return at < 0 ? null : at;
}

/** TOP, OFFSET and FETCH as LIMIT. */
export function limitClause(
  binder: Binder,
  { top, ordering }: { readonly top: Expression | null; readonly ordering: Ordering },
): string {
  const count = (expression: Expression): string => rowCount(binder, expression);
  const offset = ordering.offset === null ? '' : ` OFFSET ${count(ordering.offset)}`;
  const limit = top ?? ordering.fetch;
  if (limit === null) return offset === '' ? '' : ` LIMIT -1${offset}`;
  return ` LIMIT ${count(limit)}${offset}`;
}

function rowCount(binder: Binder, expression: Expression): string {
  const bound = implicitly(binder, bindExpression(binder, expression, childScope(null, [])), bigint, expression.line);
  const run = (value: Stored = null): bigint => {
    if (value !== null && BigInt(value as bigint) >= 0n) return BigInt(value as bigint);
    throw sqlError(
      { number: 1060, class: 15 },
      'The number of rows provided for a TOP or FETCH clauses row count parameter must be an integer.',
    );
  };
  return call(binder, { key: 'row count', run, type: bigint }, [bound]).sql;
}
