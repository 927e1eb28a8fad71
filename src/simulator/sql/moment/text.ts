import { baseDay, calendarOf, dayOf, type Moment, ticksPerMinute, ticksPerSecond } from './moment.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const time = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.:](\d{1,9}))?)?(?:\s*(am|pm))?`;
const zone = String.raw`(?:\s*(?:(Z)|([+-])(\d{2}):(\d{2})))?`;
const forms = [
  { order: 'ymd', pattern: String.raw`(\d{4})(\d{2})(\d{2})` },
  { order: 'ymd', pattern: String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})` },
  { order: 'mdy', pattern: String.raw`(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})` },
  { order: 'mdy', pattern: String.raw`([a-z]{3,9})\s+(\d{1,2}),?\s+(\d{4})` },
  { order: 'dmy', pattern: String.raw`(\d{1,2})\s+([a-z]{3,9}),?\s+(\d{4})` },
].map(({ order, pattern }) => ({
  order,
  pattern: new RegExp(`^${pattern}(?:[T\\s]\\s*${time})?${zone}$`, 'i'),
}));
const timeOnly = new RegExp(`^${time}${zone}$`, 'i');

/**
 * Reads date and time text in the forms that SQL Server takes under us_english (month before day); empty text is
 * 1900-01-01. Null for any other.
 */
export function readMoment(written: string): Moment | null {
  const text = written.trim();
  if (text === '') return { day: baseDay, tick: 0, offsetMinutes: null };
  const alone = timeOnly.exec(text);
  if (alone !== null) return withTime(baseDay, alone.slice(1));
  for (const { order, pattern } of forms) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const parts = match.slice(1, 4);
    const [year, month, date] = ['y', 'm', 'd'].map((part) => parts[order.indexOf(part)] ?? '');
    const day = readDay(Number(year), readMonth(month ?? ''), Number(date));
    return day === null ? null : withTime(day, match.slice(4));
  }
  return null;
}

function readMonth(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : months.indexOf(text.slice(0, 3).toLowerCase()) + 1;
}

function readDay(year: number, month: number, date: number): number | null {
  if (year < 1 || month < 1 || month > 12 || date < 1 || date > 31) return null;
  const day = dayOf(year, month, date);
  return calendarOf(day).date === date ? day : null;
}

function withTime(day: number, parts: readonly (string | undefined)[]): Moment | null {
  const [hour = '0', minute = '0', second = '0', fraction = '', half, utc, sign, hours = '0', minutes = '0'] = parts;
  const shown = Number(hour);
  const hour24 = half === undefined ? shown : (shown % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour24 > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const ticks = hour24 * 60 * ticksPerMinute + Number(minute) * ticksPerMinute + Number(second) * ticksPerSecond;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const offsetMinutes = utc === undefined && sign === undefined ? null : offset;
  return { day, tick: ticks + Number(fraction.slice(0, 7).padEnd(7, '0')), offsetMinutes };
}

/** English month name of three letters, as CONVERT's default style writes it. */
export function monthName(month: number): string {
  const name = months[month - 1] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}
