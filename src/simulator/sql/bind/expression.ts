import type { SqlType } from '../../sql-type.ts';
import type { CastExpression, Expression, Literal } from '../ast.ts';
import { isCondition } from '../ast.ts';
import { call, coerce, constant, nullLiteral, variable } from '../bound.ts';
import { hexToBytes } from '../bytes.ts';
import { conversion } from '../convert/convert.ts';
import { binaryType, float, textType, typeKey } from '../data-type.ts';
import { SqlError, unsupported } from '../errors/errors.ts';
import { undeclaredVariable } from '../errors/name.ts';
import { incorrectSyntaxNear } from '../errors/syntax.ts';
import { overflow } from '../errors/value.ts';
import { encodeNumber, parseDecimal } from '../number-key.ts';
import type { Stored } from '../storage.ts';
import { resolveType } from '../type-name.ts';
import { bindArithmetic } from './arithmetic.ts';
import type { Binder, Bound, Scope } from './binder.ts';
import { bindCall } from './call.ts';
import { bindCase } from './case.ts';
import { bindGlobal } from './functions/global.ts';
import { groupedExpression } from './group.ts';
import { bindColumn } from './name.ts';
import { bindScalarQuery } from './subquery.ts';
import { bindUnary } from './unary.ts';

/** Resolves names and types of an expression that gives a value. */
export function bindExpression(binder: Binder, expression: Expression, scope: Scope): Bound {
  if (isCondition(expression)) throw incorrectSyntaxNear(expression.near, expression.line);
  const grouped = groupedExpression(expression, scope);
  if (grouped !== null) return grouped;
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'binary':
    case 'null':
      return bindLiteral(binder, expression);
    case 'column':
      return bindColumn(binder, expression.parts, { scope, line: expression.line });
    case 'variable':
      return bindVariable(binder, expression.name, expression.line);
    case 'unary':
      return bindUnary(binder, expression, bindExpression(binder, expression.operand, scope));
    case 'arithmetic': {
      const left = bindExpression(binder, expression.left, scope);
      const right = bindExpression(binder, expression.right, scope);
      return bindArithmetic(binder, expression, { left, right });
    }
    case 'call':
      return bindCall(binder, expression, scope);
    case 'cast':
      return bindCast(binder, expression, scope);
    case 'case':
      return bindCase(binder, expression, scope);
    case 'subquery':
      return bindScalarQuery(binder, expression.query, scope);
  }
}

function bindLiteral(binder: Binder, literal: Literal): Bound {
  switch (literal.kind) {
    case 'null':
      return nullLiteral();
    case 'string':
      return constant(binder, literal.value, textType(literal.national, literal.value.length));
    case 'binary': {
      const bytes = hexToBytes(literal.hex.length % 2 === 0 ? literal.hex : `0${literal.hex}`) ?? new Uint8Array();
      return constant(binder, bytes, binaryType(bytes.length));
    }
    case 'number':
      return bindNumber(binder, literal.text, literal.line);
  }
}

/** A whole number is int if it fits and numeric if not; with a point it is numeric, with an exponent float. */
function bindNumber(binder: Binder, text: string, line: number): Bound {
  if (/e/i.test(text)) {
    const value = Number(/e[+-]?$/i.test(text) ? `${text}0` : text);
    if (!Number.isFinite(value)) throw overflow('float');
    return constant(binder, value, float);
  }
  const decimal = parseDecimal(text) ?? { unscaled: 0n, scale: 0 };
  if (!text.includes('.') && decimal.unscaled <= 2_147_483_647n)
    return constant(binder, decimal.unscaled, { name: 'int' });
  const digits = Math.max(decimal.unscaled.toString().length, decimal.scale, 1);
  if (digits > 38) throw tooManyDigits(text, line);
  const type = { name: 'numeric', precision: digits, scale: decimal.scale } as const;
  return constant(binder, encodeNumber(decimal.unscaled, decimal.scale), type);
}

function tooManyDigits(text: string, line: number): SqlError {
  const message = `The number '${text.slice(0, 128)}' is out of the range for numeric representation (maximum precision 38).`;
  return new SqlError({ number: 1007, class: 15, state: 1, line, message });
}

function bindVariable(binder: Binder, name: string, line: number): Bound {
  if (name.startsWith('@@')) return bindGlobal(binder, name, line);
  const key = name.toLowerCase();
  const type = binder.variables.get(key);
  if (type === undefined) {
    binder.problems.push(undeclaredVariable(name, line));
    return nullLiteral();
  }
  if (!binder.assigned.has(key)) return variable(binder, key, type);
  const run = (): Stored => binder.runtime.variables.get(key)?.value ?? null;
  return call(binder, { key: `variable ${key}`, run, type, nullable: true }, []);
}

function bindCast(binder: Binder, cast: CastExpression, scope: Scope): Bound {
  const operand = bindExpression(binder, cast.operand, scope);
  const type = resolveType(cast.type, false);
  const context = { explicit: true, style: styleOf(binder, cast, scope), line: cast.line };
  if (operand.isNull === true) return typedNull(type);
  if (!cast.attempt) return coerce(binder, operand, type, context);
  const convert = conversion(operand.type, type, context);
  if (convert === null) return { ...operand, type, nullable: true };
  const key = `try ${typeKey(operand.type)} ${typeKey(type)} ${context.style}`;
  const run = (value: Stored = null): Stored => {
    try {
      return convert(value);
    } catch (error) {
      if (error instanceof SqlError) return null;
      throw error;
    }
  };
  return call(binder, { key, run, type, nullable: true }, [operand]);
}

/** NULL that has got a type by CAST and keeps it. */
function typedNull(type: SqlType): Bound {
  return { sql: 'NULL', type, nullable: true, constant: null };
}

/** CONVERT's style has to be a literal here; a real server takes any expression. */
function styleOf(binder: Binder, cast: CastExpression, scope: Scope): number {
  if (cast.style === null) return 0;
  const style = bindExpression(binder, cast.style, scope);
  if (style.constant === undefined || style.constant === null)
    throw unsupported('CONVERT with a variable style', cast.line);
  return Number(style.constant);
}
