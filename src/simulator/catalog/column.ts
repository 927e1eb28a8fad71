import type { SqlType } from '../sql-type.ts';
import type { Column, Since } from './table.ts';

/** The types that the documented views use; `sysname` is nvarchar(128), descriptions are nvarchar(60). */
export const sqlTypes = {
  bit: { name: 'bit' },
  tinyint: { name: 'tinyint' },
  smallint: { name: 'smallint' },
  int: { name: 'int' },
  bigint: { name: 'bigint' },
  datetime: { name: 'datetime' },
  guid: { name: 'uniqueidentifier' },
  lsn: { name: 'numeric', precision: 25, scale: 0 },
  sysname: { name: 'nvarchar', length: 128 },
  description: { name: 'nvarchar', length: 60 },
} as const satisfies Record<string, SqlType>;

/** nvarchar of a length in characters. */
export function nvarchar(length: number): SqlType {
  return { name: 'nvarchar', length };
}

/** varbinary of a length in bytes. */
export function varbinary(length: number): SqlType {
  return { name: 'varbinary', length };
}

/** A column that is never NULL. */
export function required(name: string, type: SqlType, since?: Since): Column {
  return column({ name, type, nullable: false }, since);
}

/** A column that may be NULL. */
export function nullable(name: string, type: SqlType, since?: Since): Column {
  return column({ name, type, nullable: true }, since);
}

/** A nullable code and its text: `role` tinyint and `role_desc` nvarchar(60). */
export function coded(name: string, since?: Since): readonly [Column, Column] {
  return [nullable(name, sqlTypes.tinyint, since), nullable(`${name}_desc`, sqlTypes.description, since)];
}

function column(documented: Column, since: Since | undefined): Column {
  return since === undefined ? documented : { ...documented, since };
}
