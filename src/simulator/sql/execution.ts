import type { BatchEvent, SqlErrorInfo } from '../session.ts';
import type { SqlType } from '../sql-type.ts';
import { atLine } from './compile.ts';
import type { SqlError } from './errors.ts';
import type { Plan } from './plan.ts';
import { read } from './read.ts';
import type { Runtime } from './runtime.ts';
import type { Stored } from './storage.ts';

/** One batch on its way. */
export interface Execution {
  readonly runtime: Runtime;
  readonly plans: ReadonlyMap<object, Plan | SqlError>;
  readonly signal: AbortSignal;
  /** How many EXECs deep. */
  readonly depth: number;
}

/** What comes after a statement. */
export type Flow = 'next' | 'break' | 'continue' | 'return' | 'abort';

export type Step = AsyncGenerator<BatchEvent, Flow>;

export function done(execution: Execution, rowCount: number | null): BatchEvent {
  return { kind: 'done', rowCount: execution.runtime.noCount ? null : rowCount };
}

/** An information message, as PRINT sends it. */
export function information(
  message: Pick<SqlErrorInfo, 'number' | 'message' | 'line'> & { state?: number },
): BatchEvent {
  return { kind: 'message', message: { class: 0, state: 1, ...message } };
}

/** Reports errors; the batch goes on after some and ends after others. */
export function* failed(execution: Execution, errors: readonly SqlError[], line: number): Generator<BatchEvent, Flow> {
  for (const error of errors) {
    const located = atLine(error, line).info;
    execution.runtime.errorNumber = located.number;
    yield { kind: 'error', error: located };
  }
  execution.runtime.rowCount = 0;
  if (errors.some((error) => error.reach === 'batch')) return 'abort';
  yield { kind: 'done', rowCount: null };
  return 'next';
}

/** Runs the plan of a part of a statement; null when it failed or was cancelled, with `flow` saying what then. */
export async function* rowsOf(
  execution: Execution,
  part: object,
  line: number,
): AsyncGenerator<BatchEvent, { readonly plan: Plan; readonly rows: readonly (readonly Stored[])[] } | Flow> {
  const plan = execution.plans.get(part);
  if (plan === undefined) return 'abort';
  if (plan instanceof Error) return yield* failed(execution, [plan], line);
  const reading = await readUnlessAborted(execution, plan);
  if (reading === null) return 'abort';
  if (reading.kind === 'errors') return yield* failed(execution, reading.errors, line);
  execution.runtime.errorNumber = 0;
  return { plan, rows: reading.rows };
}

async function readUnlessAborted(execution: Execution, plan: Plan): Promise<Awaited<ReturnType<typeof read>> | null> {
  try {
    return await read(execution.runtime, plan, execution.signal);
  } catch (error) {
    if (execution.signal.aborted) return null;
    throw error;
  }
}

export interface Value {
  readonly value: Stored;
  readonly type: SqlType;
}

/** Evaluates an expression of a statement. */
export async function* evaluate(
  execution: Execution,
  part: object,
  line: number,
): AsyncGenerator<BatchEvent, Value | Flow> {
  const result = yield* rowsOf(execution, part, line);
  if (typeof result === 'string') return result;
  return { value: result.rows[0]?.[0] ?? null, type: result.plan.columns[0]?.type ?? { name: 'int' } };
}
