import type { SqlType } from '../sql-type.ts';
import type { Binder, Bound } from './bind/binder.ts';
import { guidOrder } from './bytes.ts';
import { type ConversionContext, conversion } from './convert/convert.ts';
import type { Convert } from './convert/text.ts';
import { isText, typeKey } from './data-type.ts';
import { SqlError } from './errors/errors.ts';
import type { ScalarFunction } from './sqlite-engine.ts';
import type { Stored } from './storage.ts';
import { textKey } from './text-key.ts';

/** A literal as a parameter of the prepared statement; equal literals share one, so that equal expressions are equal SQL. */
export function constant(binder: Binder, value: Stored, type: SqlType): Bound {
  if (value === null) return { sql: 'NULL', type, nullable: true, constant: null };
  const key = `${typeof value}:${value instanceof Uint8Array ? `x${Buffer.from(value).toString('hex')}` : String(value)}`;
  const sql = parameter(binder, key, () => binder.parameters.push({ kind: 'constant', value }));
  return { sql, type, nullable: false, constant: value };
}

export function variable(binder: Binder, name: string, type: SqlType): Bound {
  const sql = parameter(binder, `@${name}`, () => binder.parameters.push({ kind: 'variable', name }));
  return { sql, type, nullable: true };
}

function parameter(binder: Binder, key: string, add: () => number): string {
  let number = binder.parameterNumbers.get(key);
  if (number === undefined) {
    number = add();
    binder.parameterNumbers.set(key, number);
  }
  return `?${number}`;
}

export function nullLiteral(type: SqlType = { name: 'int' }): Bound {
  return { sql: 'NULL', type, nullable: true, isNull: true, constant: null };
}

/** A call of a function written in JavaScript; `key` names everything that the function depends on. */
export function call(
  binder: Binder,
  spec: { readonly key: string; readonly run: ScalarFunction; readonly type: SqlType; readonly nullable?: boolean },
  args: readonly Bound[],
): Bound {
  const name = binder.runtime.engine.define(spec.key, spec.run);
  const nullable = spec.nullable ?? args.some((arg) => arg.nullable);
  return { sql: `${name}(${args.map((arg) => arg.sql).join(', ')})`, type: spec.type, nullable };
}

/** Makes a function give NULL when any argument is NULL, as nearly all of Transact-SQL's do. */
export function strict(run: (...args: Exclude<Stored, null>[]) => Stored): ScalarFunction {
  return (...args) => (args.includes(null) ? null : run(...(args as Exclude<Stored, null>[])));
}

/** The expression as another type. Throws 206, 257 or 529 when there is no such conversion. */
export function coerce(binder: Binder, bound: Bound, to: SqlType, context: ConversionContext): Bound {
  if (bound.isNull === true) return { ...bound, type: to };
  const convert = conversion(bound.type, to, context);
  if (convert === null) return { ...bound, type: to };
  const folded = fold(binder, bound, { convert, to });
  if (folded !== null) return folded;
  const key = `convert ${typeKey(bound.type)} ${typeKey(to)} ${context.style}`;
  return call(binder, { key, run: (value = null) => convert(value), type: to }, [bound]);
}

/** Converts a literal once; if it can't be, the error belongs to the run of the statement. */
function fold(binder: Binder, bound: Bound, { convert, to }: { convert: Convert; to: SqlType }): Bound | null {
  if (bound.constant === undefined) return null;
  try {
    return constant(binder, convert(bound.constant), to);
  } catch (error) {
    if (error instanceof SqlError) return null;
    throw error;
  }
}

/** An operator's own conversion. */
export function implicitly(binder: Binder, bound: Bound, to: SqlType, line: number): Bound {
  return coerce(binder, bound, to, { explicit: false, style: 0, line });
}

/** SQL that is equal for equal values: text without regard to case and trailing blanks, datetimeoffset by its UTC. */
export function equalityKey(binder: Binder, bound: Bound): string {
  if (bound.isNull === true) return 'NULL';
  if (isText(bound.type)) return keyOfText(binder, bound);
  if (bound.type.name === 'datetimeoffset') {
    const run = strict((value) => String(value).split('|')[0] ?? '');
    return call(binder, { key: 'utc of offset', run, type: bound.type }, [bound]).sql;
  }
  return bound.sql;
}

/** SQL that sorts as a real server sorts the values. */
export function sortKey(binder: Binder, bound: Bound): string {
  if (bound.type.name !== 'uniqueidentifier' || bound.isNull === true) return equalityKey(binder, bound);
  return call(binder, { key: 'guid order', run: strict((guid) => guidOrder(String(guid))), type: bound.type }, [bound])
    .sql;
}

function keyOfText(binder: Binder, bound: Bound): string {
  if (bound.key !== undefined) return bound.key();
  if (bound.constant !== undefined && bound.constant !== null) {
    return constant(binder, textKey(String(bound.constant)), bound.type).sql;
  }
  return call(binder, { key: 'text key', run: strict((text) => textKey(String(text))), type: bound.type }, [bound]).sql;
}

/** The JavaScript form of `equalityKey`, for functions that compare. */
export function keyOf(type: SqlType): (value: Exclude<Stored, null>) => Stored {
  if (isText(type)) return (value) => textKey(String(value));
  if (type.name === 'datetimeoffset') return (value) => String(value).split('|')[0] ?? '';
  if (type.name === 'uniqueidentifier') return (value) => guidOrder(String(value));
  return (value) => value;
}
