import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Statement } from '../ast.ts';
import type { Plan } from '../plan.ts';
import { refusalOf } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import { beginTransaction } from '../transaction.ts';
import { executeCreateProcedure, executeDefinition, isDefinition } from './definition.ts';
import { done, type Execution, evaluate, type Flow, failed, rowsEvent, rowsOf, type Step } from './execution.ts';
import { executeOption } from './option.ts';
import { answerToOrder, executeOrder } from './order.ts';
import { executeProcedure, executeText } from './procedure.ts';
import { executePrint, executeRaise, executeTransaction, executeUse, executeWait } from './session.ts';
import { executeTraceStatus, isTraceStatus } from './trace-status.ts';

/** What SET FMTONLY leaves out: it has no columns. */
const hasNoFormat: ReadonlySet<Statement['kind']> = new Set([
  'leave',
  'print',
  'wait',
  'raise',
  'transaction',
  'refused',
  'create procedure',
]);

/** Runs one statement. Errors are events; it rejects never, and stops when the signal aborts. */
export async function* executeStatement(execution: Execution, statement: Statement): Step {
  if (execution.signal.aborted) return 'abort';
  if (execution.runtime.formatOnly && hasNoFormat.has(statement.kind)) return 'next';
  switch (statement.kind) {
    case 'query':
      return yield* executeQuery(execution, statement);
    case 'declare':
      return yield* executeDeclare(execution, statement);
    case 'assign':
      return yield* assign(execution, { ...statement, name: statement.variable, value: statement.expression });
    case 'if':
      return yield* executeIf(execution, statement);
    case 'while':
      return yield* executeWhile(execution, statement);
    case 'block':
      return yield* executeStatements(execution, statement.statements);
    case 'leave':
      return statement.how;
    case 'print':
      return yield* executePrint(execution, statement);
    case 'option':
      return yield* executeOption(execution, statement);
    case 'use':
      return yield* executeUse(execution, statement);
    case 'wait':
      return yield* executeWait(execution, statement);
    case 'raise':
      return yield* executeRaise(execution, statement);
    case 'transaction':
      return yield* executeTransaction(execution, statement);
    case 'execute':
      return yield* executeProcedure(execution, statement);
    case 'execute text':
      return yield* executeText(execution, statement);
    case 'create procedure':
      return yield* executeCreateProcedure(execution, statement);
    case 'refused': {
      const answer = answerToOrder(execution, statement);
      if (answer !== null) return yield* executeOrder(execution, answer, statement.line);
      if (isDefinition(execution, statement)) return yield* executeDefinition(execution, statement);
      if (isTraceStatus(statement)) return yield* executeTraceStatus(execution, statement);
      return yield* failed(execution, [refusalOf(execution.runtime, statement)], statement.line);
    }
  }
}

/** Runs statements one after another until one of them leaves. */
export async function* executeStatements(execution: Execution, statements: readonly Statement[]): Step {
  for (const statement of statements) {
    const flow = yield* executeStatement(execution, statement);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

async function* executeQuery(execution: Execution, statement: Statement & { kind: 'query' }): Step {
  const { runtime, plans } = execution;
  const planned = plans.get(statement.query);
  if (runtime.formatOnly && planned !== undefined && !(planned instanceof Error)) {
    if (!planned.assigns) yield rowsEvent(execution, planned, []);
    yield done(execution, 0);
    return 'next';
  }
  if (beginsTransaction(runtime, planned)) yield* beginTransaction(runtime, '');
  const result = yield* rowsOf(execution, statement.query, statement.line, true);
  if (typeof result === 'string') return result;
  const { plan, rows } = result;
  runtime.rowCount = rows.length;
  if (!plan.assigns) yield rowsEvent(execution, plan, rows);
  yield done(execution, rows.length);
  return 'next';
}

/** SET IMPLICIT_TRANSACTIONS: a query of a table opens one. */
function beginsTransaction({ options, transactions }: Runtime, plan: Plan | Error | undefined): boolean {
  if (!options.on.has('IMPLICIT_TRANSACTIONS') || transactions.count > 0) return false;
  return plan !== undefined && !(plan instanceof Error) && plan.tables.length > 0;
}

async function* executeDeclare(execution: Execution, statement: Statement & { kind: 'declare' }): Step {
  for (const { name, value } of statement.declarations) {
    if (value === null) continue;
    const flow = yield* assign(execution, { name, value, line: statement.line });
    if (flow !== 'next') return flow;
  }
  return 'next';
}

async function* assign(execution: Execution, target: { name: string; value: object; line: number }): Step {
  const result = yield* evaluate(execution, target.value, target.line);
  if (typeof result === 'string') return result;
  const variable = execution.runtime.variables.get(target.name.toLowerCase());
  if (variable !== undefined) variable.value = result.value;
  execution.runtime.rowCount = 1;
  return 'next';
}

async function* executeIf(execution: Execution, statement: Statement & { kind: 'if' }): Step {
  if (execution.runtime.formatOnly) return yield* executeStatements(execution, branchesOf(statement));
  const test = yield* evaluate(execution, statement.condition, statement.line);
  if (typeof test === 'string') return test;
  if (test.value === 1n) return yield* executeStatement(execution, statement.then);
  return statement.otherwise === null ? 'next' : yield* executeStatement(execution, statement.otherwise);
}

function branchesOf({ then, otherwise }: Statement & { kind: 'if' }): readonly Statement[] {
  return otherwise === null ? [then] : [then, otherwise];
}

/** A loop gives way to the rest of the process in each turn, or no attention could ever stop it. */
async function* executeWhile(execution: Execution, statement: Statement & { kind: 'while' }): Step {
  if (execution.runtime.formatOnly) return yield* executeStatement(execution, statement.body);
  for (;;) {
    await nextTurn();
    if (execution.signal.aborted) return 'abort';
    const test = yield* evaluate(execution, statement.condition, statement.line);
    if (typeof test === 'string') return test;
    if (test.value !== 1n) return 'next';
    const flow: Flow = yield* executeStatement(execution, statement.body);
    if (flow === 'break') return 'next';
    if (flow === 'return' || flow === 'abort') return flow;
  }
}
