import type { Instance } from '../instance.ts';
import type { SqlType } from '../sql-type.ts';
import type { SessionOptions } from './session-options.ts';
import type { SqliteEngine } from './sqlite-engine.ts';
import type { Stored } from './storage.ts';
import type { Transactions } from './transaction.ts';

export interface Variable {
  readonly type: SqlType;
  value: Stored;
}

/** Who is at the other end, as its login said. */
export interface Client {
  /** Empty when the client named none. */
  readonly hostName: string;
  readonly applicationName: string;
  readonly interfaceName: string;
  readonly driverVersion: number;
  readonly processId: number;
}

/** What a session's statements and functions know and change while they run. */
export interface Runtime {
  readonly instance: Instance;
  readonly engine: SqliteEngine;
  readonly login: string;
  /** `@@SPID`. */
  readonly sessionId: number;
  readonly client: Client;
  database: string;
  /** The running batch's variables by lower-case name. */
  variables: Map<string, Variable>;
  /** `@@ROWCOUNT` and `@@ERROR`. */
  rowCount: number;
  errorNumber: number;
  readonly transactions: Transactions;
  options: SessionOptions;
  /** SET FMTONLY: columns without rows. */
  formatOnly: boolean;
  /** The clock of the running statement: all its GETDATE() are one instant. */
  nowMilliseconds: number;
}

/** Whether the server has the narrower permissions of SQL Server 2022. */
export function hasNarrowPermissions(instance: Instance): boolean {
  return instance.properties.engineEdition === 8 || majorVersion(instance) >= 16;
}

export function majorVersion(instance: Instance): number {
  return Number.parseInt(instance.properties.productVersion, 10);
}
