import type { SqlType, SqlValue } from '../../src/simulator/sql-type.ts';

/** What a query should answer: the columns with their SQL types, and the rows in the simulator's own values. */
export interface ResultSet {
  readonly columns: readonly (readonly [name: string, type: SqlType['name']])[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** A result set from its columns by name. */
export function resultSet(
  columns: Readonly<Record<string, SqlType['name']>>,
  ...rows: readonly SqlValue[][]
): ResultSet {
  return { columns: Object.entries(columns), rows };
}

/** Python's type and the value in it, as the script writes them; SQL's NULL is null. */
export type PythonValue = readonly [type: string, value: string | number] | null;

/** What pymssql should make of a value. It has no datetimeoffset, and times of milliseconds. */
export function asPython(type: SqlType['name'], value: SqlValue): PythonValue {
  if (value === null) return null;
  switch (type) {
    case 'bit':
      return ['bool', value === true ? 'True' : 'False'];
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return ['int', String(value)];
    case 'float':
      return ['float', Number(value)];
    case 'numeric':
      return ['Decimal', String(value)];
    case 'uniqueidentifier':
      return ['UUID', String(value)];
    case 'varbinary':
      return ['bytes', hexadecimal(value)];
    case 'date':
    case 'time':
      return [type, String(value)];
    case 'datetime':
    case 'datetime2':
      return ['datetime', String(value)];
    default:
      return ['str', String(value)];
  }
}

/** What tsql should print of a value: its dates stop at minutes, as in `Nov 21 2026 01:30PM`. */
export function asTsql(type: SqlType['name'], value: SqlValue): string {
  if (value === null) return 'NULL';
  switch (type) {
    case 'bit':
      return value === true ? '1' : '0';
    case 'varbinary':
      return hexadecimal(value);
    case 'date':
    case 'datetime':
    case 'datetime2':
      return tsqlDate(String(value));
    default:
      return String(value);
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function tsqlDate(text: string): string {
  const [year, month, day, hour = 0, minute = 0] = text.split(/[-T:]/).map(Number);
  const twelve = String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, '0');
  const monthName = months[Number(month) - 1] ?? '';
  const dayOfMonth = String(day).padStart(2, ' ');
  return `${monthName} ${dayOfMonth} ${year} ${twelve}:${String(minute).padStart(2, '0')}${hour < 12 ? 'AM' : 'PM'}`;
}

function hexadecimal(value: SqlValue): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
}
