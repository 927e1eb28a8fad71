import type { BatchEvent, SqlErrorInfo } from '../session.ts';
import type { Answer } from './answer.ts';
import { doneStatus } from './names.ts';
import { encodeColMetadata, encodeDatabaseChange, encodeDone, encodeMessage, encodeRow } from './tokens.ts';

/** How the statements of one request are reported. */
export interface ResultOptions {
  /** DONE for a batch; DONEINPROC, always followed by DONEPROC, for a procedure (MS-TDS 2.2.7.6 to 2.2.7.8). */
  readonly isProcedure: boolean;
  readonly serverName: string;
  /** The client's version of TDS knows NBCROW. */
  readonly nullBitmap: boolean;
  readonly signal: AbortSignal;
  /** Called after each row with the length of the tokens before it: where faults in a row happen. */
  readonly afterRow: (lengthBefore: number) => Promise<void>;
}

/** What came of a request. */
export interface ResultSummary {
  /** The last error's number, 0 without one: what sp_executesql returns. */
  readonly errorNumber: number;
  /** An error of severity 20 or above: the connection has to end. */
  readonly isFatal: boolean;
}

/** The result of one request while it grows. */
export interface Result {
  readonly add: (event: BatchEvent) => Promise<void>;
  readonly fail: (error: SqlErrorInfo) => void;
  /** A batch ends with the DONE of its last statement, a procedure leaves that to DONEPROC. */
  readonly finish: () => ResultSummary;
}

interface Statement {
  /** Its `done` is still to come. */
  isOpen: boolean;
  isSelect: boolean;
  hasFailed: boolean;
  rowCount: number | null;
}

/** Severity from which the server ends the connection. */
const fatalClass = 20;

/**
 * Writes what a session yields as tokens. Each statement's DONE waits until it is known whether another follows, for only
 * then is its `more` bit known; `finish` writes the last one.
 */
export function createResult(answer: Answer, options: ResultOptions): Result {
  const { tokens } = answer;
  let statement: Statement | null = null;
  let errorNumber = 0;
  let isFatal = false;

  const settle = (status: number): void => {
    if (statement === null) return;
    encodeDone(tokens, {
      kind: options.isProcedure ? 'doneInProc' : 'done',
      rowCount: statement.rowCount,
      isSelect: statement.isSelect,
      status: status | (statement.hasFailed ? doneStatus.error : 0),
    });
    statement = null;
  };
  const open = (change: Partial<Statement>): void => {
    if (statement?.isOpen !== true) settle(doneStatus.more);
    statement ??= { isOpen: true, isSelect: false, hasFailed: false, rowCount: null };
    Object.assign(statement, change);
  };
  const settleClosed = (): void => {
    if (statement?.isOpen !== true) settle(doneStatus.more);
  };
  const fail = (error: SqlErrorInfo): void => {
    open({ hasFailed: true });
    encodeMessage(tokens, error, options.serverName);
    errorNumber = error.number;
    isFatal ||= error.class >= fatalClass;
  };
  const rows = async (event: Extract<BatchEvent, { kind: 'rows' }>): Promise<void> => {
    settle(doneStatus.more);
    encodeColMetadata(tokens, event.columns);
    let rowCount = 0;
    for (const values of event.rows) {
      if (options.signal.aborted) break;
      const lengthBefore = tokens.length();
      encodeRow(tokens, event.columns, { values, nullBitmap: options.nullBitmap });
      rowCount += 1;
      await options.afterRow(lengthBefore);
      await answer.flush();
    }
    open({ isSelect: true, rowCount });
  };
  return {
    fail,
    add: async (event: BatchEvent): Promise<void> => {
      switch (event.kind) {
        case 'rows':
          await rows(event);
          break;
        case 'done':
          open({ isOpen: false, rowCount: event.rowCount });
          break;
        case 'error':
          fail(event.error);
          break;
        case 'message':
          settleClosed();
          encodeMessage(tokens, event.message, options.serverName);
          break;
        case 'database':
          settleClosed();
          encodeDatabaseChange(tokens, event, options.serverName);
          break;
      }
    },
    finish: (): ResultSummary => {
      if (options.isProcedure) settle(doneStatus.more);
      else {
        statement ??= { isOpen: false, isSelect: false, hasFailed: false, rowCount: null };
        settle(doneStatus.final);
      }
      return { errorNumber, isFatal };
    },
  };
}
