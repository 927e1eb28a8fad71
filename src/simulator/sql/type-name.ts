import type { SqlType } from '../sql-type.ts';
import type { TypeName } from './ast.ts';
import { type SqlError, sqlError, unsupported } from './errors/errors.ts';
import { undefinedType } from './errors/syntax.ts';

type Make = (parameters: readonly (number | 'max')[], context: TypeContext) => SqlType;

/** CAST and CONVERT take a text type without a length for 30 characters; a declaration takes it for 1. */
export interface TypeContext {
  readonly declared: boolean;
  readonly line: number;
}

const makers: Readonly<Record<string, Make>> = {
  bit: () => ({ name: 'bit' }),
  tinyint: () => ({ name: 'tinyint' }),
  smallint: () => ({ name: 'smallint' }),
  int: () => ({ name: 'int' }),
  integer: () => ({ name: 'int' }),
  bigint: () => ({ name: 'bigint' }),
  float: () => ({ name: 'float' }),
  numeric,
  decimal: numeric,
  dec: numeric,
  date: () => ({ name: 'date' }),
  datetime: () => ({ name: 'datetime' }),
  time: (parameters, context) => ({ name: 'time', scale: scale(parameters, context) }),
  datetime2: (parameters, context) => ({ name: 'datetime2', scale: scale(parameters, context) }),
  datetimeoffset: (parameters, context) => ({ name: 'datetimeoffset', scale: scale(parameters, context) }),
  uniqueidentifier: () => ({ name: 'uniqueidentifier' }),
  sysname: () => ({ name: 'nvarchar', length: 128 }),
  char: (parameters, context) => ({ name: 'char', length: length(parameters, context, 8000) }),
  varchar: (parameters, context) => ({ name: 'varchar', length: length(parameters, context, 8000) }),
  nchar: (parameters, context) => ({ name: 'nchar', length: length(parameters, context, 4000) }),
  nvarchar: (parameters, context) => ({ name: 'nvarchar', length: length(parameters, context, 4000) }),
  // Held as varbinary: what is shorter is not filled up with zeros.
  binary: (parameters, context) => ({ name: 'varbinary', length: length(parameters, context, 8000) }),
  varbinary: (parameters, context) => ({ name: 'varbinary', length: length(parameters, context, 8000) }),
};

/** Types that a real server has and the simulator's wire hasn't. */
const beyond = 'real money smallmoney smalldatetime sql_variant xml text ntext image geography geometry'
  .concat(' hierarchyid timestamp rowversion table cursor json vector')
  .split(' ');

/** The type that a name stands for. Throws 243 for a name that is no type, 40514 for a type that is not simulated. */
export function resolveType(type: TypeName, declared: boolean): SqlType {
  const make = Object.hasOwn(makers, type.name) ? makers[type.name] : undefined;
  if (make === undefined) {
    throw beyond.includes(type.name) ? unsupported(type.name, type.line) : undefinedType(type.name, type.line);
  }
  return make(type.parameters, { declared, line: type.line });
}

function numeric(parameters: readonly (number | 'max')[], context: TypeContext): SqlType {
  const [precision = 18, places = 0] = parameters;
  if (precision === 'max' || places === 'max' || precision < 1 || precision > 38 || parameters.length > 2) {
    throw wrongSpecification(context.line);
  }
  if (places > precision) throw wrongSpecification(context.line);
  return { name: 'numeric', precision, scale: places };
}

function scale(parameters: readonly (number | 'max')[], context: TypeContext): number {
  const [places = 7] = parameters;
  if (places === 'max' || places > 7) {
    throw sqlError(
      { number: 1002, class: 15, line: context.line },
      `Line ${context.line}: Specified scale ${places} is invalid.`,
    );
  }
  return places;
}

function length(parameters: readonly (number | 'max')[], context: TypeContext, most: number): number | 'max' {
  const [size = context.declared ? 1 : 30] = parameters;
  if (size !== 'max' && (size < 1 || size > most)) throw sizeExceeded(size, most, context.line);
  return size;
}

function sizeExceeded(size: number, most: number, line: number): SqlError {
  if (size < 1)
    return sqlError({ number: 1001, class: 15, line }, `Line ${line}: Length or precision specification 0 is invalid.`);
  const message = `The size (${size}) given to the type exceeds the maximum allowed for any data type (${most}).`;
  return sqlError({ number: 131, class: 15, state: 2, line }, message);
}

function wrongSpecification(line: number): SqlError {
  return sqlError(
    { number: 1007, class: 15, line },
    'The number is out of the range for numeric representation (maximum precision 38).',
  );
}
