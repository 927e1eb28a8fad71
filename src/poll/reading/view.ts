import type { Failure } from '../../model/failure-reason.ts';
import type { ServerFacts } from '../../model/server.ts';
import { classifyError, isStatementError } from '../../sql/classify-error.ts';
import { type RawRecord, TimeLimitError } from '../../sql/connection.ts';
import { inSteps, type Steps } from '../../steps/steps.ts';
import { ColumnError } from '../../views/column.ts';
import { documentedShape, type View } from '../../views/view.ts';
import type { ViewQuery } from '../view-query.ts';
import { otherShape } from './other-shape.ts';
import type { ViewMemory } from './view-memory.ts';

export interface RowsReading {
  /** Null: they could not be read. */
  readonly rows: readonly unknown[] | null;
  readonly failure: Failure | null;
  readonly isConnectionUsable: boolean;
}

/** As documented, without columns that are missing, and without conversions. */
const mostTries = 4;

/** Asks a view once, and again when the server has it in another shape than documented. Never rejects. */
export async function readView(view: View, query: ViewQuery): Promise<RowsReading> {
  const { connection, facts, signal, limit, memory } = query;
  for (let tries = 1; ; tries += 1) {
    try {
      const batch = batchOf(view, facts, memory);
      const records = await (limit === null ? connection.query(batch, signal) : connection.query(batch, signal, limit));
      return await inSteps('read', rowsOf(view, records, query));
    } catch (error) {
      const reading = failedReading(error, signal);
      if (!reading.isConnectionUsable) return reading;
      const shape = tries < mostTries ? await otherShape(view, error, query).catch(() => null) : null;
      if (shape === null) return reading;
      memory.shapes.set(view.name, shape);
    }
  }
}

/** What the server is asked for a view, in the shape that it has there: put together when it is another than before. */
export function batchOf(view: View, facts: ServerFacts | null, { shapes, asked }: ViewMemory): string {
  const shape = shapes.get(view.name);
  const version = facts === null ? 'any' : `${facts.engine} ${facts.majorVersion}`;
  const former = asked.get(view.name);
  if (former !== undefined && former.shape === shape && former.version === version) return former.sql;
  const sql = view.sql(facts, shape);
  asked.set(view.name, { shape, version, sql });
  return sql;
}

/** The rows of an answer, a step for each. Throws ColumnError when nothing of it can be used. */
export function* rowsOf(
  view: View,
  records: readonly RawRecord[],
  { facts, memory, nowSeconds, tell }: Pick<ViewQuery, 'facts' | 'memory' | 'nowSeconds' | 'tell'>,
): Steps<RowsReading> {
  const { absent } = memory.shapes.get(view.name) ?? documentedShape;
  // Without a row nothing else would tell.
  for (const name of absent) tell({ name, type: '' }, 'missing');
  const rows = yield* view.steps(records, {
    localOffsetSeconds: facts === null ? 0 : facts.localOffsetSeconds,
    nowSeconds,
    tell,
  });
  if (view.name === 'server' && rows.length !== 1) throw new ColumnError(`server gave ${rows.length} rows, not one`);
  return { rows, failure: null, isConnectionUsable: true };
}

function failedReading(error: unknown, signal: AbortSignal): RowsReading {
  if (error instanceof ColumnError) {
    const failure: Failure = { reason: 'protocol', message: error.message, errorNumber: null };
    return { rows: null, failure, isConnectionUsable: true };
  }
  const isConnectionUsable = error instanceof TimeLimitError || (isStatementError(error) && !signal.aborted);
  return { rows: null, failure: classifyError(error), isConnectionUsable };
}
