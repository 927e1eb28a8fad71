import type { SqlType } from '../sql-type.ts';

const widthsBytes: Readonly<Record<string, number>> = { bit: 1, tinyint: 1, smallint: 2, int: 4, bigint: 8 };

/** A whole number as big-endian bytes of its type's width. */
export function integerBytes(value: bigint, type: SqlType): Uint8Array {
  const widthBytes = widthsBytes[type.name] ?? 8;
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return new Uint8Array(bytes.subarray(8 - widthBytes));
}
