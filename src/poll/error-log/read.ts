import { type ErrorLogEntry, type ErrorLogPosition, isRotated } from '../../model/error-log.ts';
import type { MessagePattern } from '../../model/error-log-entry.ts';
import type { Failure } from '../../model/failure-reason.ts';
import { classifyError, isStatementError } from '../../sql/classify-error.ts';
import { type Connection, TimeLimitError } from '../../sql/connection.ts';
import { ColumnError } from '../../views/column.ts';
import { errorLogEntry, errorLogStatement, messagePatterns, messagesStatement } from '../../views/error-log.ts';

export interface ErrorLogQuery {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Aborts when the time for the whole read is over. */
  readonly limit: AbortSignal;
}

/** What a read gave: every entry that may be new, or why it gave nothing. */
export type ErrorLogReading =
  | { readonly entries: readonly ErrorLogEntry[] }
  | { readonly failure: Failure; readonly isConnectionUsable: boolean };

/**
 * Reads the entries from `since` on, `localMilliseconds`, in the present file, and in the one before it where the log was
 * rotated after `from`. Never rejects.
 */
export async function readErrorLog(
  from: ErrorLogPosition,
  since: number,
  query: ErrorLogQuery,
): Promise<ErrorLogReading> {
  try {
    const present = await readFile(0, since, query);
    const former = isRotated(from, present.earliest) ? await readFormer(since, query) : [];
    return { entries: [...former, ...present.entries] };
  } catch (error) {
    if (error instanceof ColumnError) {
      return { failure: { reason: 'protocol', message: error.message, errorNumber: null }, isConnectionUsable: true };
    }
    return {
      failure: classifyError(error),
      isConnectionUsable: isRefusal(error, query) || error instanceof TimeLimitError,
    };
  }
}

/**
 * The patterns of messages that the log shows without a number; none where the server refuses their texts, and null when
 * that could not be told: errors with a number are counted all the same. Never rejects.
 */
export async function readMessagePatterns(query: ErrorLogQuery): Promise<readonly MessagePattern[] | null> {
  try {
    return messagePatterns(await query.connection.query(messagesStatement, query.signal, limitOf(query)));
  } catch (error) {
    return isRefusal(error, query) || error instanceof ColumnError ? [] : null;
  }
}

/** The server refused the batch, and the connection goes on. */
function isRefusal(error: unknown, { signal }: ErrorLogQuery): boolean {
  return isStatementError(error) && !(error instanceof TimeLimitError) && !signal.aborted;
}

/** Nothing is begun after the limit. */
function limitOf({ limit }: ErrorLogQuery): AbortSignal {
  if (limit.aborted) throw new TimeLimitError('the error log took longer than its time limit');
  return limit;
}

async function readFormer(since: number, query: ErrorLogQuery): Promise<readonly ErrorLogEntry[]> {
  try {
    return (await readFile(1, since, query)).entries;
  } catch (error) {
    // There need not be one: an erased log has no predecessor.
    if (isRefusal(error, query)) return [];
    throw error;
  }
}

interface LogFile {
  /** Those that may be new. */
  readonly entries: readonly ErrorLogEntry[];
  /** The time of the first entry of all; null in an empty file. */
  readonly earliest: number | null;
}

async function readFile(file: 0 | 1, since: number, query: ErrorLogQuery): Promise<LogFile> {
  let earliest: number | null = null;
  const records = await query.connection.queryKept(errorLogStatement(file), {
    signal: query.signal,
    limit: limitOf(query),
    keep: (record) => {
      const { localMilliseconds } = errorLogEntry(record);
      earliest = Math.min(earliest ?? localMilliseconds, localMilliseconds);
      return localMilliseconds >= since;
    },
  });
  return { entries: records.map(errorLogEntry), earliest };
}
