import type { BatchEvent, SqlErrorInfo } from '../../session.ts';
import type { SqlType, SqlValue } from '../../sql-type.ts';
import { atLine } from '../compile.ts';
import type { SqlError } from '../errors/errors.ts';
import type { Plan } from '../plan.ts';
import { read } from '../read.ts';
import type { Runtime } from '../runtime.ts';
import { fromStored, type Stored } from '../storage.ts';
import { endTransactions } from '../transaction.ts';

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
  return { kind: 'done', rowCount: execution.runtime.options.on.has('NOCOUNT') ? null : rowCount };
}

/** An information message, as PRINT sends it. */
export function information(
  message: Pick<SqlErrorInfo, 'number' | 'message' | 'line'> & { state?: number },
): BatchEvent {
  return { kind: 'message', message: { class: 0, state: 1, ...message } };
}

/** Conversions, which with an open transaction end it. */
const endsAll: ReadonlySet<number> = new Set([241, 242, 244, 245, 248]);

/** Reports errors; the batch goes on after some and ends after others. */
export function* failed(execution: Execution, errors: readonly SqlError[], line: number): Generator<BatchEvent, Flow> {
  for (const error of errors) {
    const located = atLine(error, line).info;
    execution.runtime.errorNumber = located.number;
    yield { kind: 'error', error: located };
  }
  const { runtime } = execution;
  runtime.rowCount = 0;
  // A conversion that fails ends the batch and its transaction; SET XACT_ABORT makes every error do so.
  const endsTransaction = runtime.options.on.has('XACT_ABORT') || errors.some(({ info }) => endsAll.has(info.number));
  if (endsTransaction) yield* endTransactions(runtime, 'rollback');
  const endsBatch = endsTransaction && runtime.options.on.has('XACT_ABORT');
  if (endsBatch || errors.some((error) => error.reach === 'batch')) return 'abort';
  yield { kind: 'done', rowCount: null };
  return 'next';
}

/** Runs the plan of a part of a statement; null when it failed or was cancelled, with `flow` saying what then. */
export async function* rowsOf(
  execution: Execution,
  part: object,
  line: number,
  givesRows = false,
): AsyncGenerator<BatchEvent, { readonly plan: Plan; readonly rows: readonly (readonly Stored[])[] } | Flow> {
  const plan = execution.plans.get(part);
  if (plan === undefined) return 'abort';
  if (plan instanceof Error) return yield* failed(execution, [plan], line);
  const reading = await readUnlessAborted(execution, plan);
  if (reading === null) return 'abort';
  if (reading.kind === 'errors') {
    // A real server sends the columns and the rows that it has when a row fails.
    if (givesRows && !plan.assigns && reading.before !== null) yield rowsEvent(execution, plan, reading.before);
    return yield* failed(execution, reading.errors, line);
  }
  execution.runtime.errorNumber = 0;
  return { plan, rows: reading.rows };
}

/** A result set for the client, its long values cut at SET TEXTSIZE. */
export function rowsEvent({ runtime }: Execution, { columns }: Plan, rows: readonly (readonly Stored[])[]): BatchEvent {
  const { textSizeBytes } = runtime.options;
  const readers = columns.map(({ type }) => {
    const read = fromStored(type);
    const isCut = textSizeBytes >= 0 && 'length' in type && type.length === 'max';
    return isCut
      ? (value: Stored) => cutAt(read(value), type.name.startsWith('n') ? textSizeBytes >> 1 : textSizeBytes)
      : read;
  });
  return { kind: 'rows', columns, rows: rows.map((row) => row.map((value, at) => readers[at]?.(value) ?? null)) };
}

function cutAt(value: SqlValue, length: number): SqlValue {
  if (typeof value === 'string') return value.slice(0, length);
  return value instanceof Uint8Array ? value.subarray(0, length) : value;
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
