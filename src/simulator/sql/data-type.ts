import type { SqlType } from '../sql-type.ts';

/** What values of a type are like, which decides how operators and conversions treat them. */
export type Family = 'integer' | 'numeric' | 'float' | 'text' | 'binary' | 'guid' | 'temporal';

export type NumericType = Extract<SqlType, { readonly precision: number }>;
export interface TextType {
  readonly name: 'char' | 'varchar' | 'nchar' | 'nvarchar';
  readonly length: number | 'max';
}
export type TemporalType =
  | { readonly name: 'date' | 'datetime' }
  | { readonly name: 'datetime2' | 'datetimeoffset' | 'time'; readonly scale: number };

/** Transact-SQL's data type precedence, lowest first: an operator converts its lower operand to the higher type. */
const precedence: readonly SqlType['name'][] = [
  'varbinary',
  'char',
  'varchar',
  'nchar',
  'nvarchar',
  'uniqueidentifier',
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'numeric',
  'float',
  'time',
  'date',
  'datetime',
  'datetime2',
  'datetimeoffset',
];

const families: Readonly<Record<SqlType['name'], Family>> = {
  bit: 'integer',
  tinyint: 'integer',
  smallint: 'integer',
  int: 'integer',
  bigint: 'integer',
  numeric: 'numeric',
  float: 'float',
  char: 'text',
  varchar: 'text',
  nchar: 'text',
  nvarchar: 'text',
  varbinary: 'binary',
  uniqueidentifier: 'guid',
  date: 'temporal',
  time: 'temporal',
  datetime: 'temporal',
  datetime2: 'temporal',
  datetimeoffset: 'temporal',
};

export const int: SqlType = { name: 'int' };
export const bigint: SqlType = { name: 'bigint' };
export const float: SqlType = { name: 'float' };
export const datetime = { name: 'datetime' } as const satisfies SqlType;

/** The most that a type holds before it has to be `max`: 8,000 bytes. */
const longest = { char: 8000, varchar: 8000, nchar: 4000, nvarchar: 4000, varbinary: 8000 } as const;

export function familyOf(type: SqlType): Family {
  return families[type.name];
}

export function rank(type: SqlType): number {
  return precedence.indexOf(type.name);
}

export function isText(type: SqlType): type is TextType {
  return familyOf(type) === 'text';
}

export function isTemporal(type: SqlType): type is TemporalType {
  return familyOf(type) === 'temporal';
}

export function isNational(type: SqlType): boolean {
  return type.name === 'nchar' || type.name === 'nvarchar';
}

/** varchar or nvarchar of a length, `max` beyond 8,000 bytes. Lengths below 1 count as 1. */
export function textType(national: boolean, length: number | 'max'): TextType {
  const name = national ? 'nvarchar' : 'varchar';
  return { name, length: length === 'max' || length > longest[name] ? 'max' : Math.max(1, length) };
}

export function binaryType(length: number | 'max'): SqlType {
  return { name: 'varbinary', length: length === 'max' || length > longest.varbinary ? 'max' : Math.max(1, length) };
}

/** Digits that a whole-number type can have, as it is turned into numeric. */
const digits = { bit: 1, tinyint: 3, smallint: 5, int: 10, bigint: 19 } as const;

/** The numeric type that holds every value of an integer or numeric type. */
export function asNumeric(type: SqlType): NumericType {
  if (type.name === 'numeric') return type;
  const precision = Object.hasOwn(digits, type.name) ? digits[type.name as keyof typeof digits] : 38;
  return { name: 'numeric', precision, scale: 0 };
}

/** How error messages call a type. */
export function displayName(type: SqlType): string {
  return type.name;
}

/** Whether two types are the same in every respect, so that no conversion is needed. */
export function sameType(first: SqlType, second: SqlType): boolean {
  return typeKey(first) === typeKey(second);
}

/** A type as text: `numeric(25,0)`, `varchar(max)`. */
export function typeKey(type: SqlType): string {
  if ('precision' in type) return `numeric(${type.precision},${type.scale})`;
  if ('scale' in type) return `${type.name}(${type.scale})`;
  if ('length' in type) return `${type.name}(${type.length})`;
  return type.name;
}
