import type { SqlType } from '../../sql-type.ts';
import { floatOperator, integerOperator, numericOperator } from '../arithmetic.ts';
import { call, implicitly, nullLiteral, strict } from '../bound.ts';
import { arithmeticNumeric } from '../common-type.ts';
import { storeMoment } from '../convert/moment.ts';
import {
  asNumeric,
  binaryType,
  datetime,
  displayName,
  familyOf,
  isNational,
  isTemporal,
  isText,
  type NumericType,
  rank,
  textType,
  typeKey,
} from '../data-type.ts';
import { incompatibleTypes, invalidOperand } from '../errors/type.ts';
import { baseDay, normalized } from '../moment/moment.ts';
import { momentOf } from '../storage.ts';
import type { Binder, Bound } from './binder.ts';

const names: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'modulo',
  '&': "'&'",
  '|': "'|'",
  '^': "'^'",
};

export interface Operation {
  readonly operator: string;
  readonly line: number;
}

interface Operands {
  readonly left: Bound;
  readonly right: Bound;
}

/** `left operator right` by Transact-SQL's rules: the higher type wins, text adds to text, whole numbers divide whole. */
export function bindArithmetic(binder: Binder, operation: Operation, operands: Operands): Bound {
  const { left, right } = typed(operands);
  if (isText(left.type) && isText(right.type)) {
    if (operation.operator !== '+') throw refused(operation, { left, right });
    return concatenate(binder, { left, right });
  }
  if (left.type.name === 'varbinary' && right.type.name === 'varbinary' && operation.operator === '+') {
    return concatenateBytes(binder, { left, right });
  }
  if (isTemporal(left.type) || isTemporal(right.type)) return shiftDays(binder, operation, { left, right });
  if (familyOf(left.type) === 'guid' || familyOf(right.type) === 'guid') throw refused(operation, { left, right });
  return calculate(binder, operation, { left, right });
}

/** NULL takes the other operand's type. */
function typed({ left, right }: Operands): Operands {
  if (left.isNull === true && right.isNull !== true) return { left: nullLiteral(right.type), right };
  if (right.isNull === true && left.isNull !== true) return { left, right: nullLiteral(left.type) };
  return { left, right };
}

function refused(operation: Operation, { left, right }: Operands): Error {
  const types = [displayName(left.type), displayName(right.type)] as const;
  const name = names[operation.operator] ?? operation.operator;
  return types[0] === types[1]
    ? invalidOperand(types[0], name, operation.line)
    : incompatibleTypes(types, name, operation.line);
}

function concatenate(binder: Binder, { left, right }: Operands): Bound {
  const lengths = [left.type, right.type].map((type) => ('length' in type ? type.length : 'max'));
  const national = isNational(left.type) || isNational(right.type);
  const limit = national ? 4000 : 8000;
  const length = lengths.includes('max') ? 'max' : Math.min(limit, Number(lengths[0]) + Number(lengths[1]));
  const type = textType(national, length);
  const run = strict((a, b) => (length === 'max' ? `${a}${b}` : `${a}${b}`.slice(0, length)));
  return call(binder, { key: `concatenate ${length}`, run, type }, [left, right]);
}

function concatenateBytes(binder: Binder, { left, right }: Operands): Bound {
  const lengths = [left.type, right.type].map((type) => ('length' in type ? type.length : 'max'));
  const type = binaryType(lengths.includes('max') ? 'max' : Number(lengths[0]) + Number(lengths[1]));
  const run = strict(
    (a, b) => new Uint8Array(Buffer.concat([Buffer.from(a as Uint8Array), Buffer.from(b as Uint8Array)])),
  );
  return call(binder, { key: 'concatenate bytes', run, type }, [left, right]);
}

/** Only datetime adds and subtracts, and it counts in days; the newer types are error 206 with numbers and 8117 alone. */
function shiftDays(binder: Binder, operation: Operation, { left, right }: Operands): Bound {
  const newer = [left, right].find(({ type }) => isTemporal(type) && type.name !== 'datetime');
  if (newer !== undefined || (operation.operator !== '+' && operation.operator !== '-')) {
    throw refused(operation, { left, right });
  }
  const sign = operation.operator === '-' ? -1 : 1;
  const [a, b] = [left, right].map((operand) => implicitly(binder, operand, datetime, operation.line));
  if (a === undefined || b === undefined) throw refused(operation, { left, right });
  const run = strict((first, second) => {
    const [from, by] = [momentOf(String(first)), momentOf(String(second))];
    const day = from.day + sign * (by.day - baseDay);
    return storeMoment(normalized({ day, tick: from.tick + sign * by.tick, offsetMinutes: null }), datetime);
  });
  return call(binder, { key: `shift days ${sign}`, run, type: datetime }, [a, b]);
}

function calculate(binder: Binder, operation: Operation, { left, right }: Operands): Bound {
  const numbers = { left: asNumber(left, right), right: asNumber(right, left) };
  const highest = rank(numbers.left) >= rank(numbers.right) ? numbers.left : numbers.right;
  const bitwise = ['&', '|', '^'].includes(operation.operator);
  if (bitwise && familyOf(highest) !== 'integer') throw refused(operation, { left, right });
  if (highest.name === 'bit' && !bitwise) throw invalidOperand('bit', names[operation.operator] ?? '', operation.line);
  if (highest.name === 'float' && operation.operator === '%') throw refused(operation, { left, right });
  if (highest.name === 'numeric')
    return calculateNumeric(binder, operation, {
      left: operandFor(left, numbers.left),
      right: operandFor(right, numbers.right),
    });
  const [a, b] = [left, right].map((operand) => implicitly(binder, operand, highest, operation.line));
  if (a === undefined || b === undefined) throw refused(operation, { left, right });
  const run =
    highest.name === 'float' ? floatOperator(operation.operator) : integerOperator(operation.operator, highest);
  return call(binder, { key: `${typeKey(highest)} ${operation.operator}`, run, type: highest }, [a, b]);
}

/** Text and bytes in arithmetic become the other operand's type. */
function asNumber(bound: Bound, other: Bound): SqlType {
  const family = familyOf(bound.type);
  if (family !== 'text' && family !== 'binary') return bound.type;
  return familyOf(other.type) === 'text' || familyOf(other.type) === 'binary' ? { name: 'int' } : other.type;
}

interface NumericOperand {
  readonly bound: Bound;
  readonly type: NumericType;
}

/** A whole literal counts with its own digits, a whole column with all that its type has. */
function operandFor(bound: Bound, type: SqlType): NumericOperand {
  if (typeof bound.constant === 'bigint') {
    const digits = bound.constant.toString().replace('-', '').length;
    return { bound, type: { name: 'numeric', precision: digits, scale: 0 } };
  }
  return { bound, type: asNumeric(type) };
}

function calculateNumeric(
  binder: Binder,
  { operator, line }: Operation,
  operands: { readonly left: NumericOperand; readonly right: NumericOperand },
): Bound {
  const { left, right } = operands;
  const type = arithmeticNumeric(operator, left.type, right.type);
  const a = implicitly(binder, left.bound, left.type, line);
  const b = implicitly(binder, right.bound, right.type, line);
  const run = numericOperator(operator, { left: left.type, right: right.type, type });
  const key = `numeric ${operator} ${typeKey(left.type)} ${typeKey(right.type)}`;
  return call(binder, { key, run, type }, [a, b]);
}
