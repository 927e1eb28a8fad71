import { createHash } from 'node:crypto';

/** A GUID that depends on nothing but its parts: upper case with dashes, in the form of a version 4 UUID (RFC 9562 5.4). */
export function guid(...parts: readonly (string | number)[]): string {
  const digits = createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 32).toUpperCase();
  const variant = '89AB'.charAt(Number.parseInt(digits.charAt(16), 16) % 4);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

/** Bytes that depend on nothing but their parts: thumbprints and serial numbers. At most 32. */
export function seededBytes(length: number, ...parts: readonly (string | number)[]): Uint8Array {
  return new Uint8Array(createHash('sha256').update(parts.join('\u0000')).digest().subarray(0, length));
}
