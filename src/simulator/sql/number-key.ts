import { withoutTrailing } from '../without-trailing.ts';

/**
 * How exact numerics live in SQLite: text whose order is the numbers' order and whose equality is the numbers'
 * equality, whatever their scales, so that comparing, sorting, grouping, MIN and MAX need no function. A sign digit, 38
 * whole digits, the fraction without trailing zeros; negatives hold each digit's complement to nine and end in `~`.
 */
export type NumberKey = string;

const wholeDigits = 38;

/** The key of `unscaled / 10^scale`. */
export function encodeNumber(unscaled: bigint, scale: number): NumberKey {
  const negative = unscaled < 0n;
  const digits = (negative ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale).padStart(wholeDigits, '0');
  const fraction = withoutTrailing(digits.slice(digits.length - scale), '0');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return negative ? `0${complement(text)}~` : `1${text}`;
}

/** The whole number `value * 10^scale`, rounded half away from zero when the key has more digits than that. */
export function decodeNumber(key: NumberKey, scale: number): bigint {
  const negative = key.startsWith('0');
  const text = negative ? complement(key.slice(1, -1)) : key.slice(1);
  const [whole = '0', fraction = ''] = text.split('.');
  const kept = fraction.slice(0, scale).padEnd(scale, '0');
  const rounded = BigInt(whole + kept) + (fraction.charCodeAt(scale) >= 53 ? 1n : 0n);
  return negative ? -rounded : rounded;
}

/** Decimal text with exactly `scale` digits after the point. */
export function formatUnscaled(unscaled: bigint, scale: number): string {
  const negative = unscaled < 0n;
  const digits = (negative ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return negative ? `-${text}` : text;
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/** Reads decimal text without an exponent; null when it is none. */
export function parseDecimal(text: string): { readonly unscaled: bigint; readonly scale: number } | null {
  const match = decimal.exec(text.trim());
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '' || whole.length + fraction.length > 500) return null;
  const digits = BigInt(whole + fraction);
  return { unscaled: sign === '-' ? -digits : digits, scale: fraction.length };
}

/** `unscaled` with another number of digits after the point, rounded half away from zero. */
export function rescale(unscaled: bigint, from: number, to: number): bigint {
  if (to >= from) return unscaled * 10n ** BigInt(to - from);
  const divisor = 10n ** BigInt(from - to);
  const half = divisor / 2n;
  return unscaled < 0n ? -((-unscaled + half) / divisor) : (unscaled + half) / divisor;
}

function complement(text: string): string {
  let result = '';
  for (const character of text) result += character === '.' ? '.' : String(9 - Number(character));
  return result;
}
