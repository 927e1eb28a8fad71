const pattern = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/** How many bytes a numeric takes, with its sign byte (MS-TDS 2.2.5.5.1.6). */
export function numericSizeBytes(precision: number): number {
  if (precision <= 9) return 5;
  if (precision <= 19) return 9;
  return precision <= 28 ? 13 : 17;
}

/**
 * Sign byte (1 is positive) and magnitude, little endian, of a decimal text. More digits after the point than `scale`
 * are rounded half away from zero, as SQL Server does. Error for what is no number or doesn't fit.
 */
export function encodeNumeric(text: string, precision: number, scale: number): Buffer {
  const [, sign, whole = '', fraction = ''] = pattern.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') throw new Error(`not a number: ${JSON.stringify(text)}`);
  const kept = BigInt(`0${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`);
  const magnitude = (fraction[scale] ?? '0') >= '5' ? kept + 1n : kept;
  if (magnitude >= 10n ** BigInt(precision)) throw new Error(`${text} is too large for numeric(${precision},${scale})`);
  const bytes = Buffer.alloc(numericSizeBytes(precision));
  bytes.writeUInt8(sign === '-' && magnitude !== 0n ? 0 : 1, 0);
  let rest = magnitude;
  for (let index = 1; index < bytes.length; index += 1, rest >>= 8n) bytes.writeUInt8(Number(rest & 0xffn), index);
  return bytes;
}

/** The decimal text of sign byte and magnitude, with exactly `scale` digits after the point. */
export function decodeNumeric(bytes: Uint8Array, scale: number): string {
  let magnitude = 0n;
  for (const byte of [...bytes.subarray(1)].reverse()) magnitude = (magnitude << 8n) | BigInt(byte);
  const digits = String(magnitude).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const sign = bytes[0] === 0 && magnitude !== 0n ? '-' : '';
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(digits.length - scale)}`;
}
