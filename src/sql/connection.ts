import type { ServerConfig } from '../config/config.ts';

/** One row as the driver gives it, by column name. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** A batch took longer than its own limit. The server has cancelled it: the connection can serve further batches. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** One logged-in connection. Not for two batches at a time. */
export interface Connection {
  /**
   * Sends one batch and resolves to the rows of its first result set. Rejects as soon as `signal` aborts, whatever the
   * server does; the connection is closed then and of no further use. When `limit` aborts the batch is cancelled (an
   * attention, MS-TDS 2.2.1.7): rejects with TimeLimitError when the server acknowledges that, else as if aborted.
   */
  readonly query: (batch: string, signal: AbortSignal, limit?: AbortSignal) => Promise<readonly RawRecord[]>;
  /**
   * As `query`, but what `keep` refuses is dropped as it arrives: an answer of any length takes the memory of what is
   * kept. Rejects with what `keep` throws, after the answer has ended.
   */
  readonly queryKept: (batch: string, options: KeptQuery) => Promise<readonly RawRecord[]>;
  /**
   * Sends one batch of several statements and tells of each whole result set as it ends. Resolves to the errors of
   * statements, if any; what came before one is told all the same. Rejects as `query` does, when a limit aborts too.
   */
  readonly queryEach: (batch: string, options: EachQuery) => Promise<readonly StatementError[]>;
  /** Destroys the connection at once; never waits for the server. */
  readonly close: () => void;
}

export interface KeptQuery {
  readonly signal: AbortSignal;
  /** As in `query`. */
  readonly limit: AbortSignal;
  readonly keep: (record: RawRecord) => boolean;
}

export interface EachQuery {
  readonly signal: AbortSignal;
  /** Asked for at the start, and anew after each result set: how long the next one may take. As in `query`. Ended when it is not needed. */
  readonly limit: () => AbortSignal;
  readonly onResult: (result: ResultSet) => void;
}

/** One result set of a batch, whole. */
export interface ResultSet {
  /** Put together when it is asked for. Whoever keeps the result keeps what it is put together from. */
  readonly columns: readonly DeclaredColumn[];
  /** Of the columns. */
  readonly names: readonly string[];
  readonly records: readonly RawRecord[];
}

/** A column as the server declares it (MS-TDS 2.2.7.4, COLMETADATA). */
export interface DeclaredColumn {
  readonly name: string;
  /** The type's name in lower case, as `nvarchar`. */
  readonly type: string;
  /** Null where the type has none. */
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly isNullable: boolean;
}

/** A statement of a batch that the server refused. */
export interface StatementError {
  readonly error: unknown;
  /** The line of the batch, from 1; 0: the server did not say. */
  readonly line: number;
}

/** What a login proves itself with. Secret: never logged. */
export type Credentials =
  | { readonly type: 'sql_login'; readonly username: string; readonly password: string }
  | { readonly type: 'windows'; readonly domain: string; readonly username: string; readonly password: string }
  /** A token of Entra ID. */
  | { readonly type: 'token'; readonly token: string };

export interface ConnectOptions {
  readonly credentials: Credentials;
  /** Ends the attempt, however far it has come. */
  readonly signal: AbortSignal;
  /** Called for each further login of the attempt: a gateway has sent the client on to another address. */
  readonly onRedirect?: () => void;
  /** What the server shows as the program of the connection (program_name); the exporter's own name unless given. */
  readonly applicationName?: string;
}

/** Opens one connection with one login. */
export type Connect = (server: ServerConfig, options: ConnectOptions) => Promise<Connection>;
