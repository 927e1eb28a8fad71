import type { SqlType } from '../../sql-type.ts';
import type { CallExpression } from '../ast.ts';
import { equalityKey, implicitly, keyOf } from '../bound.ts';
import { checkRange } from '../convert/number.ts';
import { displayName, type NumericType, textType, typeKey } from '../data-type.ts';
import { sqlError, unsupported } from '../errors/errors.ts';
import { aggregateMisplaced } from '../errors/name.ts';
import { argumentCount, invalidOperand } from '../errors/type.ts';
import { decodeNumber, encodeNumber } from '../number-key.ts';
import type { Stored } from '../storage.ts';
import type { Binder, Bound, Scope } from './binder.ts';
import { bindExpression } from './expression.ts';

/** COUNT, SUM, AVG, MIN, MAX and STRING_AGG over the rows of the query that they stand in. */
export function bindAggregate(binder: Binder, expression: CallExpression, scope: Scope): Bound {
  const { name, line } = expression;
  if (scope.aggregates === 'refused') throw aggregateMisplaced(line);
  if (scope.aggregates === 'inside') throw nestedAggregate(line);
  if (expression.star) return { sql: 'COUNT(*)', type: countType(name), nullable: false };
  const wanted = name === 'STRING_AGG' ? 2 : 1;
  if (expression.args.length !== wanted) throw argumentCount(name, { least: wanted, most: wanted }, line);
  scope.aggregates = 'inside';
  const [operand, separator] = expression.args.map((each) => bindExpression(binder, each, scope));
  scope.aggregates = 'allowed';
  if (operand === undefined) throw argumentCount(name, { least: wanted, most: wanted }, line);
  const aggregate = { name, line, distinct: expression.distinct ? 'DISTINCT ' : '' };
  switch (name) {
    case 'COUNT':
    case 'COUNT_BIG':
      return countOf(binder, aggregate, operand);
    case 'MIN':
    case 'MAX':
      return extremeOf(binder, aggregate, operand);
    case 'STRING_AGG':
      return joined(binder, aggregate, [operand, separator ?? operand]);
    default:
      return totalOf(binder, aggregate, operand);
  }
}

interface AggregateCall {
  readonly name: string;
  readonly line: number;
  readonly distinct: string;
}

function countType(name: string): SqlType {
  return { name: name === 'COUNT' ? 'int' : 'bigint' };
}

function nestedAggregate(line: number): Error {
  const message = 'Cannot perform an aggregate function on an expression containing an aggregate or a subquery.';
  return sqlError({ number: 130, line }, message);
}

function countOf(binder: Binder, { name, distinct }: AggregateCall, operand: Bound): Bound {
  return { sql: `COUNT(${distinct}${equalityKey(binder, operand)})`, type: countType(name), nullable: false };
}

/** MIN and MAX keep the value whose key is the first or last. */
function extremeOf(binder: Binder, { name, line }: AggregateCall, operand: Bound): Bound {
  const { type } = operand;
  if (type.name === 'bit') throw invalidOperand('bit', name.toLowerCase(), line);
  const key = keyOf(type);
  const sign = name === 'MIN' ? 1 : -1;
  const sql = binder.runtime.engine.defineAggregate<{ key: Stored; value: Stored }>(`${name} ${typeKey(type)}`, {
    start: () => ({ key: null, value: null }),
    step: (state, value = null) => {
      if (value === null) return state;
      const next = key(value);
      if (state.key === null || next === null) return { key: next, value };
      const order = next < state.key ? -1 : next > state.key ? 1 : 0;
      return order * sign < 0 ? { key: next, value } : state;
    },
    result: ({ value }) => value,
  });
  return { sql: `${sql}(${operand.sql})`, type, nullable: true };
}

/** What SUM makes of a type; AVG of whole numbers is whole. */
function totalType(type: SqlType): SqlType | null {
  switch (type.name) {
    case 'tinyint':
    case 'smallint':
    case 'int':
      return { name: 'int' };
    case 'bigint':
    case 'float':
      return type;
    case 'numeric':
      return { name: 'numeric', precision: 38, scale: type.scale };
    default:
      return null;
  }
}

interface Total {
  readonly count: bigint;
  readonly exact: bigint;
  readonly inexact: number;
}

function totalOf(binder: Binder, { name, line, distinct }: AggregateCall, operand: Bound): Bound {
  const sum = totalType(operand.type);
  if (sum === null) throw invalidOperand(displayName(operand.type), name.toLowerCase(), line);
  const average = name === 'AVG';
  const scale = sum.name === 'numeric' ? sum.scale : 0;
  const type: SqlType = average && sum.name === 'numeric' ? averageType(sum) : sum;
  const add = ({ count, exact, inexact }: Total, value: Stored = null): Total => {
    if (value === null) return { count, exact, inexact };
    if (sum.name === 'float') return { count: count + 1n, exact, inexact: inexact + Number(value) };
    const whole = sum.name === 'numeric' ? decodeNumber(String(value), scale) : BigInt(value as bigint);
    return { count: count + 1n, exact: exact + whole, inexact };
  };
  const sql = binder.runtime.engine.defineAggregate<Total>(`${name} ${typeKey(operand.type)}`, {
    start: () => ({ count: 0n, exact: 0n, inexact: 0 }),
    step: add,
    result: (total) => (total.count === 0n ? null : totalResult(total, { sum, type, average })),
  });
  return { sql: `${sql}(${distinct}${operand.sql})`, type, nullable: true };
}

function averageType(sum: NumericType): NumericType {
  return { ...sum, scale: Math.max(sum.scale, 6) };
}

function totalResult(total: Total, { sum, type, average }: { sum: SqlType; type: SqlType; average: boolean }): Stored {
  const { count, exact, inexact } = total;
  if (sum.name === 'float') return average ? inexact / Number(count) : inexact;
  if (sum.name === 'numeric' && type.name === 'numeric') {
    const unscaled = exact * 10n ** BigInt(type.scale - sum.scale);
    return encodeNumber(average ? unscaled / count : unscaled, type.scale);
  }
  return checkRange(average ? exact / count : exact, type);
}

function joined(
  binder: Binder,
  { line, distinct }: AggregateCall,
  [operand, separator]: readonly [Bound, Bound],
): Bound {
  if (distinct !== '') throw unsupported('STRING_AGG(DISTINCT)', line);
  const type = textType(operand.type.name.startsWith('n'), operand.type.name.startsWith('n') ? 4000 : 8000);
  const sql = binder.runtime.engine.defineAggregate<string[]>('STRING_AGG', {
    start: () => [],
    step: (parts, value = null, mark = null) => {
      if (value !== null) parts.push(...(parts.length > 0 ? [String(mark ?? '')] : []), String(value));
      return parts;
    },
    result: (parts) => (parts.length === 0 ? null : parts.join('')),
  });
  const text = implicitly(binder, operand, type, line);
  return { sql: `${sql}(${text.sql}, ${separator.sql})`, type, nullable: true };
}
