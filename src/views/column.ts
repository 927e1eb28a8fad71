/** The SQL types that are read, as a column declares them. */
type SqlTypeName =
  | 'bit'
  | 'tinyint'
  | 'smallint'
  | 'int'
  | 'bigint'
  | 'nvarchar'
  | 'varchar'
  /** A log sequence number: numeric(25,0), asked as text since it exceeds what the driver's numbers hold. */
  | 'lsn'
  | 'uniqueidentifier'
  /** In the server's local time. */
  | 'datetime'
  | 'utc datetime'
  | 'datetime2'
  | 'varbinary';

/** A column's type, with ` null` after it where the column may be NULL. One that may not is part of its row's identity. */
export type ColumnType = SqlTypeName | `${SqlTypeName} null`;

/** What becomes of a value of each type: bigint is text, since it may exceed a double. */
interface Values {
  bit: boolean;
  tinyint: number;
  smallint: number;
  int: number;
  bigint: string;
  nvarchar: string;
  varchar: string;
  lsn: bigint;
  uniqueidentifier: string;
  datetime: Date;
  'utc datetime': Date;
  datetime2: Date;
  varbinary: Uint8Array;
}

type ValueOf<Type extends ColumnType> = Type extends `${infer Name extends SqlTypeName} null`
  ? Values[Name] | null
  : Type extends SqlTypeName
    ? Values[Type]
    : never;

/** A row with the types that its columns promise. */
export type RecordOf<C extends Readonly<Record<string, ColumnType>>> = { readonly [Name in keyof C]: ValueOf<C[Name]> };

/** Nothing of a view can be used: no row has what tells it from the others, or an answer is broken. Never holds a value. */
export class ColumnError extends Error {
  override readonly name = 'ColumnError';
}

/** In place of a value of another type. */
export const unreadable: unique symbol = Symbol('unreadable');

/** What turns a value into what its column promises, where that can't be wrong. */
type Reader = (value: unknown, localOffsetSeconds: number | null) => unknown;

const readers: Readonly<Record<SqlTypeName, Reader>> = {
  bit: truth,
  tinyint: wholeNumber,
  smallint: wholeNumber,
  int: wholeNumber,
  bigint: wholeText,
  nvarchar: text,
  varchar: text,
  lsn: logSequenceNumber,
  uniqueidentifier: text,
  datetime: (value, localOffsetSeconds) => instant(value, localOffsetSeconds),
  'utc datetime': (value) => instant(value, 0),
  datetime2: (value) => instant(value, null),
  varbinary: (value) => (value instanceof Uint8Array ? value : unreadable),
};

/** One column of a view, ready to read with. */
export interface PlannedColumn {
  readonly name: string;
  /** As it is documented, without ` null`. */
  readonly type: string;
  /** False: a row without it can't be told from others. */
  readonly isNullable: boolean;
  readonly read: Reader;
  /** How the server spells its name, where that is in another case. */
  readonly sentAs?: string;
}

/** The columns as an answer has them, by the names in its first row: a server may spell them in another case. */
export function sentColumns(
  columns: readonly PlannedColumn[],
  names: Readonly<Record<string, unknown>>,
): readonly PlannedColumn[] {
  if (columns.every(({ name }) => name in names)) return columns;
  const spelled = new Map(Object.keys(names).map((name) => [name.toLowerCase(), name]));
  return columns.map((column) => {
    const sentAs = column.name in names ? undefined : spelled.get(column.name.toLowerCase());
    return sentAs === undefined ? column : { ...column, sentAs };
  });
}

export function plannedColumns(columns: Readonly<Record<string, ColumnType>>): readonly PlannedColumn[] {
  return Object.entries(columns).map(([name, declared]) => {
    const isNullable = declared.endsWith(' null');
    const type = (isNullable ? declared.slice(0, -' null'.length) : declared) as SqlTypeName;
    return { name, type, isNullable, read: readers[type] };
  });
}

const wholePattern = /^-?\d{1,19}$/;

/** From a number, a bigint or a number's text: another width of integer. */
function wholeNumber(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : unreadable;
  if (typeof value !== 'bigint' && !(typeof value === 'string' && wholePattern.test(value))) return unreadable;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : unreadable;
}

function wholeText(value: unknown): unknown {
  if (typeof value === 'string') return wholePattern.test(value) ? value : unreadable;
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? String(value) : unreadable;
}

function truth(value: unknown): unknown {
  if (typeof value === 'boolean') return value;
  const number = wholeNumber(value);
  return number === 0 || number === 1 ? number === 1 : unreadable;
}

function text(value: unknown): unknown {
  return typeof value === 'string' ? value : unreadable;
}

/** A number above 2^53 has lost its last digits: it is none. */
function logSequenceNumber(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{1,38}$/.test(value) ? BigInt(value) : unreadable;
  if (typeof value === 'bigint') return value >= 0n ? value : unreadable;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : unreadable;
}

const isoPattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * The clock's hands as if they were UTC, as the driver reads a `datetime`, or a text in ISO 8601. A text that names its
 * zone is an instant: it becomes what a clock in the column's zone showed, which has to be known for that.
 */
function instant(value: unknown, offsetSeconds: number | null): unknown {
  if (value instanceof Date) return value;
  const [, day, time, zone] = (typeof value === 'string' && isoPattern.exec(value)) || [];
  if (day === undefined) return unreadable;
  const date = new Date(`${day}T${time ?? '00:00'}${zone ?? 'Z'}`);
  if (Number.isNaN(date.getTime())) return unreadable;
  if (zone === undefined) return date;
  return offsetSeconds === null ? unreadable : new Date(date.getTime() + offsetSeconds * 1000);
}

/**
 * Unix seconds of a plain `datetime` in the server's local time, which the driver reads as if it were UTC; null where it
 * is not known how far that is from UTC.
 */
export function localTimestampSeconds(value: Date | null, localOffsetSeconds: number | null): number | null {
  return value === null || localOffsetSeconds === null ? null : value.getTime() / 1000 - localOffsetSeconds;
}

/** Unix seconds of a UTC `datetime`. */
export function utcTimestampSeconds(value: Date | null): number | null {
  return value === null ? null : value.getTime() / 1000;
}

/** A bigint column as a number. Sizes and rates stay far below 2^53; above it the last digits are rounded, never lost in size. */
export function bigintNumber(value: string | null): number | null {
  return value === null ? null : Number(value);
}

/** Milliseconds in a bigint column as seconds. */
export function secondsOfMilliseconds(value: string | null): number | null {
  return value === null ? null : Number(value) / 1000;
}

/** Kilobytes, of 1024 bytes as SQL Server counts them, in a bigint column as bytes. */
export function bytesOfKilobytes(value: string | null): number | null {
  return value === null ? null : Number(value) * 1024;
}
