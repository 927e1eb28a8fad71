import type { BatchEvent, SqlErrorInfo } from '../session.ts';
import type { Answer } from './answer.ts';
import { doneStatus } from './names.ts';
import {
  encodeColMetadata,
  encodeDone,
  encodeMessage,
  encodeRow,
  encodeTextChange,
  encodeTransactionChange,
  type ReturnValue,
} from './tokens.ts';

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
  /** The last error's number, 0 without one. */
  readonly errorNumber: number;
  /** What the procedure returned; sp_executesql returns the error's number. */
  readonly status: number;
  readonly outputs: readonly ReturnValue[];
  /** An error of severity 20 or above: the connection has to end. */
  readonly isFatal: boolean;
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
export class Result {
  readonly #answer: Answer;
  readonly #options: ResultOptions;
  #statement: Statement | null = null;
  #errorNumber = 0;
  #isFatal = false;
  #status: number | null = null;
  readonly #outputs: ReturnValue[] = [];

  constructor(answer: Answer, options: ResultOptions) {
    this.#answer = answer;
    this.#options = options;
  }

  async add(event: BatchEvent): Promise<void> {
    const { tokens } = this.#answer;
    switch (event.kind) {
      case 'rows':
        await this.#addRows(event);
        break;
      case 'done':
        this.#change({ isOpen: false, rowCount: event.rowCount });
        break;
      case 'error':
        this.fail(event.error);
        break;
      case 'message':
        this.#settleClosed();
        encodeMessage(tokens, event.message, this.#options.serverName);
        break;
      case 'database':
        this.#settleClosed();
        encodeTextChange(tokens, 'database', event);
        break;
      case 'transaction':
        this.#settleClosed();
        encodeTransactionChange(tokens, event);
        break;
      case 'output':
        this.#outputs.push(event);
        break;
      case 'status':
        this.#status = event.value;
        break;
    }
  }

  /** An error of the statement that is open, or else of one of its own. */
  fail(error: SqlErrorInfo): void {
    this.#change({ hasFailed: true });
    encodeMessage(this.#answer.tokens, error, this.#options.serverName);
    this.#errorNumber = error.number;
    this.#isFatal ||= error.class >= fatalClass;
  }

  /** A batch ends with the DONE of its last statement, a procedure leaves that to DONEPROC. */
  finish(): ResultSummary {
    if (this.#options.isProcedure) this.#settle(doneStatus.more);
    else {
      this.#statement ??= { isOpen: false, isSelect: false, hasFailed: false, rowCount: null };
      this.#settle(doneStatus.final);
    }
    const errorNumber = this.#errorNumber;
    return { errorNumber, isFatal: this.#isFatal, status: this.#status ?? errorNumber, outputs: this.#outputs };
  }

  async #addRows(event: Extract<BatchEvent, { kind: 'rows' }>): Promise<void> {
    const { tokens, flush, roomBytes } = this.#answer;
    const { nullBitmap, signal, afterRow } = this.#options;
    this.#settle(doneStatus.more);
    encodeColMetadata(tokens, event.columns);
    let rowCount = 0;
    for (const values of event.rows) {
      if (signal.aborted) break;
      const lengthBefore = tokens.length;
      encodeRow(tokens, event.columns, { values, nullBitmap, roomBytes });
      rowCount += 1;
      await afterRow(lengthBefore);
      await flush();
    }
    this.#change({ isSelect: true, rowCount });
  }

  /** Changes the open statement, or opens one after the statement that is done. */
  #change(change: Partial<Statement>): void {
    this.#settleClosed();
    this.#statement ??= { isOpen: true, isSelect: false, hasFailed: false, rowCount: null };
    Object.assign(this.#statement, change);
  }

  #settleClosed(): void {
    if (this.#statement?.isOpen !== true) this.#settle(doneStatus.more);
  }

  #settle(status: number): void {
    if (this.#statement === null) return;
    const { rowCount, isSelect, hasFailed } = this.#statement;
    encodeDone(this.#answer.tokens, {
      kind: this.#options.isProcedure ? 'doneInProc' : 'done',
      rowCount,
      isSelect,
      status: status | (hasFailed ? doneStatus.error : 0),
    });
    this.#statement = null;
  }
}
