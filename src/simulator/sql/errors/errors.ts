import { notSimulatedMessage, notSimulatedNumber } from '../../not-simulated.ts';
import type { SqlErrorInfo } from '../../session.ts';

/** What happens to the rest of the batch after an error: real servers go on after some and stop after others. */
export type Reach = 'statement' | 'batch';

/** An error of the batch being run. A line of 0 means "the line of the statement that was running". */
export class SqlError extends Error {
  readonly info: SqlErrorInfo;
  readonly reach: Reach;

  constructor(info: SqlErrorInfo, reach: Reach = 'batch', options?: ErrorOptions) {
    super(info.message, options);
    this.name = 'SqlError';
    this.info = info;
    this.reach = reach;
  }
}

/** Number, class and state of an error as sys.messages and the documentation give them. */
export interface ErrorShape {
  readonly number: number;
  readonly class?: number;
  readonly state?: number;
  readonly line?: number;
  readonly reach?: Reach;
}

/** Makes an error; class 16, state 1 and the running statement's line unless the shape says otherwise. */
export function sqlError(shape: ErrorShape, message: string): SqlError {
  const { number, line = 0 } = shape;
  return new SqlError({ number, message, line, class: shape.class ?? 16, state: shape.state ?? 1 }, shape.reach);
}

/** Something that a real server can do and the simulator can't (40514), so that a client gets an error and never a guess. */
export function unsupported(what: string, line = 0): SqlError {
  return sqlError({ number: notSimulatedNumber, line }, notSimulatedMessage(what));
}

/** SQLite can't execute the query, for its size or depth (8623); `cause` is what it said. */
export function outOfResources(cause: unknown): SqlError {
  const message =
    'The query processor ran out of internal resources and could not produce a query plan. This is a rare event and only expected for extremely complex queries or queries that reference a very large number of tables or partitions. Please simplify the query. If you believe you have received this message in error, contact Customer Support Services for more information.';
  return new SqlError({ number: 8623, class: 16, state: 1, line: 0, message }, 'batch', { cause });
}
