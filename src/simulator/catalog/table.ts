import type { ColumnType } from '../sql-type.ts';

/**
 * What a login needs to see an object's rows: `server state` refuses with error 300 and 297 (a dynamic management view),
 * `definition` hides the rows silently (a catalog view's metadata visibility), `public` shows them to every login, and
 * `select` refuses with error 229 a login to whom SELECT on this very table was not granted.
 */
export type Access = 'server state' | 'definition' | 'public' | 'select';

/** The first version that has a table or column: SQL Server's major version, and whether a managed instance has it. */
export interface Since {
  readonly major: number;
  readonly managedInstance: boolean;
}

/** A column as documented, with the version that brought it. */
export interface Column extends ColumnType {
  readonly since?: Since;
}

/** One simulated system view or table: exactly the columns that Microsoft documents, in their order. */
export interface Table {
  /** The only database that has it; every database unless given. */
  readonly database?: 'msdb';
  readonly schema: 'sys' | 'dbo';
  /** Lower case, without schema. */
  readonly name: string;
  readonly access: Access;
  readonly since?: Since;
  readonly columns: readonly Column[];
}
