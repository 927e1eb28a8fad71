import type { Row } from '../instance.ts';
import type { TableUse } from './binder.ts';
import { SqlError } from './errors.ts';
import { serverStateDenied } from './errors-permission.ts';
import { holds, serverStatePermission } from './permission.ts';
import type { Plan } from './plan.ts';
import type { Runtime } from './runtime.ts';
import type { Stored } from './storage.ts';

/** A plan's rows, or the errors that a real server reports instead. */
export type Reading =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly Stored[])[] }
  | { readonly kind: 'errors'; readonly errors: readonly SqlError[] };

/** Reads a plan's tables anew, each once, and runs it. Rejects only when `signal` aborts. */
export async function read(runtime: Runtime, plan: Plan, signal: AbortSignal): Promise<Reading> {
  const refusals = plan.tables.flatMap((use) => refusal(runtime, use));
  if (refusals.length > 0) return { kind: 'errors', errors: refusals };
  for (const { table } of plan.tables) await runtime.instance.beforeRead(table.name, signal);
  runtime.nowMilliseconds = runtime.instance.nowMilliseconds();
  for (const use of plan.tables) load(runtime, use);
  const parameters = plan.parameters.map((parameter): Stored => {
    if (parameter.kind === 'constant') return parameter.value;
    return runtime.variables.get(parameter.name)?.value ?? null;
  });
  try {
    return { kind: 'rows', rows: runtime.engine.all(plan.sql, parameters) };
  } catch (error) {
    if (error instanceof SqlError) return { kind: 'errors', errors: [error] };
    throw error;
  }
}

function refusal(runtime: Runtime, { table }: TableUse): readonly SqlError[] {
  const { instance, login } = runtime;
  const denied = instance.denied(table.name, login);
  if (denied !== null) return [new SqlError({ ...denied, line: 0 }, 'statement')];
  const permission = serverStatePermission(instance);
  return table.access === 'server state' && holds(instance, login, permission) !== true
    ? serverStateDenied(permission)
    : [];
}

/** Catalog views show a login without the right to see definitions no rows, and say nothing. */
function load(runtime: Runtime, { table, values, keys }: TableUse): void {
  const { instance, login, engine } = runtime;
  const visible = table.access !== 'definition' || holds(instance, login, 'VIEW ANY DEFINITION') === true;
  const rows: Iterable<Row> = visible ? instance.rows(table.name) : [];
  engine.load(table, { values: [...values], keys: [...keys] }, rows);
}
