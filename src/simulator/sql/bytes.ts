import type { SqlType } from '../sql-type.ts';
import { isNational } from './data-type.ts';

export function bytesToHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

/** Bytes of an even number of hexadecimal digits; null for other text. */
export function hexToBytes(text: string): Uint8Array | null {
  return /^(?:[0-9a-f]{2})*$/i.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : null;
}

/** Text of bytes: UTF-16 for nvarchar; code page 1252's Latin-1 part for varchar. */
export function decodeText(bytes: Uint8Array, type: SqlType): string {
  return Buffer.from(bytes).toString(isNational(type) ? 'utf16le' : 'latin1');
}

export function encodeText(text: string, type: SqlType): Uint8Array {
  return new Uint8Array(Buffer.from(text, isNational(type) ? 'utf16le' : 'latin1'));
}

const guidForm = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:\}|$)/i;

/** The GUID at the start of a text, upper case; null when there is none. Text after 36 characters is ignored. */
export function guidText(text: string): string | null {
  return (
    guidForm.exec(text.slice(0, 38))?.[1]?.toUpperCase() ?? guidForm.exec(text.slice(0, 36))?.[1]?.toUpperCase() ?? null
  );
}

/** A GUID's bytes: its first three groups are little-endian numbers. */
export function guidToBytes(guid: string): Uint8Array {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return new Uint8Array(bytes);
}

export function bytesToGuid(source: Uint8Array): string {
  const bytes = Buffer.alloc(16);
  bytes.set(source.subarray(0, 16));
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  const hex = bytes.toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Orders GUIDs as SQL Server does: by their last six bytes first. */
export function guidOrder(guid: string): string {
  const [a = '', b = '', c = '', d = '', e = ''] = guid.split('-');
  const reversed = (group: string): string => (group.match(/../g) ?? []).reverse().join('');
  return `${e}${d}${reversed(c)}${reversed(b)}${reversed(a)}`;
}
