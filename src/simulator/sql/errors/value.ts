import { type SqlError, sqlError } from './errors.ts';

/** 8134. The statement ends, the batch goes on. */
export function divideByZero(): SqlError {
  return sqlError({ number: 8134, reach: 'statement' }, 'Divide by zero error encountered.');
}

export function overflow(type: string): SqlError {
  const message = `Arithmetic overflow error converting expression to data type ${type}.`;
  return sqlError({ number: 8115, state: 2, reach: 'statement' }, message);
}

/** 8115 between two types, as from float to numeric. */
export function overflowBetween(from: string, to: string): SqlError {
  const message = `Arithmetic overflow error converting ${from} to data type ${to}.`;
  return sqlError({ number: 8115, state: 8, reach: 'statement' }, message);
}

/** 220: a whole number that tinyint or smallint can't hold. */
export function smallOverflow(type: string, value: string): SqlError {
  const message = `Arithmetic overflow error for data type ${type}, value = ${value}.`;
  return sqlError({ number: 220, state: 2, reach: 'statement' }, message);
}

/** 248: text with a whole number beyond int's range. */
export function textOverflow(from: string, value: string): SqlError {
  return sqlError({ number: 248 }, `The conversion of the ${from} value '${value}' overflowed an int column.`);
}

/** 245: text that is no whole number, bit, ... */
export function conversionFailed(from: string, value: string, to: string): SqlError {
  const message = `Conversion failed when converting the ${from} value '${value}' to data type ${to}.`;
  return sqlError({ number: 245 }, message);
}

/** 8114: text that is no numeric, float or bigint; the message has no value. */
export function errorConverting(from: string, to: string): SqlError {
  return sqlError({ number: 8114, state: 5 }, `Error converting data type ${from} to ${to}.`);
}

export function notADate(): SqlError {
  return sqlError({ number: 241 }, 'Conversion failed when converting date and/or time from character string.');
}

export function dateOutOfRange(from: string, to: string): SqlError {
  const message = `The conversion of a ${from} data type to a ${to} data type resulted in an out-of-range value.`;
  return sqlError({ number: 242, state: 3 }, message);
}

export function notAGuid(): SqlError {
  const message = 'Conversion failed when converting from a character string to uniqueidentifier.';
  return sqlError({ number: 8169, state: 2 }, message);
}

export function dateAddOverflow(type: string): SqlError {
  return sqlError({ number: 517, reach: 'statement' }, `Adding a value to a '${type}' column caused an overflow.`);
}

export function dateDifferenceOverflow(name: string): SqlError {
  const message = `The ${name} function resulted in an overflow. The number of dateparts separating two date/time instances is too large. Try to use ${name} with a less precise datepart.`;
  return sqlError({ number: 535, state: 0, reach: 'statement' }, message);
}

export function severalValues(): SqlError {
  const message =
    'Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.';
  return sqlError({ number: 512, reach: 'statement' }, message);
}

export function invalidLength(name: string): SqlError {
  const message = `Invalid length parameter passed to the ${name} function.`;
  return sqlError({ number: 537, state: 3, reach: 'statement' }, message);
}

export function invalidStyle(style: number, from: string): SqlError {
  const message = `${style} is not a valid style number when converting from ${from} to a character string.`;
  return sqlError({ number: 281 }, message);
}
