import type { Failure } from './failure-reason.ts';
import type { ViewName } from './snapshot.ts';

/** One poll of a server as it ended, without its rows: for people who look back. */
export interface PollRecord {
  /** Unix seconds. */
  readonly endedTimestampSeconds: number;
  readonly durationSeconds: number;
  /** Attempts to log in. */
  readonly logins: number;
  /** Null for a poll that succeeded; `view` is null when the failure came before any view. */
  readonly failure: (Failure & { readonly view: ViewName | null }) | null;
  /** In the order in which they were read. */
  readonly views: readonly PolledView[];
}

/** A view in one poll. */
export interface PolledView {
  readonly view: ViewName;
  readonly durationSeconds: number;
  readonly failure: Failure | null;
  /** When its rows were read, Unix seconds: before the poll where they were kept from an earlier one. Null: not read. */
  readonly readTimestampSeconds: number | null;
  /** How many rows it had; null when it could not be read, or the poll failed after it. */
  readonly rows: number | null;
}
