import type { ColumnType, SqlType, SqlValue } from './sql-type.ts';

/** An error as SQL Server reports it in the ERROR token (MS-TDS 2.2.7.10). `line` is the line in the batch, from 1. */
export interface SqlErrorInfo {
  readonly number: number;
  readonly state: number;
  /** Severity: 10 and below is information (INFO token), 20 and above ends the connection. */
  readonly class: number;
  readonly message: string;
  readonly line: number;
  readonly procedure?: string;
}

/** What one batch yields, in the order it goes over the wire. */
export type BatchEvent =
  | { readonly kind: 'rows'; readonly columns: readonly ColumnType[]; readonly rows: Iterable<readonly SqlValue[]> }
  | { readonly kind: 'done'; readonly rowCount: number | null }
  | { readonly kind: 'message'; readonly message: SqlErrorInfo }
  | { readonly kind: 'error'; readonly error: SqlErrorInfo }
  | { readonly kind: 'database'; readonly from: string; readonly to: string };

/** A parameter of sp_executesql, name with its `@`. */
export interface BatchParameter {
  readonly name: string;
  readonly type: SqlType;
  readonly value: SqlValue;
}

/** One logged-in connection: what the wire asks of whatever executes SQL. */
export interface Session {
  /** The database the session is in, for LOGINACK's environment change. */
  readonly database: string;
  /**
   * Executes one batch. Never throws for bad SQL: that is an `error` event. Stops between events, and inside WAITFOR,
   * when `signal` aborts (MS-TDS 2.2.1.7, attention).
   */
  execute(sql: string, parameters: readonly BatchParameter[], signal: AbortSignal): AsyncIterable<BatchEvent>;
  close(): void;
}

/** What LOGIN7 carried that decides whether and where the login gets in (MS-TDS 2.2.6.4). */
export interface LoginRequest {
  readonly userName: string;
  readonly password: string;
  readonly database: string;
  readonly applicationName: string;
  readonly hostName: string;
  readonly readOnlyIntent: boolean;
  /** A token of Entra ID, in the place of user name and password. */
  readonly token?: string;
  /** Windows authentication, in the place of user name and password. */
  readonly windows?: WindowsProof;
}

/** What a Windows client proved itself with. */
export interface WindowsProof {
  /** As the client gave them. */
  readonly domain: string;
  readonly userName: string;
  /** Whether the client knows this password. */
  isProofOf(password: string): boolean;
}

/** Gives a session, or the error that the client sees: 18456 for a wrong login, 4060 for a database that can't be opened. */
export type Login = (request: LoginRequest) => Session | { readonly error: SqlErrorInfo };
