import type { SqlType } from '../../sql-type.ts';
import { bytesToHex, decodeText } from '../bytes.ts';
import { displayName, isTemporal, type TextType } from '../data-type.ts';
import { sqlError } from '../errors/errors.ts';
import { overflowBetween } from '../errors/value.ts';
import { formatFloat } from '../float-text.ts';
import { momentStyle } from '../moment/style.ts';
import { decodeNumber, formatUnscaled } from '../number-key.ts';
import { momentOf, type Stored } from '../storage.ts';

export type Convert = (value: Stored) => Stored;

/** CONVERT to a text type. `style` is 0 where none is given. */
export function toText(from: SqlType, to: TextType, style: number): Convert {
  const write = writer(from, to, style);
  const cut = truncation(from, to);
  return (value) => (value === null ? null : padded(cut(write(value)), to));
}

function writer(from: SqlType, to: SqlType, style: number): (value: Stored) => string {
  if (isTemporal(from)) {
    const format = momentStyle(from, style);
    return (value) => format(momentOf(String(value)));
  }
  switch (from.name) {
    case 'numeric':
      return (value) => formatUnscaled(decodeNumber(String(value), from.scale), from.scale);
    case 'float':
      return (value) => formatFloat(Number(value), style);
    case 'varbinary':
      return (value) => binaryText(value, to, style);
    default:
      return String;
  }
}

function binaryText(value: Stored, to: SqlType, style: number): string {
  const bytes = value instanceof Uint8Array ? value : new Uint8Array();
  if (style === 1) return `0x${bytesToHex(bytes)}`;
  return style === 2 ? bytesToHex(bytes) : decodeText(bytes, to);
}

/** Text is cut silently; a whole number too long for varchar becomes `*`, and anything else is error 8115. */
function truncation(from: SqlType, to: TextType): (text: string) => string {
  const { length } = to;
  if (length === 'max') return (text) => text;
  if ('length' in from || isTemporal(from)) return (text) => (text.length > length ? text.slice(0, length) : text);
  return (text) => {
    if (text.length <= length) return text;
    if (from.name === 'uniqueidentifier') throw guidTooLong();
    const narrow = to.name === 'varchar' || to.name === 'char';
    if (narrow && ['tinyint', 'smallint', 'int', 'bit'].includes(from.name)) return '*';
    throw overflowBetween(from.name === 'numeric' ? 'numeric' : 'expression', displayName(to));
  };
}

function guidTooLong(): Error {
  const message = 'Insufficient result space to convert uniqueidentifier value to char.';
  return sqlError({ number: 8170, state: 2 }, message);
}

function padded(text: string, to: TextType): string {
  return to.name === 'char' || to.name === 'nchar' ? text.padEnd(Number(to.length)) : text;
}
