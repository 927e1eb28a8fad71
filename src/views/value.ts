import { ColumnError } from './column.ts';

/** Unix seconds of a plain `datetime` in the server's local time: the driver reads it as if it were UTC. */
export function localTimestampSeconds(value: Date | null, localOffsetSeconds: number): number | null {
  return value === null ? null : value.getTime() / 1000 - localOffsetSeconds;
}

/** Unix seconds of a UTC `datetime`. */
export function utcTimestampSeconds(value: Date | null): number | null {
  return value === null ? null : value.getTime() / 1000;
}

/** A bigint column as a number. Sizes and rates stay far below 2^53; above it the last digits are rounded, never lost in size. */
export function bigintNumber(value: string | null): number | null {
  return value === null ? null : Number(value);
}

/** Milliseconds in a bigint column as seconds. */
export function secondsOfMilliseconds(value: string | null): number | null {
  return value === null ? null : Number(value) / 1000;
}

/** Kilobytes, of 1024 bytes as SQL Server counts them, in a bigint column as bytes. */
export function bytesOfKilobytes(value: string | null): number | null {
  return value === null ? null : Number(value) * 1024;
}

/** A log sequence number, numeric(25,0) cast to text. Throws ColumnError when it is not one. */
export function logSequenceNumber(value: string | null): bigint | null {
  if (value === null) return null;
  if (!/^\d+$/.test(value)) throw new ColumnError('a log sequence number is not a whole number');
  return BigInt(value);
}
