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
  | { readonly kind: 'database'; readonly from: string; readonly to: string }
  /** The outermost transaction has begun or ended. */
  | { readonly kind: 'transaction'; readonly change: 'begin' | 'commit' | 'rollback'; readonly id: bigint }
  /** What an output parameter holds at the end; `ordinal` counts the parameters from 0. */
  | {
      readonly kind: 'output';
      readonly ordinal: number;
      readonly name: string;
      readonly type: SqlType;
      readonly value: SqlValue;
    }
  /** What a procedure returned. */
  | { readonly kind: 'status'; readonly value: number };

/** A parameter of sp_executesql, name with its `@`. */
export interface BatchParameter {
  readonly name: string;
  readonly type: SqlType;
  readonly value: SqlValue;
  /** Its value at the end is asked for. */
  readonly isOutput?: boolean;
  /** Left to the procedure. */
  readonly isDefault?: boolean;
}

/** What a client asks of its transaction without T-SQL (MS-TDS 2.2.6.9). */
export interface TransactionRequest {
  readonly action: 'begin' | 'commit' | 'rollback' | 'save';
  /** Of the transaction or the savepoint; empty for none. */
  readonly name: string;
  /** 1 READ UNCOMMITTED to 5 SNAPSHOT; 0 or absent: as it is. */
  readonly isolationLevel?: number;
}

/** A procedure called by its name, with the values of its parameters. */
export interface NamedCall {
  /** The name's parts, without brackets; one that was left out is empty. */
  readonly procedure: readonly string[];
  readonly parameters: readonly BatchParameter[];
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
  /** Calls a procedure other than those of the wire; absent: there are none. */
  call?(call: NamedCall, signal: AbortSignal): AsyncIterable<BatchEvent>;
  /** Absent: transactions are not simulated. */
  transact?(request: TransactionRequest): Iterable<BatchEvent>;
  /** Back to what it was after login, as a pool does before the next user (MS-TDS 2.2.3.1.2); absent: it keeps nothing. */
  reset?(keepsTransaction: boolean): void;
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
  /** As the client asked for it; empty for the login's own. */
  readonly language: string;
  /** The login asks for a new password. */
  readonly changesPassword: boolean;
  /** A file to attach as a database; empty for none. */
  readonly attachedFile: string;
  /** The driver's name, its version and its process, as sys.dm_exec_sessions shows them. */
  readonly interfaceName: string;
  readonly driverVersion: number;
  readonly processId: number;
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

/** Gives a session, or the error that the client sees: 18456 for a wrong login, 4060 for a database that can't be opened. `sessionId` is `@@SPID`. */
export type Login = (request: LoginRequest, sessionId: number) => Session | { readonly error: SqlErrorInfo };
