import { call, strict } from '../bound.ts';
import { checkRange } from '../convert/number.ts';
import { displayName, familyOf } from '../data-type.ts';
import { invalidOperand } from '../errors/type.ts';
import { decodeNumber, encodeNumber } from '../number-key.ts';
import type { Stored } from '../storage.ts';
import type { Operation } from './arithmetic.ts';
import type { Binder, Bound } from './binder.ts';

/** Minus, plus and bitwise not. */
export function bindUnary(binder: Binder, operation: Operation, operand: Bound): Bound {
  if (operation.operator === '+' || operand.isNull === true) return operand;
  const { type } = operand;
  if (operation.operator === '~') {
    if (familyOf(type) !== 'integer') throw invalidOperand(displayName(type), "'~'", operation.line);
    const run =
      type.name === 'bit' ? strict((value) => (value === 0n ? 1n : 0n)) : strict((value) => ~BigInt(value as bigint));
    return call(binder, { key: `not ${type.name}`, run, type }, [operand]);
  }
  return negated(binder, operation, operand);
}

function negated(binder: Binder, operation: Operation, operand: Bound): Bound {
  const type = operand.type.name === 'tinyint' ? ({ name: 'smallint' } as const) : operand.type;
  switch (familyOf(type)) {
    case 'float':
      return call(binder, { key: 'minus float', run: strict((value) => -Number(value)), type }, [operand]);
    case 'integer': {
      if (type.name === 'bit') throw invalidOperand('bit', 'minus', operation.line);
      const run = strict((value): Stored => checkRange(-BigInt(value as bigint), type));
      const result = call(binder, { key: `minus ${type.name}`, run, type }, [operand]);
      return typeof operand.constant === 'bigint' ? { ...result, constant: -operand.constant } : result;
    }
    case 'numeric': {
      const run = strict((value) => encodeNumber(-decodeNumber(String(value), 38), 38));
      return call(binder, { key: 'minus numeric', run, type }, [operand]);
    }
    default:
      throw invalidOperand(displayName(type), 'minus', operation.line);
  }
}
