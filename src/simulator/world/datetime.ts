/** SQL Server keeps a datetime in ticks of 1/300 s, so its milliseconds end in 0, 3 or 7. */
const ticksPerSecond = 300;
const millisecondsPerMinute = 60_000;

/**
 * An instant as a `datetime` without a zone: `2026-11-21T10:30:00.003`, rounded as the type is.
 * `offsetMinutes` is how far the written clock is ahead of UTC; 0 writes a `_utc` column.
 */
export function datetimeText(unixMilliseconds: number, offsetMinutes: number): string {
  const ticks = Math.round((unixMilliseconds * ticksPerSecond) / 1000);
  const rounded = Math.round((ticks * 1000) / ticksPerSecond);
  return new Date(rounded + offsetMinutes * millisecondsPerMinute).toISOString().slice(0, -1);
}
