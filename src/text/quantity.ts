const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `0 B`, `512 KiB`, `1.4 GiB`: rounded to what fits into a column. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 1023.95 would be shown as 1024.0.
  while (value >= 1023.95 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.995 ? 1 : 0;
  return `${value.toFixed(digits)} ${binaryUnits[unit] ?? ''}`;
}

const secondsPer = { d: 86_400, h: 3600, min: 60, s: 1 } as const;

/** `0 s`, `12 s`, `5 min`, `2 h 14 min`, `12 d`: at most the two largest units, rounded down. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const { d, h, min } = secondsPer;
  if (whole >= 10 * d) return `${Math.floor(whole / d)} d`;
  if (whole >= d) return two(whole, ['d', d], ['h', h]);
  if (whole >= h) return two(whole, ['h', h], ['min', min]);
  if (whole >= 10 * min) return `${Math.floor(whole / min)} min`;
  return whole >= min ? two(whole, ['min', min], ['s', 1]) : `${whole} s`;
}

function two(whole: number, [unit, size]: Unit, [smaller, smallerSize]: Unit): string {
  const rest = Math.floor((whole % size) / smallerSize);
  const first = `${Math.floor(whole / size)} ${unit}`;
  return rest === 0 ? first : `${first} ${rest} ${smaller}`;
}

type Unit = readonly [string, number];

/** `185 days`, `1 day`, `expired 3 days ago`, `expired today`. */
export function daysLeftText(seconds: number): string {
  const days = Math.floor(Math.abs(seconds) / secondsPer.d);
  const text = `${days} day${days === 1 ? '' : 's'}`;
  if (seconds > 0) return days === 0 ? 'less than a day' : text;
  return days === 0 ? 'expired today' : `expired ${text} ago`;
}

/** An instant as ISO 8601 in UTC, to the millisecond where it has one; null for null and for what no calendar holds. */
export function isoTime(timestampSeconds: number | null): string | null {
  // NaN too is no more than nothing.
  if (timestampSeconds === null || !(Math.abs(timestampSeconds) <= 8.64e12)) return null;
  return new Date(Math.round(timestampSeconds * 1000)).toISOString().replace('.000Z', 'Z');
}

/** `2026-11-21 10:00:00 UTC`. */
export function timeText(timestampSeconds: number): string {
  const text = isoTime(Math.floor(timestampSeconds));
  return text === null ? 'at a time that is out of range' : `${text.slice(0, -1).replace('T', ' ')} UTC`;
}

/** `10:42 UTC`, with the date when it is not within a day. */
export function clockText(timestampSeconds: number, nowSeconds: number): string {
  const text = timeText(timestampSeconds);
  const minutes = text.replace(/(\d\d:\d\d):\d\d UTC$/, '$1 UTC');
  return Math.abs(timestampSeconds - nowSeconds) < 20 * secondsPer.h ? minutes.slice(11) : minutes;
}

/** `1 link`, `2 links`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
