/** The SQL types that are read, as a column declares them. */
type SqlTypeName =
  | 'bit'
  | 'tinyint'
  | 'smallint'
  | 'int'
  | 'bigint'
  | 'nvarchar'
  | 'varchar'
  | 'uniqueidentifier'
  | 'datetime'
  | 'datetime2'
  | 'varbinary';

/** A column's type, with ` null` after it where the column may be NULL. */
export type ColumnType = SqlTypeName | `${SqlTypeName} null`;

/** What the driver gives for each type: bigint comes as text, since it may exceed a double. */
interface DriverValues {
  bit: boolean;
  tinyint: number;
  smallint: number;
  int: number;
  bigint: string;
  nvarchar: string;
  varchar: string;
  uniqueidentifier: string;
  datetime: Date;
  datetime2: Date;
  varbinary: Uint8Array;
}

type ValueOf<Type extends ColumnType> = Type extends `${infer Name extends SqlTypeName} null`
  ? DriverValues[Name] | null
  : Type extends SqlTypeName
    ? DriverValues[Type]
    : never;

/** A raw row with the types that its columns promise. */
export type RecordOf<C extends Readonly<Record<string, ColumnType>>> = { readonly [Name in keyof C]: ValueOf<C[Name]> };

/** A row is not what the view's columns promise: another version's view, or a broken answer. Names the column, never the value. */
export class ColumnError extends Error {
  override readonly name = 'ColumnError';
}

/** A server that declares another type may send NaN, an infinity or a fraction. */
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value);

const checks: Readonly<Record<SqlTypeName, (value: unknown) => boolean>> = {
  bit: (value) => typeof value === 'boolean',
  tinyint: isWhole,
  smallint: isWhole,
  int: isWhole,
  bigint: (value) => typeof value === 'string' && /^-?\d{1,19}$/.test(value),
  nvarchar: (value) => typeof value === 'string',
  varchar: (value) => typeof value === 'string',
  uniqueidentifier: (value) => typeof value === 'string',
  datetime: (value) => value instanceof Date,
  datetime2: (value) => value instanceof Date,
  varbinary: (value) => value instanceof Uint8Array,
};

/** Throws ColumnError unless every column is there with the promised type, and NULL only where it may be. */
export function checkRecord(
  view: string,
  columns: Readonly<Record<string, ColumnType>>,
  record: Readonly<Record<string, unknown>>,
): void {
  for (const [name, type] of Object.entries(columns)) {
    const value = record[name];
    const isNullable = type.endsWith(' null');
    const typeName = (isNullable ? type.slice(0, -' null'.length) : type) as SqlTypeName;
    if (value === undefined) throw new ColumnError(`${view}.${name} is missing from the answer`);
    if (value === null ? !isNullable : !checks[typeName](value)) {
      throw new ColumnError(`${view}.${name} is ${value === null ? 'NULL' : `a ${typeof value}`}, not ${type}`);
    }
  }
}
