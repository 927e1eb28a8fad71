import { containsAggregate } from '../aggregate-names.ts';
import type { Expression, Select, SelectItem } from '../ast.ts';
import { equalityKey } from '../bound.ts';
import type { Binder, Bound, Scope } from './binder.ts';
import { bindCondition } from './condition.ts';
import { bindExpression } from './expression.ts';
import type { Ordering } from './query.ts';

/** GROUP BY, and with it the rule that other columns need an aggregate. */
export function bindGroups(binder: Binder, query: { select: Select; ordering: Ordering }, scope: Scope): string {
  const { select, ordering } = query;
  const groups = select.groupBy.map((each) => bindExpression(binder, each, scope));
  const uses = [...select.items.flatMap(itemExpressions), ...ordering.orderBy.map(({ expression }) => expression)];
  const aggregates = uses.some(containsAggregate) || select.having !== null;
  scope.aggregates = 'allowed';
  if (groups.length === 0 && !aggregates) return '';
  const named = select.groupBy.flatMap((each, at): [string, Bound][] => {
    const bound = groups[at];
    return each.kind === 'column' || bound === undefined ? [] : [[textOf(each), bound]];
  });
  const sqls = new Set(groups.map(({ sql }) => sql));
  scope.grouping = { groups: sqls, expressions: new Map(named), clause: 'select list' };
  return groups.length === 0 ? '' : ` GROUP BY ${groups.map((each) => equalityKey(binder, each)).join(', ')}`;
}

function itemExpressions(item: SelectItem): readonly Expression[] {
  return item.kind === 'star' ? [] : [item.expression];
}

export function bindHaving(binder: Binder, select: Select, scope: Scope): string {
  if (select.having === null) return '';
  if (scope.grouping !== null) scope.grouping.clause = 'HAVING clause';
  const having = bindCondition(binder, select.having, scope);
  if (scope.grouping !== null) scope.grouping.clause = 'select list';
  return ` HAVING ${having}`;
}

/** The GROUP BY expression that an expression repeats word by word, or null. */
export function groupedExpression(expression: Expression, scope: Scope): Bound | null {
  const { grouping } = scope;
  if (grouping === null || grouping.expressions.size === 0 || scope.aggregates === 'inside') return null;
  return grouping.expressions.get(textOf(expression)) ?? null;
}

/** An expression's words without their lines; names in any case are the same. */
function textOf(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) => {
    if (key === 'line' || key === 'near' || key === 'written') return undefined;
    return key === 'parts' && Array.isArray(value) ? value.map((part) => String(part).toLowerCase()) : value;
  });
}
