import type { Instance } from '../instance.ts';
import type { SqlType } from '../sql-type.ts';
import type { SqliteEngine } from './sqlite-engine.ts';
import type { Stored } from './storage.ts';

export interface Variable {
  readonly type: SqlType;
  value: Stored;
}

/** What a session's statements and functions know and change while they run. */
export interface Runtime {
  readonly instance: Instance;
  readonly engine: SqliteEngine;
  readonly login: string;
  readonly sessionId: number;
  readonly hostName?: string;
  readonly applicationName?: string;
  database: string;
  /** The running batch's variables by lower-case name. */
  variables: Map<string, Variable>;
  /** `@@ROWCOUNT`, `@@ERROR` and `@@TRANCOUNT`. */
  rowCount: number;
  errorNumber: number;
  transactions: number;
  noCount: boolean;
  quotedIdentifiers: boolean;
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
