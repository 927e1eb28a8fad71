import type { SqlType } from '../../sql-type.ts';
import type { OrderItem, Select, SelectItem } from '../ast.ts';
import { call, implicitly, sortKey } from '../bound.ts';
import { sqlError } from '../errors/errors.ts';
import { orderNotSelected, undeclaredVariable } from '../errors/name.ts';
import type { Stored } from '../storage.ts';
import { type Binder, type Bound, childScope, nextSource, type Scope } from './binder.ts';
import { bindCondition } from './condition.ts';
import { bindExpression } from './expression.ts';
import { bindFrom } from './from.ts';
import { bindGroups, bindHaving } from './group.ts';
import { type BoundQuery, limitClause, type Ordering, orderByOutput, outputIndex } from './query.ts';
import { distinctQuery } from './set.ts';
import { bindStar } from './star.ts';

/** A column that a query gives. */
export interface OutputColumn {
  /** Empty when the expression has no name. */
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly isNull?: boolean;
}

interface Item {
  readonly name: string;
  readonly bound: Bound;
}

/** Binds one SELECT with the ordering and cutting that its query asks for. */
export function bindSelect(
  binder: Binder,
  { select, ordering }: { readonly select: Select; readonly ordering: Ordering },
  parent: Scope,
): BoundQuery {
  const from = bindFrom(binder, select.from, parent);
  const scope: Scope = { ...childScope(parent, from.sources), commonTables: parent.commonTables };
  const where = select.where === null ? '' : ` WHERE ${bindCondition(binder, select.where, scope)}`;
  const group = bindGroups(binder, { select, ordering }, scope);
  const items = bindItems(binder, select.items, scope);
  const having = bindHaving(binder, select, scope);
  const columns = items.map(({ name, bound }): OutputColumn => {
    const { type, nullable, isNull } = bound;
    return { name, type, nullable, ...(isNull === true && { isNull }) };
  });
  const list = items.map(({ bound }, at) => `${bound.sql} AS c${at + 1}`).join(', ');
  const sql = `SELECT ${list}${from.sql}${where}${group}${having}`;
  const cut = limitClause(binder, { top: select.top, ordering });
  if (select.distinct) return bindDistinct(binder, { sql, columns, items, ordering, cut });
  const order = ordering.orderBy.map((item) => orderTerm(binder, item, { columns, items, scope }));
  return { sql: `${sql}${orderClause(order)}${cut}`, columns };
}

function orderClause(terms: readonly string[]): string {
  const wanted = terms.filter((term) => term !== '');
  return wanted.length === 0 ? '' : ` ORDER BY ${wanted.join(', ')}`;
}

function bindItems(binder: Binder, items: readonly SelectItem[], scope: Scope): readonly Item[] {
  return items.flatMap((item) => bindItem(binder, item, scope));
}

function bindItem(binder: Binder, item: SelectItem, scope: Scope): readonly Item[] {
  switch (item.kind) {
    case 'star':
      return bindStar(binder, item, scope);
    case 'assign':
      return [{ name: '', bound: bindAssignment(binder, item, scope) }];
    case 'value': {
      const { expression } = item;
      const own = expression.kind === 'column' ? (expression.parts.at(-1) ?? '') : '';
      const bound = bindExpression(binder, expression, scope);
      return [{ name: item.alias ?? columnName(scope, own), bound }];
    }
  }
}

/** A column keeps the name that its table gives it, whatever case the query writes. */
function columnName(scope: Scope, written: string): string {
  if (written === '') return '';
  const columns = scope.sources.flatMap((source) => source.columns);
  return columns.find(({ name }) => name.toLowerCase() === written.toLowerCase())?.name ?? written;
}

/** `SELECT @v = x` sets the variable for each row in turn, so that the next row's expression may read it. */
function bindAssignment(binder: Binder, item: SelectItem & { kind: 'assign' }, scope: Scope): Bound {
  const name = item.variable.toLowerCase();
  const type = binder.variables.get(name);
  if (type === undefined) throw undeclaredVariable(item.variable, item.line);
  const value = implicitly(binder, bindExpression(binder, item.expression, scope), type, item.line);
  const run = (stored: Stored = null): Stored => {
    const variable = binder.runtime.variables.get(name);
    if (variable !== undefined) variable.value = stored;
    return stored;
  };
  return call(binder, { key: `assign ${name}`, run, type }, [value]);
}

/** An ORDER BY item: a position, an output column's name, or any expression over the tables. */
function orderTerm(
  binder: Binder,
  item: OrderItem,
  query: { readonly columns: readonly OutputColumn[]; readonly items: readonly Item[]; readonly scope: Scope },
): string {
  const at = outputIndex(item.expression, query.columns);
  const bound = at === null ? bindExpression(binder, item.expression, query.scope) : query.items[at]?.bound;
  if (bound === undefined) return '';
  if (bound.constant !== undefined) return at === null ? refuseConstant(item) : '';
  return `${sortKey(binder, bound)}${item.descending ? ' DESC' : ''}`;
}

function refuseConstant(item: OrderItem): never {
  throw sqlError(
    { number: 408, line: item.expression.line },
    'A constant expression was encountered in the ORDER BY list, position 1.',
  );
}

function bindDistinct(
  binder: Binder,
  query: BoundQuery & { readonly items: readonly Item[]; readonly ordering: Ordering; readonly cut: string },
): BoundQuery {
  const { columns, ordering, cut } = query;
  const distinct = distinctQuery(binder, query);
  if (ordering.orderBy.length === 0 && cut === '') return distinct;
  const source = nextSource(binder);
  const order = ordering.orderBy.map((item) => distinctOrder(binder, item, { columns, source }));
  const list = columns.map((_, at) => `${source}.c${at + 1} AS c${at + 1}`).join(', ');
  return { sql: `SELECT ${list} FROM (${distinct.sql}) ${source}${orderClause(order)}${cut}`, columns };
}

/** With DISTINCT, only what is selected can sort; a qualified name means the column of that name. */
function distinctOrder(
  binder: Binder,
  item: OrderItem,
  result: { readonly columns: readonly OutputColumn[]; readonly source: string },
): string {
  const { expression } = item;
  const line = expression.line;
  if (expression.kind === 'number') return orderByOutput(binder, item, result);
  if (expression.kind !== 'column') throw orderNotSelected('DISTINCT', line);
  const plain: OrderItem = { ...item, expression: { ...expression, parts: expression.parts.slice(-1) } };
  if (outputIndex(plain.expression, result.columns) === null) throw orderNotSelected('DISTINCT', line);
  return orderByOutput(binder, plain, result);
}
