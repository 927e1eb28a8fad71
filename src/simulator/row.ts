import type { SqlValue } from './sql-type.ts';

/** A row by column name; a nullable column that is left out is NULL. */
export type Row = Readonly<Record<string, SqlValue>>;
