import type { SqlType } from '../sql-type.ts';
import { strict } from './bound.ts';
import { checkRange } from './convert/number.ts';
import type { NumericType } from './data-type.ts';
import { divideByZero, overflow, overflowBetween } from './errors/value.ts';
import { decodeNumber, encodeNumber, rescale } from './number-key.ts';

/** Whole numbers: division truncates, results outside the type are errors. */
export function integerOperator(operator: string, type: SqlType): ReturnType<typeof strict> {
  const apply = integerFunctions[operator] ?? (() => 0n);
  return strict((a, b) => checkRange(apply(BigInt(a as bigint), BigInt(b as bigint)), type));
}

const integerFunctions: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / divisor(b),
  '%': (a, b) => a % divisor(b),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
};

function divisor(value: bigint): bigint {
  if (value === 0n) throw divideByZero();
  return value;
}

export function floatOperator(operator: string): ReturnType<typeof strict> {
  return strict((a, b) => {
    const [left, right] = [Number(a), Number(b)];
    if (operator === '/' && right === 0) throw divideByZero();
    const value =
      operator === '+'
        ? left + right
        : operator === '-'
          ? left - right
          : operator === '*'
            ? left * right
            : left / right;
    if (!Number.isFinite(value)) throw overflow('float');
    return value;
  });
}

/** Exact numerics of given types, cut or rounded to the result's scale. */
export function numericOperator(
  operator: string,
  types: { readonly left: NumericType; readonly right: NumericType; readonly type: NumericType },
): ReturnType<typeof strict> {
  const { left, right, type } = types;
  const limit = 10n ** BigInt(type.precision);
  const common = Math.max(left.scale, right.scale);
  return strict((a, b) => {
    const [x, y] = [decodeNumber(String(a), left.scale), decodeNumber(String(b), right.scale)];
    const aligned = { x: rescale(x, left.scale, common), y: rescale(y, right.scale, common) };
    const value = numericResult(operator, {
      ...aligned,
      product: x * y,
      common,
      scale: type.scale,
      productScale: left.scale + right.scale,
    });
    if (value >= limit || value <= -limit) throw overflowBetween('numeric', 'numeric');
    return encodeNumber(value, type.scale);
  });
}

function numericResult(
  operator: string,
  values: { x: bigint; y: bigint; product: bigint; common: number; scale: number; productScale: number },
): bigint {
  const { x, y, common, scale } = values;
  switch (operator) {
    case '*':
      return rescale(values.product, values.productScale, scale);
    case '/':
      return (x * 10n ** BigInt(scale)) / divisor(y);
    case '%':
      return rescale(x % divisor(y), common, scale);
    default:
      return rescale(operator === '+' ? x + y : x - y, common, scale);
  }
}
