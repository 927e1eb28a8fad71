import type { ColumnType } from '../sql-type.ts';

/**
 * What a login needs to see an object's rows: `server state` refuses with error 300 and 297 (a dynamic management view),
 * `security state` too, and since SQL Server 2022 asks for a permission of its own; `agent role` refuses with 229 whoever is
 * in no role of SQL Server Agent;
 * `definition` hides the rows silently (a catalog view's metadata visibility), `public` shows them to every login, and
 * `select` refuses with error 229 a login to whom SELECT on this very table was not granted.
 */
export type Access = 'server state' | 'security state' | 'definition' | 'public' | 'select' | 'agent role';

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
  /** Each database has rows of its own, which a login sees that may enter it. */
  readonly isPerDatabase?: true;
  /** As a statement reads it: the view, and the database whose rows are meant. */
  readonly of?: { readonly name: string; readonly database: string };
  /** Lower case, without schema. */
  readonly name: string;
  readonly access: Access;
  readonly since?: Since;
  readonly columns: readonly Column[];
}
