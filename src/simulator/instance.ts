import type { Answer } from './administration/administration.ts';
import type { AdministrativeStatement } from './administration/order.ts';
import type { Table } from './catalog/table.ts';
import type { Changes } from './changes.ts';
import type { Row } from './row.ts';
import type { SqlErrorInfo } from './session.ts';
import type { ColumnType, SqlType, SqlValue } from './sql-type.ts';

/** What SERVERPROPERTY, `@@SERVERNAME` and `@@VERSION` answer. */
export interface InstanceProperties {
  /** `@@SERVERNAME`: the machine's name on SQL Server, the full DNS name on a managed instance. */
  readonly serverName: string;
  readonly engineEdition: number;
  readonly edition: string;
  /** As `16.0.4175.1`; a managed instance says `12.0.2000.8`. */
  readonly productVersion: string;
  readonly productLevel: string;
  /** SERVERPROPERTY('ProductUpdateType'); NULL unless given. */
  readonly productUpdateType?: string;
  readonly isHadrEnabled: boolean;
  readonly collation: string;
  /** Minutes that the server's local time is ahead of UTC. */
  readonly localOffsetMinutes: number;
  readonly timeZoneId: string;
}

/** A call of a system procedure, with a value for each of its parameters. */
export interface ProcedureCall {
  readonly values: readonly SqlValue[];
  readonly login: string;
  /** Whether the login holds a server-level permission. */
  holds(permission: string): boolean;
}

/** What a system procedure answers: its only result set and its output parameters, or an error. */
export type ProcedureResult =
  | { readonly rows: readonly (readonly SqlValue[])[]; readonly outputs?: ReadonlyMap<string, SqlValue> }
  | { readonly error: SqlErrorInfo };

/** A parameter with its `@`; without `whenLeftOut` it must be given. */
export interface ProcedureParameter {
  readonly name: string;
  readonly type: SqlType;
  readonly whenLeftOut?: SqlValue;
  readonly isOutput?: true;
}

/** A system procedure. Without columns it has no result set. */
export interface Procedure {
  /** The only database that has it; every database unless given. */
  readonly database?: 'msdb';
  readonly parameters: readonly ProcedureParameter[];
  readonly columns: readonly ColumnType[];
  run(call: ProcedureCall): ProcedureResult;
}

/** Who reads rows, for those that differ by login or database. */
export interface Reader {
  readonly login: string;
  readonly isAdministrator: boolean;
  readonly database: string;
}

/** One simulated server, as the SQL engine sees it: properties, tables, rows and rights. Rows are made anew for each read. */
export interface Instance {
  readonly properties: InstanceProperties;
  /** The views that exist in this version, by lower-case name without schema, with only the columns that it has. */
  readonly tables: ReadonlyMap<string, Table>;
  /** The system procedures that exist, by lower-case name without schema, besides those of the wire. None unless given. */
  readonly procedures?: ReadonlyMap<string, Procedure>;
  /** Database names by id, for DB_NAME and DB_ID. */
  databases(): ReadonlyMap<number, string>;
  rows(table: string, reader?: Reader): Iterable<Row>;
  /** The trace flags that are on for the whole server; none unless given. */
  readonly traceFlags?: readonly number[];
  /** What statements of a sysadmin have made; absent where none may. */
  readonly changes?: Changes;
  /** What an administrator orders of the links; null: not an order. Absent where nobody can. */
  readonly order?: (statement: AdministrativeStatement) => Answer | null;
  /** The certificate with this id in `master`, DER; null for none. Absent where no server has any. */
  encodedCertificate?(certificateId: number): Uint8Array | null;
  /** The server's own clock, UTC, in Unix milliseconds. */
  nowMilliseconds(): number;
  /** The server-level permissions that a login holds, upper case (`VIEW SERVER STATE`); `CONTROL SERVER` holds all. */
  permissions(login: string): ReadonlySet<string>;
  /** An error to give instead of this table's or procedure's rows (a denied object: 229), or null. */
  denied(table: string, login: string): SqlErrorInfo | null;
  /** Awaited before a table is read or a procedure runs: a slow or hanging view. Rejects only when `signal` aborts. */
  beforeRead(table: string, signal: AbortSignal): Promise<void>;
}
