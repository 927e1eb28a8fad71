import type { Failure } from '../model/failure-reason.ts';
import type { ServerFacts } from '../model/server.ts';
import { classifyError, isStatementError } from '../sql/classify-error.ts';
import { type Connection, TimeLimitError } from '../sql/connection.ts';
import { ColumnError } from '../views/column.ts';
import type { Tell } from '../views/entry.ts';
import type { View } from '../views/view.ts';
import type { ViewMemory } from './view-memory.ts';

/** SQL Server's "Invalid column name". */
const invalidColumnName = 207;

export interface ViewQuery {
  readonly connection: Connection;
  /** Null: not known yet. */
  readonly facts: ServerFacts | null;
  readonly memory: ViewMemory;
  /** Gets what of the answer is odd. */
  readonly tell: Tell;
  /** Ends the wait, and the connection with it. */
  readonly signal: AbortSignal;
  /** When it aborts the batch is cancelled, and the connection goes on if the server acknowledges that; null: never. */
  readonly limit: AbortSignal | null;
}

export interface RowsReading {
  /** Null: they could not be read. */
  readonly rows: readonly unknown[] | null;
  readonly failure: Failure | null;
  readonly isConnectionUsable: boolean;
}

/** Asks a view once. Never rejects. */
export async function readView(view: View, query: ViewQuery): Promise<RowsReading> {
  const { connection, facts, signal, limit, tell } = query;
  const { withoutNewerColumns } = query.memory;
  try {
    const batch = view.sql(withoutNewerColumns.has(view.name) ? null : facts);
    const records = await (limit === null ? connection.query(batch, signal) : connection.query(batch, signal, limit));
    const rows = view.parse(records, { localOffsetSeconds: facts?.localOffsetSeconds ?? 0, tell });
    if (view.name === 'server' && rows.length !== 1) throw new ColumnError(`server gave ${rows.length} rows, not one`);
    return { rows, failure: null, isConnectionUsable: true };
  } catch (error) {
    if (error instanceof ColumnError) {
      return failed({ reason: 'protocol', message: error.message, errorNumber: null }, true);
    }
    const failure = classifyError(error);
    if (failure.errorNumber === invalidColumnName && view.hasNewerColumns) withoutNewerColumns.add(view.name);
    return failed(failure, error instanceof TimeLimitError || (isStatementError(error) && !signal.aborted));
  }
}

function failed(failure: Failure, isConnectionUsable: boolean): RowsReading {
  return { rows: null, failure, isConnectionUsable };
}
