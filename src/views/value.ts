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
