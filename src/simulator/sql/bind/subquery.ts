import type { Query } from '../ast.ts';
import { equalityKey } from '../bound.ts';
import { oneExpressionOnly, orderInside } from '../errors/name.ts';
import { severalValues } from '../errors/value.ts';
import type { Stored } from '../storage.ts';
import { type Binder, type Bound, nextSource, type Scope } from './binder.ts';
import { unify } from './case.ts';
import { type BoundQuery, bindQuery } from './query.ts';

/** A query inside another one: it sees the names of the one around it, and may sort only to pick rows. */
export function bindSubquery(binder: Binder, query: Query, scope: Scope | null): BoundQuery {
  const limited = query.offset !== null || (query.body.kind === 'select' && query.body.top !== null);
  if (query.orderBy.length > 0 && !limited) throw orderInside(query.line);
  return bindQuery(binder, query, scope);
}

interface One {
  readonly count: number;
  readonly value: Stored;
}

/** A subquery as a value: NULL without rows, error 512 with several. */
export function bindScalarQuery(binder: Binder, query: Query, scope: Scope): Bound {
  const bound = bindSubquery(binder, query, scope);
  const [column] = bound.columns;
  if (column === undefined || bound.columns.length !== 1) throw oneExpressionOnly(query.line);
  const only = binder.runtime.engine.defineAggregate<One>('only value', {
    start: () => ({ count: 0, value: null }),
    step: ({ count }, value = null) => {
      if (count > 0) throw severalValues();
      return { count: 1, value };
    },
    result: ({ value }) => value,
  });
  const source = nextSource(binder);
  return { sql: `(SELECT ${only}(${source}.c1) FROM (${bound.sql}) ${source})`, type: column.type, nullable: true };
}

/** `x IN (SELECT ...)`. */
export function bindInQuery(
  binder: Binder,
  test: { readonly operand: Bound; readonly query: Query; readonly line: number; readonly negated: boolean },
  scope: Scope,
): string {
  const bound = bindSubquery(binder, test.query, scope);
  const [column] = bound.columns;
  if (column === undefined || bound.columns.length !== 1) throw oneExpressionOnly(test.query.line);
  const source = nextSource(binder);
  const inner: Bound = { sql: `${source}.c1`, type: column.type, nullable: column.nullable };
  const [left = test.operand, right = inner] = unify(binder, [test.operand, inner], test.line);
  const rows = `SELECT ${equalityKey(binder, right)} FROM (${bound.sql}) ${source}`;
  return `(${equalityKey(binder, left)} ${test.negated ? 'NOT ' : ''}IN (${rows}))`;
}
