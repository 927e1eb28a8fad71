import type { SqlType } from '../sql-type.ts';
import { asNumeric, binaryType, familyOf, isNational, type NumericType, rank, textType } from './data-type.ts';

/** What CASE, COALESCE, UNION and a comparison make of their operands' types: the highest in precedence, wide enough. */
export function commonType(types: readonly SqlType[]): SqlType {
  const [first, ...rest] = types;
  if (first === undefined) return { name: 'int' };
  return rest.reduce(wider, first);
}

function wider(left: SqlType, right: SqlType): SqlType {
  const higher = rank(left) >= rank(right) ? left : right;
  switch (familyOf(higher)) {
    case 'text':
      return familyOf(left) === 'text' && familyOf(right) === 'text' ? widerText(left, right) : higher;
    case 'binary':
      return binaryType(longer(left, right));
    case 'numeric':
      return joinsNumeric(left) && joinsNumeric(right) ? widerNumeric(asNumeric(left), asNumeric(right)) : higher;
    case 'temporal':
      return 'scale' in higher ? { ...higher, scale: Math.max(scaleOf(left), scaleOf(right)) } : higher;
    default:
      return higher;
  }
}

function joinsNumeric(type: SqlType): boolean {
  return familyOf(type) === 'integer' || type.name === 'numeric';
}

function longer(left: SqlType, right: SqlType): number | 'max' {
  const lengths = [left, right].map((type) => ('length' in type ? type.length : 1));
  return lengths.includes('max') ? 'max' : Math.max(...lengths.map(Number));
}

function widerText(left: SqlType, right: SqlType): SqlType {
  const fixed = [left, right].every(({ name }) => name === 'char' || name === 'nchar');
  if (fixed && 'length' in left && 'length' in right && left.length === right.length) {
    return rank(left) >= rank(right) ? left : right;
  }
  return textType(isNational(left) || isNational(right), longer(left, right));
}

function scaleOf(type: SqlType): number {
  if (type.name === 'datetime') return 3;
  return 'scale' in type && type.name !== 'numeric' ? type.scale : 0;
}

/** Enough digits on both sides of the point, 38 in all. */
export function widerNumeric(left: NumericType, right: NumericType): NumericType {
  const scale = Math.max(left.scale, right.scale);
  const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
  return limited(whole + scale, scale);
}

/** Precision and scale of arithmetic on numerics, from the documentation of `decimal`'s precision, scale and length. */
export function arithmeticNumeric(operator: string, left: NumericType, right: NumericType): NumericType {
  const [p1, s1, p2, s2] = [left.precision, left.scale, right.precision, right.scale];
  if (operator === '*') return limited(p1 + p2 + 1, s1 + s2, 6);
  if (operator === '/') {
    const scale = Math.max(6, s1 + p2 + 1);
    return limited(p1 - s1 + s2 + scale, scale, 6);
  }
  const scale = Math.max(s1, s2);
  if (operator === '%') return limited(Math.min(p1 - s1, p2 - s2) + scale, scale);
  return limited(Math.max(p1 - s1, p2 - s2) + scale + 1, scale);
}

/** Cuts a numeric to 38 digits: digits after the point go first, down to `leastScale` of them. */
function limited(precision: number, scale: number, leastScale = 0): NumericType {
  if (precision <= 38) return { name: 'numeric', precision: Math.max(1, precision), scale };
  const whole = precision - scale;
  const kept = Math.max(38 - whole, Math.min(scale, leastScale), 0);
  return { name: 'numeric', precision: 38, scale: Math.min(kept, scale) };
}
