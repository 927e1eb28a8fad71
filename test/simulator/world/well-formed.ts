import type { Column } from '../../../src/simulator/catalog/table.ts';
import type { Row } from '../../../src/simulator/row.ts';
import type { SqlType, SqlValue } from '../../../src/simulator/sql-type.ts';
import { tableNamed } from './simulated.ts';

const textOfGuid = /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/;
const textOfDatetime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d[037]$/;
const integerLimits: Readonly<Record<string, readonly [number, number]>> = {
  tinyint: [0, 255],
  smallint: [-32_768, 32_767],
  int: [-2_147_483_648, 2_147_483_647],
};

/** What is wrong with a row of a view: columns that it should not have, NULL where none may be, values not of the type. */
export function flawsOf(view: string, row: Row): readonly string[] {
  const { columns } = tableNamed(view);
  const declared = new Set(columns.map(({ name }) => name));
  const unknown = Object.keys(row).filter((name) => !declared.has(name));
  return [
    ...unknown.map((name) => `${view}.${name} is not a column`),
    ...columns.flatMap((column) => flawsOfValue(view, column, row[column.name] ?? null)),
  ];
}

function flawsOfValue(view: string, column: Column, value: SqlValue): readonly string[] {
  if (value === null) {
    return column.nullable ? [] : [`${view}.${column.name} is NULL`];
  }
  return isOfType(column.type, value) ? [] : [`${view}.${column.name} is not ${column.type.name}: ${String(value)}`];
}

function isOfType(type: SqlType, value: SqlValue): boolean {
  const limits = integerLimits[type.name];
  if (limits !== undefined) {
    return typeof value === 'number' && Number.isInteger(value) && value >= limits[0] && value <= limits[1];
  }
  switch (type.name) {
    case 'bit':
      return typeof value === 'boolean';
    case 'bigint':
      return typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
    case 'numeric':
      return typeof value === 'string' && (type.scale === 0 ? /^\d{1,25}$/ : /^\d{1,25}\.\d+$/).test(value);
    case 'uniqueidentifier':
      return typeof value === 'string' && textOfGuid.test(value);
    case 'datetime':
      return typeof value === 'string' && textOfDatetime.test(value);
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return typeof value === 'string' && (type.length === 'max' || value.length <= type.length);
    case 'varbinary':
      return value instanceof Uint8Array && (type.length === 'max' || value.length <= type.length);
    default:
      return false;
  }
}
