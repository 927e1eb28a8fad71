import type { SqlType } from '../../sql-type.ts';
import { displayName, familyOf, isTemporal, type NumericType } from '../data-type.ts';
import { unsupported } from '../errors/errors.ts';
import {
  conversionFailed,
  errorConverting,
  overflow,
  overflowBetween,
  smallOverflow,
  textOverflow,
} from '../errors/value.ts';
import { baseDay, ticksPerDay } from '../moment/moment.ts';
import { decodeNumber, encodeNumber, parseDecimal, rescale } from '../number-key.ts';
import { momentOf, type Stored } from '../storage.ts';
import type { Convert } from './text.ts';

/** The smallest and largest value of each whole-number type. */
export const integerRange = {
  tinyint: [0n, 255n],
  smallint: [-32_768n, 32_767n],
  int: [-2_147_483_648n, 2_147_483_647n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

/** Throws when a whole number is beyond its type: 220 for tinyint and smallint, 8115 for the others. */
export function checkRange(value: bigint, type: SqlType): bigint {
  if (type.name === 'bit') return value === 0n ? 0n : 1n;
  const [least, most] = Object.hasOwn(integerRange, type.name)
    ? integerRange[type.name as keyof typeof integerRange]
    : integerRange.bigint;
  if (value >= least && value <= most) return value;
  throw type.name === 'tinyint' || type.name === 'smallint'
    ? smallOverflow(type.name, value.toString())
    : overflow(displayName(type));
}

/** Conversion to bit and the whole-number types. */
export function toInteger(from: SqlType, to: SqlType): Convert {
  const read = integerReader(from, to);
  return (value) => (value === null ? null : checkRange(read(value), to));
}

function integerReader(from: SqlType, to: SqlType): (value: Stored) => bigint {
  if (isTemporal(from)) {
    return (value) => {
      const { day, tick } = momentOf(String(value));
      return BigInt(Math.round(day - baseDay + tick / ticksPerDay));
    };
  }
  switch (familyOf(from)) {
    case 'numeric':
      return (value) => truncated(String(value), to);
    case 'float':
      return (value) => floatInteger(Number(value), to);
    case 'text':
      return (value) => (to.name === 'bit' ? readBit(String(value), from) : readInteger(String(value), from, to));
    case 'binary':
      return (value) => binaryInteger(value, to);
    default:
      return (value) => BigInt(value as bigint);
  }
}

/** Numerics lose their fraction; a bit is 1 for any number but zero. */
function truncated(key: string, to: SqlType): bigint {
  const scale = 38;
  const unscaled = decodeNumber(key, scale);
  if (to.name === 'bit') return unscaled === 0n ? 0n : 1n;
  return unscaled / 10n ** BigInt(scale);
}

function floatInteger(value: number, to: SqlType): bigint {
  if (to.name === 'bit') return value === 0 ? 0n : 1n;
  if (!Number.isFinite(value)) throw overflow(displayName(to));
  return BigInt(Math.trunc(value));
}

function readInteger(text: string, from: SqlType, to: SqlType): bigint {
  const trimmed = text.trim();
  if (trimmed === '') return 0n;
  if (!/^[+-]?\s*\d+$/.test(trimmed)) {
    throw to.name === 'bigint'
      ? errorConverting(displayName(from), 'bigint')
      : conversionFailed(displayName(from), text, displayName(to));
  }
  const digits = trimmed.replace(/^\+?\s*/, '').replace(/^-\s*/, '-');
  if (digits.length > 60) throw overflow(displayName(to));
  const value = BigInt(digits);
  const [least, most] = integerRange.int;
  if (to.name === 'int' && (value < least || value > most)) throw textOverflow(displayName(from), text);
  return value;
}

function readBit(text: string, from: SqlType): bigint {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === 'true') return 1n;
  if (trimmed === 'false' || trimmed === '') return 0n;
  if (!/^[+-]?\d+$/.test(trimmed)) throw conversionFailed(displayName(from), text, 'bit');
  return /[1-9]/.test(trimmed) ? 1n : 0n;
}

const widths = { bit: 1, tinyint: 1, smallint: 2, int: 4, bigint: 8 } as const;

/** The last bytes of a binary value, as a big-endian number with a sign. */
function binaryInteger(value: Stored, to: SqlType): bigint {
  const width = Object.hasOwn(widths, to.name) ? widths[to.name as keyof typeof widths] : 8;
  const bytes = value instanceof Uint8Array ? value.slice(-width) : new Uint8Array();
  const number = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
  return width === 1 ? number : BigInt.asIntN(width * 8, number);
}

/** Conversion to numeric: rounds to its scale, 8115 when the whole part doesn't fit. */
export function toNumeric(from: SqlType, to: NumericType): Convert {
  const limit = 10n ** BigInt(to.precision);
  const read = numericReader(from, to);
  const label = from.name === 'numeric' ? 'numeric' : familyOf(from) === 'integer' ? displayName(from) : 'expression';
  return (value) => {
    if (value === null) return null;
    const unscaled = read(value);
    if (unscaled >= limit || unscaled <= -limit)
      throw overflowBetween(familyOf(from) === 'text' ? displayName(from) : label, 'numeric');
    return encodeNumber(unscaled, to.scale);
  };
}

function numericReader(from: SqlType, to: NumericType): (value: Stored) => bigint {
  switch (familyOf(from)) {
    case 'numeric':
      return (value) => decodeNumber(String(value), to.scale);
    case 'float':
      return (value) => floatNumeric(Number(value), to);
    case 'text':
      return (value) => textNumeric(String(value), from, to);
    case 'temporal':
      return (value) => floatNumeric(daysOf(String(value)), to);
    case 'binary':
      throw unsupported('varbinary as numeric');
    default:
      return (value) => BigInt(value as bigint) * 10n ** BigInt(to.scale);
  }
}

function textNumeric(text: string, from: SqlType, to: NumericType): bigint {
  const decimal = parseDecimal(text);
  if (decimal === null) throw errorConverting(displayName(from), 'numeric');
  return rescale(decimal.unscaled, decimal.scale, to.scale);
}

/** A float's shortest decimal digits are what a reader takes it for. */
function floatNumeric(value: number, to: NumericType): bigint {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e38) throw overflowBetween('float', 'numeric');
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const decimal = parseDecimal(mantissa) ?? { unscaled: 0n, scale: 0 };
  const scale = decimal.scale - Number(exponent);
  return scale >= 0 ? rescale(decimal.unscaled, scale, to.scale) : decimal.unscaled * 10n ** BigInt(to.scale - scale);
}

function daysOf(stored: string): number {
  const { day, tick } = momentOf(stored);
  return day - baseDay + tick / ticksPerDay;
}

/** Conversion to float. */
export function toFloat(from: SqlType): Convert {
  const read = floatReader(from);
  return (value) => (value === null ? null : read(value));
}

function floatReader(from: SqlType): (value: Stored) => number {
  switch (familyOf(from)) {
    case 'numeric': {
      const { scale } = from as NumericType;
      return (value) => Number(`${decodeNumber(String(value), scale)}e-${scale}`);
    }
    case 'text':
      return (value) => textFloat(String(value), from);
    case 'temporal':
      return (value) => daysOf(String(value));
    default:
      return Number;
  }
}

function textFloat(text: string, from: SqlType): number {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[ed][+-]?\d+)?$/i.test(trimmed))
    throw errorConverting(displayName(from), 'float');
  const value = Number(trimmed.replace(/d/i, 'e'));
  if (!Number.isFinite(value)) throw overflow('float');
  return value;
}
