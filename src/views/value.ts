/**
 * Unix seconds of a plain `datetime` in the server's local time, which the driver reads as if it were UTC; null where it
 * is not known how far that is from UTC.
 */
export function localTimestampSeconds(value: Date | null, localOffsetSeconds: number | null): number | null {
  return value === null || localOffsetSeconds === null ? null : value.getTime() / 1000 - localOffsetSeconds;
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
