import type { SqlType } from '../../sql-type.ts';
import type { CallExpression, Window } from '../ast.ts';
import { equalityKey, implicitly, sortKey } from '../bound.ts';
import { type SqlError, sqlError, unsupported } from '../errors/errors.ts';
import type { Binder, Bound, Scope } from './binder.ts';
import { bindExpression } from './expression.ts';

const rankings = ['DENSE_RANK', 'NTILE', 'RANK', 'ROW_NUMBER'];
const counts = ['COUNT', 'COUNT_BIG'];

export function isRanking(name: string): boolean {
  return rankings.includes(name);
}

export function needsOver(name: string, line: number): SqlError {
  return sqlError({ number: 10753, class: 15, state: 3, line }, `The function '${name}' must have an OVER clause.`);
}

/** A ranking function, or a count, over a window. Other aggregates over windows are not simulated. */
export function bindWindow(binder: Binder, call: CallExpression & { readonly over: Window }, scope: Scope): Bound {
  const { name, over, line } = call;
  if (scope.aggregates !== 'allowed') {
    const message = 'Windowed functions can only appear in the SELECT or ORDER BY clauses.';
    throw sqlError({ number: 4108, class: 15, line }, message);
  }
  if (!isRanking(name) && !counts.includes(name)) throw unsupported(`${name} OVER`, line);
  if (isRanking(name) && over.orderBy.length === 0) {
    const message = `The function '${name}' must have an OVER clause with ORDER BY.`;
    throw sqlError({ number: 4112, class: 15, line }, message);
  }
  const window = windowText(binder, over, scope);
  const type: SqlType = { name: name === 'COUNT' ? 'int' : 'bigint' };
  const args = call.star
    ? '*'
    : call.args.map((each) => argument(binder, name, bindExpression(binder, each, scope))).join(', ');
  const sqlName = name === 'COUNT_BIG' ? 'COUNT' : name;
  return { sql: `${sqlName}(${args}) OVER (${window})`, type, nullable: false };
}

function argument(binder: Binder, name: string, bound: Bound): string {
  if (name === 'NTILE') return implicitly(binder, bound, { name: 'bigint' }, 0).sql;
  return equalityKey(binder, bound);
}

function windowText(binder: Binder, over: Window, scope: Scope): string {
  const groups = over.partitionBy.map((each) => equalityKey(binder, bindExpression(binder, each, scope)));
  const order = over.orderBy.map(({ expression, descending }) => {
    const key = sortKey(binder, bindExpression(binder, expression, scope));
    return `${key}${descending ? ' DESC' : ''}`;
  });
  const partition = groups.length === 0 ? '' : `PARTITION BY ${groups.join(', ')} `;
  return order.length === 0 ? partition : `${partition}ORDER BY ${order.join(', ')}`;
}
