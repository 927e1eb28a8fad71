/** A date and a time of day as the wire counts them: days since 0001-01-01, and units of 100 ns since midnight. */
export interface WireTime {
  readonly days: number;
  readonly ticks: number;
}

const ticksPerSecond = 10_000_000;
const ticksPerDay = 86_400 * ticksPerSecond;
const datetimeUnitsPerDay = 86_400 * 300;
const millisecondsPerDay = 86_400_000;
/** From 0001-01-01 to 1970-01-01. */
const daysBeforeUnix = 719_162;
/** From 0001-01-01 to 1900-01-01, where datetime starts (MS-TDS 2.2.5.5.1.8). */
const daysBefore1900 = 693_595;

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const timePattern = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/;
const offsetPattern = /^(.*?) ?(Z|[+-]\d\d:\d\d)$/;

/** Days since 0001-01-01 of `2026-11-21`. Error for anything else. */
export function parseDate(text: string): number {
  const milliseconds = datePattern.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const days = milliseconds / millisecondsPerDay + daysBeforeUnix;
  if (Number.isNaN(days) || days < 0) throw new Error(`not a date: ${JSON.stringify(text)}`);
  return days;
}

/** Units of 100 ns since midnight of `10:30:00.0000000`. Error for anything else. */
export function parseTime(text: string): number {
  const [, hours = '', minutes = '', seconds = '0', fraction = ''] = timePattern.exec(text) ?? [];
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const inRange = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  if (hours === '' || !inRange) throw new Error(`not a time: ${JSON.stringify(text)}`);
  return whole * ticksPerSecond + Math.round(Number(`0.${fraction}0`) * ticksPerSecond);
}

/** `2026-11-21T10:30:00.003`, with `T` or a space between; a date alone is midnight. */
export function parseDateTime(text: string): WireTime {
  return { days: parseDate(text.slice(0, 10)), ticks: text.length > 10 ? parseTime(text.slice(11)) : 0 };
}

/** `2026-11-21T10:30:00.0000000+02:00`: the instant in UTC, and the offset it was written with, in minutes. */
export function parseDateTimeOffset(text: string): WireTime & { readonly offsetMinutes: number } {
  const [, local, zone] = offsetPattern.exec(text) ?? [];
  if (local === undefined || zone === undefined) throw new Error(`not a datetimeoffset: ${JSON.stringify(text)}`);
  const sign = zone.startsWith('-') ? -1 : 1;
  const offsetMinutes = zone === 'Z' ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  const { days, ticks } = parseDateTime(local);
  return { ...carry({ days, ticks: ticks - offsetMinutes * 60 * ticksPerSecond }), offsetMinutes };
}

function carry(time: WireTime): WireTime {
  const days = Math.floor(time.ticks / ticksPerDay);
  return { days: time.days + days, ticks: time.ticks - days * ticksPerDay };
}

/** Rounded to `scale` digits as SQL Server does, which may end on the next day; `units` counts that scale's units. */
export function roundToScale(time: WireTime, scale: number): { readonly days: number; readonly units: number } {
  const ticksPerUnit = 10 ** (7 - scale);
  const rounded = carry({ days: time.days, ticks: Math.round(time.ticks / ticksPerUnit) * ticksPerUnit });
  return { days: rounded.days, units: rounded.ticks / ticksPerUnit };
}

/** Days since 1900-01-01 and 1/300 s, to the nearest as SQL Server rounds: .000, .003 and .007 (MS-TDS 2.2.5.5.1.8). */
export function toDatetimeUnits(time: WireTime): { readonly days: number; readonly units: number } {
  const units = Math.round((time.ticks * 300) / ticksPerSecond);
  const isNextDay = units >= datetimeUnitsPerDay;
  return { days: time.days - daysBefore1900 + (isNextDay ? 1 : 0), units: isNextDay ? 0 : units };
}

/** The reverse of toDatetimeUnits, to the millisecond: how SQL Server shows a datetime. */
export function fromDatetimeUnits(days: number, units: number): WireTime {
  return { days: days + daysBefore1900, ticks: Math.round((units * 10) / 3) * 10_000 };
}

/** Text of a day count; Error outside 0001 to 9999. */
export function formatDate(days: number): string {
  const date = new Date((days - daysBeforeUnix) * millisecondsPerDay);
  if (Number.isNaN(date.getTime()) || days < 0 || date.getUTCFullYear() > 9999) throw new Error(`not a date: ${days}`);
  return date.toISOString().slice(0, 10);
}

/** Text of a time of day in units of 100 ns, with `scale` digits and no dot when that is 0. */
export function formatTime(ticks: number, scale: number): string {
  if (ticks < 0 || ticks >= ticksPerDay) throw new Error(`not a time of day: ${ticks}`);
  const seconds = Math.floor(ticks / ticksPerSecond);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = clock.map((part) => String(part).padStart(2, '0')).join(':');
  const fraction = String(ticks % ticksPerSecond).padStart(7, '0');
  return scale === 0 ? text : `${text}.${fraction.slice(0, scale)}`;
}

/** Text of a date and time with `scale` digits. */
export function formatDateTime(time: WireTime, scale: number): string {
  return `${formatDate(time.days)}T${formatTime(time.ticks, scale)}`;
}

/** Text of a UTC instant at an offset: local time, then `+02:00`. */
export function formatDateTimeOffset(time: WireTime, offsetMinutes: number, scale: number): string {
  const local = carry({ days: time.days, ticks: time.ticks + offsetMinutes * 60 * ticksPerSecond });
  const distance = Math.abs(offsetMinutes);
  const clock = [Math.floor(distance / 60), distance % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${formatDateTime(local, scale)}${offsetMinutes < 0 ? '-' : '+'}${clock}`;
}

/** How many bytes a time of day takes at a scale (MS-TDS 2.2.5.5.1.8). */
export function timeSizeBytes(scale: number): number {
  if (scale <= 2) return 3;
  return scale <= 4 ? 4 : 5;
}
