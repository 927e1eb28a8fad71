import type { ErrorLogState } from './error-log.ts';
import type { Failure, FailureReason } from './failure-reason.ts';
import type { ServerHistory } from './history.ts';
import type { ServerFacts } from './server.ts';
import type { Snapshot, ViewName, ViewReading } from './snapshot.ts';

/** The latest poll of a server. */
export type Outcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'ok'; readonly snapshot: Snapshot }
  /** `view` is null when the failure came before any view: connecting or logging in. */
  | { readonly kind: 'failed'; readonly view: ViewName | null; readonly failure: Failure };

/** What is known of one configured server: its latest outcome and the counts since this program started. */
export interface ServerState {
  /** `name` in the configuration, label `server`. */
  readonly name: string;
  /** Host in the configuration: says which managed instance a server is before it was ever reached. */
  readonly host: string;
  readonly outcome: Outcome;
  /**
   * The views read or tried in the latest poll, whether the poll succeeded or not, and those whose rows were kept from
   * an earlier one.
   */
  readonly views: ReadonlyMap<ViewName, ViewReading>;
  /**
   * What the server last said of its identity. Kept through failures to tell which link a server belongs to,
   * never published as state.
   */
  readonly identity: Pick<ServerFacts, 'serverName' | 'engine'> | null;
  /** Unix seconds at the end of the latest poll; null before the first. */
  readonly lastPollTimestampSeconds: number | null;
  readonly lastSuccessTimestampSeconds: number | null;
  readonly lastPollDurationSeconds: number | null;
  /** What `poll_interval` was at the latest poll. Absent before the first, and where nothing polls again. */
  readonly pollIntervalSeconds?: number;
  /** When the poll after the latest one is due, Unix seconds; null before the first has ended. */
  readonly nextPollTimestampSeconds: number | null;
  readonly polls: number;
  readonly pollFailures: ReadonlyMap<FailureReason, number>;
  readonly logins: number;
  /** Absent while the server's error log is not read: it is off, or was not due yet. Its counts outlive failed polls. */
  readonly errorLog?: ErrorLogState;
  readonly history: ServerHistory;
  /** The latest polls, newest first, and some that failed before those. */
  readonly recentPolls: readonly PollRecord[];
}

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
