import { type SqlError, sqlError } from './errors.ts';

export function typeClash(from: string, to: string, line: number): SqlError {
  return sqlError({ number: 206, state: 2, line }, `Operand type clash: ${from} is incompatible with ${to}`);
}

export function explicitConversionRefused(from: string, to: string, line: number): SqlError {
  const message = `Explicit conversion from data type ${from} to ${to} is not allowed.`;
  return sqlError({ number: 529, line }, message);
}

export function implicitConversionRefused(from: string, to: string, line: number): SqlError {
  const message = `Implicit conversion from data type ${from} to ${to} is not allowed. Use the CONVERT function to run this query.`;
  return sqlError({ number: 257, state: 3, line }, message);
}

/** 402: two types that an operator can't join; `operator` in the server's words, as `add`, `divide`, `'&'`. */
export function incompatibleTypes(types: readonly [string, string], operator: string, line: number): SqlError {
  const message = `The data types ${types[0]} and ${types[1]} are incompatible in the ${operator} operator.`;
  return sqlError({ number: 402, line }, message);
}

export function invalidOperand(type: string, operator: string, line: number): SqlError {
  return sqlError({ number: 8117, line }, `Operand data type ${type} is invalid for ${operator} operator.`);
}

/** 8116: an argument of a type that the function doesn't take. */
export function invalidArgumentType(type: string, ordinal: number, name: string): SqlError {
  const message = `Argument data type ${type} is invalid for argument ${ordinal} of ${name} function.`;
  return sqlError({ number: 8116 }, message);
}

/** 174 for a fixed and 189 for a variable number of arguments. */
export function argumentCount(name: string, range: { least: number; most: number }, line: number): SqlError {
  const title = name.toLowerCase();
  const { least, most } = range;
  if (least === most) {
    return sqlError({ number: 174, class: 15, line }, `The ${title} function requires ${least} argument(s).`);
  }
  return sqlError({ number: 189, class: 15, line }, `The ${title} function requires ${least} to ${most} arguments.`);
}

export function invalidDatePart(part: string, name: string, line: number): SqlError {
  return sqlError({ number: 155, class: 15, line }, `'${part}' is not a recognized ${name} option.`);
}

export function datePartRefused(part: string, name: string, type: string): SqlError {
  const message = `The datepart ${part} is not supported by date function ${name} for data type ${type}.`;
  return sqlError({ number: 9810 }, message);
}
