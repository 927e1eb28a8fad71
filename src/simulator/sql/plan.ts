import type { ColumnType, SqlType } from '../sql-type.ts';
import type { Condition, Expression, Query, QueryBody } from './ast.ts';
import { type Binder, childScope, createBinder, type Parameter, type TableUse } from './bind/binder.ts';
import { bindCondition } from './bind/condition.ts';
import { bindExpression } from './bind/expression.ts';
import { bindQuery } from './bind/query.ts';
import { implicitly } from './bound.ts';
import { type SqlError, sqlError } from './errors/errors.ts';
import type { Runtime } from './runtime.ts';

/** A statement's reading part, ready to run again and again. */
export interface Plan {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  readonly tables: readonly TableUse[];
  readonly columns: readonly ColumnType[];
  /** Whether the SELECT assigns variables instead of giving rows. */
  readonly assigns: boolean;
  readonly line: number;
}

/** Errors found in one statement, of which a real server reports each. */
export class BindErrors extends Error {
  readonly errors: readonly SqlError[];

  constructor(errors: readonly SqlError[]) {
    super(errors[0]?.message ?? '');
    this.errors = errors;
  }
}

type Variables = ReadonlyMap<string, SqlType>;

/** Plans a query. Throws SqlError or BindErrors. */
export function planQuery(runtime: Runtime, query: Query, variables: Variables): Plan {
  const binder = createBinder(runtime, variables);
  const assigned = assignedVariables(query.body);
  for (const name of assigned ?? []) binder.assigned.add(name.toLowerCase());
  const bound = bindQuery(binder, query, childScope(null, []));
  const columns = bound.columns.map(({ name, type, nullable }) => ({ name, type, nullable }));
  return finished(binder, { sql: bound.sql, columns, assigns: assigned !== null, line: query.line });
}

/** The variables that a SELECT assigns, or null when it gives rows. Throws 141 when it would do both. */
function assignedVariables(body: QueryBody): readonly string[] | null {
  if (body.kind !== 'select') return null;
  const names = body.items.flatMap((item) => (item.kind === 'assign' ? [item.variable] : []));
  if (names.length === 0) return null;
  if (names.length === body.items.length) return names;
  const message =
    'A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations.';
  throw sqlError({ number: 141, class: 15, line: body.line }, message);
}

/** Plans an expression as a row of one column, of a type if one is asked for. */
export function planExpression(
  runtime: Runtime,
  expression: Expression,
  { variables, type }: { readonly variables: Variables; readonly type: SqlType | null },
): Plan {
  const binder = createBinder(runtime, variables);
  const bound = bindExpression(binder, expression, childScope(null, []));
  const value = type === null ? bound : implicitly(binder, bound, type, expression.line);
  const columns = [{ name: '', type: value.type, nullable: true }];
  return finished(binder, { sql: `SELECT ${value.sql}`, columns, assigns: false, line: expression.line });
}

/** Plans a condition as a row with a bit that is 1 only when it is true. */
export function planCondition(runtime: Runtime, condition: Condition, variables: Variables): Plan {
  const binder = createBinder(runtime, variables);
  const sql = `SELECT ${bindCondition(binder, condition, childScope(null, []))} IS TRUE`;
  const columns: readonly ColumnType[] = [{ name: '', type: { name: 'bit' }, nullable: false }];
  return finished(binder, { sql, columns, assigns: false, line: condition.line });
}

function finished(binder: Binder, plan: Omit<Plan, 'parameters' | 'tables'>): Plan {
  if (binder.problems.length > 0) throw new BindErrors(binder.problems);
  return { ...plan, parameters: binder.parameters, tables: [...binder.tables.values()] };
}
