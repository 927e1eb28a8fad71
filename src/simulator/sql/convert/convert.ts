import type { SqlType } from '../../sql-type.ts';
import { bytesToGuid, encodeText, guidText, guidToBytes, hexToBytes } from '../bytes.ts';
import { displayName, type Family, familyOf, isTemporal, isText, sameType } from '../data-type.ts';
import { unsupported } from '../errors/errors.ts';
import { explicitConversionRefused, implicitConversionRefused, typeClash } from '../errors/type.ts';
import { conversionFailed, notAGuid } from '../errors/value.ts';
import { integerBytes } from '../integer-bytes.ts';
import { toMoment } from './moment.ts';
import { toFloat, toInteger, toNumeric } from './number.ts';
import { type Convert, toText } from './text.ts';

/** How a conversion is asked for: CAST and CONVERT may more than an operator does on its own. */
export interface ConversionContext {
  readonly explicit: boolean;
  readonly style: number;
  readonly line: number;
}

/** Which families a family may be turned into (Microsoft's conversion table), implicitly and explicitly. */
const implicit: Readonly<Record<Family, readonly Family[]>> = {
  integer: ['integer', 'numeric', 'float', 'text', 'binary', 'temporal'],
  numeric: ['integer', 'numeric', 'float', 'text', 'binary', 'temporal'],
  float: ['integer', 'numeric', 'float', 'text', 'temporal'],
  text: ['integer', 'numeric', 'float', 'text', 'guid', 'temporal'],
  binary: ['integer', 'numeric', 'text', 'binary', 'guid'],
  guid: ['guid', 'text', 'binary'],
  temporal: ['temporal', 'text'],
};
const explicitOnly: Readonly<Partial<Record<Family, readonly Family[]>>> = {
  text: ['binary'],
  temporal: ['integer', 'numeric', 'float', 'binary'],
  float: ['binary'],
};

/** The conversion between two types, or null when values stay as they are. Throws 206, 257 or 529 for a refused one. */
export function conversion(from: SqlType, to: SqlType, context: ConversionContext): Convert | null {
  checkAllowed(from, to, context);
  if (sameType(from, to) || isWidening(from, to)) return null;
  if (isText(to)) return toText(from, to, context.style);
  if (isTemporal(to)) return toMoment(from, to);
  switch (to.name) {
    case 'numeric':
      return toNumeric(from, to);
    case 'float':
      return toFloat(from);
    case 'uniqueidentifier':
      return toGuid(from);
    case 'varbinary':
      return toBinary(from, to.length, context.style);
    default:
      return toInteger(from, to);
  }
}

/** Text into longer text, or a whole number into a larger type: nothing to do. */
function isWidening(from: SqlType, to: SqlType): boolean {
  if (isText(from) && isText(to)) {
    const fixed = to.name === 'char' || to.name === 'nchar';
    return !fixed && (to.length === 'max' || (from.length !== 'max' && from.length <= to.length));
  }
  const sizes = ['bit', 'tinyint', 'smallint', 'int', 'bigint'];
  return (
    sizes.includes(from.name) &&
    sizes.includes(to.name) &&
    sizes.indexOf(from.name) <= sizes.indexOf(to.name) &&
    to.name !== 'bit'
  );
}

function checkAllowed(from: SqlType, to: SqlType, { explicit, line }: ConversionContext): void {
  const [source, target] = [familyOf(from), familyOf(to)];
  const [given, wanted] = [displayName(from), displayName(to)];
  const newer = isTemporal(to) && to.name !== 'datetime';
  const older = isTemporal(from) && from.name !== 'datetime';
  const numberToNewer = newer && ['integer', 'numeric', 'float', 'binary'].includes(source);
  const newerToNumber = older && ['integer', 'numeric', 'float'].includes(target);
  const mixed = (from.name === 'time' && to.name === 'date') || (from.name === 'date' && to.name === 'time');
  if (numberToNewer || newerToNumber || mixed) {
    throw explicit ? explicitConversionRefused(given, wanted, line) : typeClash(given, wanted, line);
  }
  if (implicit[source].includes(target)) return;
  const possible = explicitOnly[source]?.includes(target) ?? false;
  if (explicit && possible) return;
  if (possible) throw implicitConversionRefused(given, wanted, line);
  throw explicit ? explicitConversionRefused(given, wanted, line) : typeClash(given, wanted, line);
}

function toGuid(from: SqlType): Convert {
  return (value) => {
    if (value === null) return null;
    if (value instanceof Uint8Array) return bytesToGuid(value);
    const guid = isText(from) ? guidText(String(value)) : null;
    if (guid === null) throw notAGuid();
    return guid;
  };
}

function toBinary(from: SqlType, length: number | 'max', style: number): Convert {
  if (['numeric', 'float', 'temporal'].includes(familyOf(from))) throw unsupported(`${displayName(from)} as varbinary`);
  return (value) => {
    if (value === null) return null;
    const bytes = bytesOf(value, from, style);
    return length === 'max' || bytes.length <= length ? bytes : cutBytes(bytes, from, length);
  };
}

/** Numbers keep their last bytes, text and binary their first. */
function cutBytes(bytes: Uint8Array, from: SqlType, length: number): Uint8Array {
  return familyOf(from) === 'integer' ? bytes.slice(-length) : bytes.slice(0, length);
}

function bytesOf(value: bigint | number | string | Uint8Array, from: SqlType, style: number): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (from.name === 'uniqueidentifier') return guidToBytes(String(value));
  if (isText(from)) {
    if (style === 0) return encodeText(String(value), from);
    const hex = style === 1 && /^0x/i.test(String(value)) ? String(value).slice(2) : String(value);
    const bytes = style === 1 && hex === value ? null : hexToBytes(hex);
    if (bytes === null) throw conversionFailed(displayName(from), String(value), 'varbinary');
    return bytes;
  }
  return integerBytes(BigInt(value), from);
}
