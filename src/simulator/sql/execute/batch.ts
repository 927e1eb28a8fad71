import type { BatchEvent } from '../../session.ts';
import type { Statement } from '../ast.ts';
import type { CompiledBatch } from '../compile.ts';
import { SqlError } from '../errors/errors.ts';
import { incorrectSyntaxNear } from '../errors/syntax.ts';
import { planBatch, readText } from '../plan-cache.ts';
import type { Runtime, Variable } from '../runtime.ts';
import { executeStatements } from './statement.ts';

/** Text to run with the variables that it starts with. */
export interface BatchText {
  readonly text: string;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly signal: AbortSignal;
  readonly depth: number;
}

/** Runs the batches in a text. Whatever is wrong with it is an `error` event. */
export async function* executeBatches(runtime: Runtime, batch: BatchText): AsyncGenerator<BatchEvent> {
  const parsed = parse(runtime, batch.text);
  if (parsed instanceof SqlError) {
    yield failure(runtime, parsed);
    // A real server reports an unclosed string twice.
    const { number, line, message } = parsed.info;
    if (number === 105) yield failure(runtime, incorrectSyntaxNear(message.split("'")[1] ?? '', line));
    return;
  }
  for (const statements of parsed) {
    if (batch.signal.aborted) return;
    yield* executeBatch(runtime, batch, statements);
  }
}

function parse(runtime: Runtime, text: string): readonly (readonly Statement[])[] | SqlError {
  try {
    return readText(text, runtime.options.on.has('QUOTED_IDENTIFIER'));
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
}

function failure(runtime: Runtime, error: SqlError): BatchEvent {
  runtime.errorNumber = error.info.number;
  return { kind: 'error', error: { ...error.info, line: Math.max(error.info.line, 1) } };
}

/** Runs one batch that was read already. */
export async function* executeBatch(
  runtime: Runtime,
  batch: BatchText,
  statements: readonly Statement[],
): AsyncGenerator<BatchEvent> {
  const types = new Map([...batch.variables].map(([name, { type }]) => [name, type]));
  const compiled = planBatch(runtime, statements, types);
  for (const error of compiled.errors) yield failure(runtime, error);
  if (compiled.errors.length > 0) return;
  runtime.variables = startingVariables(batch, compiled);
  const { signal, depth } = batch;
  yield* executeStatements({ runtime, plans: compiled.plans, signal, depth }, statements);
}

/** Every variable is there from the start, NULL until its declaration runs. */
function startingVariables(batch: BatchText, compiled: CompiledBatch): Map<string, Variable> {
  return new Map(
    [...compiled.variables].map(([name, type]) => [name, { type, value: batch.variables.get(name)?.value ?? null }]),
  );
}
