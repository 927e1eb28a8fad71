import type { ColumnType, SqlType, SqlValue } from '../../src/simulator/sql-type.ts';
import type { SentSet } from './altered-end.ts';

/** How a column can come otherwise than documented: another type and value, another name, not at all, twice. */
export const columnOddities = [
  ...['NULL', 'words', 'digits', 'tinyint', 'bigint', 'huge', 'numeric', 'float', 'bit', 'date', 'time', 'datetime'],
  ...['datetimeoffset', 'uniqueidentifier', 'varbinary', 'nchar', 'in capitals', 'missing', 'twice'],
] as const;
export type ColumnOddity = (typeof columnOddities)[number];

const typed: Partial<Record<ColumnOddity, readonly [SqlType, SqlValue]>> = {
  words: [{ name: 'nvarchar', length: 40 }, 'many'],
  digits: [{ name: 'nvarchar', length: 40 }, '7'],
  tinyint: [{ name: 'tinyint' }, 1],
  bigint: [{ name: 'bigint' }, 5n],
  huge: [{ name: 'bigint' }, -9_223_372_036_854_775_808n],
  numeric: [{ name: 'numeric', precision: 38, scale: 2 }, '123456789012345678901234567890.50'],
  float: [{ name: 'float' }, 4.5],
  bit: [{ name: 'bit' }, true],
  date: [{ name: 'date' }, '2026-11-21'],
  time: [{ name: 'time', scale: 7 }, '10:30:00.1234567'],
  datetime: [{ name: 'datetime' }, '2026-11-21T09:00:00.003'],
  datetimeoffset: [{ name: 'datetimeoffset', scale: 7 }, '2026-11-21T09:00:00.0000000+05:30'],
  uniqueidentifier: [{ name: 'uniqueidentifier' }, '0F8FAD5B-D9CB-469F-A165-70867728950E'],
  varbinary: [{ name: 'varbinary', length: 16 }, new Uint8Array([1, 2, 3])],
  nchar: [{ name: 'nchar', length: 20 }, 'PRIMARY             '],
};

/** A result set one column of which is odd in that way; as it was where it has no such column. */
export function withOddColumn(set: SentSet, name: string, oddity: ColumnOddity): SentSet {
  const at = set.columns.findIndex((column) => column.name === name);
  const column = set.columns[at];
  if (column === undefined) return set;
  const replaced = (columns: readonly ColumnType[], value: (row: SentSet['rows'][number]) => readonly SqlValue[]) => ({
    columns: [...set.columns.slice(0, at), ...columns, ...set.columns.slice(at + 1)],
    rows: set.rows.map((row) => [...row.slice(0, at), ...value(row), ...row.slice(at + 1)]),
  });
  const own = (row: SentSet['rows'][number]): SqlValue => row[at] ?? null;
  if (oddity === 'NULL') return replaced([{ ...column, nullable: true }], () => [null]);
  if (oddity === 'in capitals') return replaced([{ ...column, name: name.toUpperCase() }], (row) => [own(row)]);
  if (oddity === 'missing') return replaced([], () => []);
  if (oddity === 'twice') return replaced([column, column], (row) => [own(row), own(row)]);
  const [type, value] = typed[oddity] ?? [column.type, null];
  return replaced([{ name, type, nullable: true }], () => [value]);
}
