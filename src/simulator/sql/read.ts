import type { Table } from '../catalog/table.ts';
import type { Instance } from '../instance.ts';
import type { Row } from '../row.ts';
import type { TableUse } from './bind/binder.ts';
import { SqlError } from './errors/errors.ts';
import { noAccess, serverStateDenied } from './errors/permission.ts';
import { holds, securityStatePermission, serverStatePermission } from './permission.ts';
import type { Plan } from './plan.ts';
import type { Runtime } from './runtime.ts';
import type { Stored } from './storage.ts';

/** A plan's rows, or the errors that a real server reports instead. */
export type Reading =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly Stored[])[] }
  | {
      readonly kind: 'errors';
      readonly errors: readonly SqlError[];
      /** The rows before an error of the run; null when nothing ran. */
      readonly before: readonly (readonly Stored[])[] | null;
    };

/** Reads a plan's tables anew, each once, and runs it. Rejects only when `signal` aborts. */
export async function read(runtime: Runtime, plan: Plan, signal: AbortSignal): Promise<Reading> {
  const refusals = plan.tables.flatMap((use) => refusal(runtime, use));
  if (refusals.length > 0) return { kind: 'errors', errors: refusals, before: null };
  for (const { table } of plan.tables) await runtime.instance.beforeRead(viewName(table), signal);
  runtime.nowMilliseconds = runtime.instance.nowMilliseconds();
  for (const use of plan.tables) load(runtime, use);
  const parameters = plan.parameters.map((parameter): Stored => {
    if (parameter.kind === 'constant') return parameter.value;
    return runtime.variables.get(parameter.name)?.value ?? null;
  });
  try {
    return { kind: 'rows', rows: runtime.engine.all(plan.sql, parameters) };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const before = runtime.engine.untilFailure(plan.sql, parameters);
    return { kind: 'errors', errors: [error], before };
  }
}

function viewName(table: Table): string {
  return table.of?.name ?? table.name;
}

function refusal(runtime: Runtime, { table }: TableUse): readonly SqlError[] {
  const { instance, login } = runtime;
  if (table.of !== undefined && !mayEnter(runtime, table.of.database)) return [noAccess(login, table.of.database)];
  const denied = instance.denied(viewName(table), login);
  if (denied !== null) return [new SqlError({ ...denied, line: 0 }, 'statement')];
  const permission = statePermission(instance, table);
  return permission !== null && holds(instance, login, permission) !== true ? serverStateDenied(permission) : [];
}

function statePermission(instance: Instance, { access }: Table): string | null {
  if (access === 'server state') return serverStatePermission(instance);
  return access === 'security state' ? securityStatePermission(instance) : null;
}

/** No user of a login's is simulated in user databases: what opens them is a right to all of them. */
function mayEnter({ instance, login }: Runtime, database: string): boolean {
  const isSystem = ['master', 'tempdb', 'msdb'].includes(database.toLowerCase());
  return isSystem || holds(instance, login, 'CONNECT ANY DATABASE') === true;
}

/** Catalog views show a login without the right to see definitions no rows, and say nothing. */
function load(runtime: Runtime, { table, values, keys }: TableUse): void {
  const { instance, login, engine } = runtime;
  const visible = table.access !== 'definition' || holds(instance, login, 'VIEW ANY DEFINITION') === true;
  const isAdministrator = holds(instance, login, 'CONTROL SERVER') === true;
  const reader = { login, isAdministrator, database: table.of?.database ?? runtime.database };
  const rows: Iterable<Row> = visible ? instance.rows(viewName(table), reader) : [];
  engine.load(table, { values: [...values], keys: [...keys] }, rows);
}
