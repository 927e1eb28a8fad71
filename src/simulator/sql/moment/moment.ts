import type { SqlType } from '../../sql-type.ts';

/** A date and time: days since 1970-01-01, ticks of 100 ns in the day, and the offset if it has one. */
export interface Moment {
  readonly day: number;
  readonly tick: number;
  readonly offsetMinutes: number | null;
}

export const ticksPerSecond = 10_000_000;
export const ticksPerMinute = 60 * ticksPerSecond;
export const ticksPerDay = 1440 * ticksPerMinute;
const ticksPerMillisecond = 10_000;
const millisecondsPerDay = 86_400_000;

/** 1900-01-01, the day that `datetime` counts from and that a lone time belongs to. */
export const baseDay = -25_567;
/** 0001-01-01, 1753-01-01 and 9999-12-31, the bounds of date and datetime. */
export const firstDay = -719_162;
export const firstDatetimeDay = -79_257;
export const lastDay = 2_932_896;

const iso = /^(?:(\d{4})-(\d\d)-(\d\d))?(?:T?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?)?(?:([+-])(\d\d):(\d\d)|Z)?$/;

/** Reads the ISO text that values travel as; null when it is none. */
export function parseMoment(text: string): Moment | null {
  const match = iso.exec(text);
  if (match === null) return null;
  const [, year, month, date, hour = '0', minute = '0', second = '0', fraction = '', sign, hours = 0, minutes = 0] =
    match;
  const day = year === undefined ? baseDay : dayOf(Number(year), Number(month), Number(date));
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const tick = seconds * ticksPerSecond + Number(fraction.padEnd(7, '0'));
  const offset = Number(hours) * 60 + Number(minutes);
  return { day, tick, offsetMinutes: sign === undefined ? null : sign === '-' ? -offset : offset };
}

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar. */
export function dayOf(year: number, month: number, date: number): number {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, date);
  return Math.round(moment.getTime() / millisecondsPerDay);
}

export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

export function calendarOf(day: number): CalendarDate {
  const moment = new Date(day * millisecondsPerDay);
  return { year: moment.getUTCFullYear(), month: moment.getUTCMonth() + 1, date: moment.getUTCDate() };
}

/** Moves a tick count that left its day back into one. */
export function normalized(moment: Moment): Moment {
  const days = Math.floor(moment.tick / ticksPerDay);
  return days === 0 ? moment : { ...moment, day: moment.day + days, tick: moment.tick - days * ticksPerDay };
}

/** The same instant in UTC, without an offset. */
export function utcOf(moment: Moment): Moment {
  const tick = moment.tick - (moment.offsetMinutes ?? 0) * ticksPerMinute;
  return normalized({ day: moment.day, tick, offsetMinutes: null });
}

export function fromUnixMilliseconds(milliseconds: number): Moment {
  const day = Math.floor(milliseconds / millisecondsPerDay);
  return {
    day,
    tick: Math.round((milliseconds - day * millisecondsPerDay) * ticksPerMillisecond),
    offsetMinutes: null,
  };
}

/** Rounds to what a type can hold: 1/300 s for datetime, the scale's digits for the others. */
export function rounded(moment: Moment, type: SqlType): Moment {
  if (type.name === 'date') return { ...moment, tick: 0 };
  if (type.name === 'datetime') {
    const units = Math.round((moment.tick * 3) / 100_000);
    return normalized({ ...moment, tick: Math.round(units / 0.3) * ticksPerMillisecond });
  }
  const step = 10 ** (7 - ('scale' in type ? type.scale : 7));
  const tick = Math.round(moment.tick / step) * step;
  // A time of day wraps no further than its own day's last tick.
  return type.name === 'time' ? { ...moment, tick: tick % ticksPerDay } : normalized({ ...moment, tick });
}

/** ISO text as the type's values travel; the moment has to be rounded to the type. */
export function formatMoment(moment: Moment, type: SqlType): string {
  if (type.name === 'date') return formatDate(moment.day);
  const scale = type.name === 'datetime' ? 3 : 'scale' in type ? type.scale : 7;
  const time = formatTime(moment.tick, scale);
  if (type.name === 'time') return time;
  const text = `${formatDate(moment.day)}T${time}`;
  return type.name === 'datetimeoffset' ? text + formatOffset(moment.offsetMinutes ?? 0) : text;
}

export function formatDate(day: number): string {
  const { year, month, date } = calendarOf(day);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
}

/** `HH:MM:SS` and as many digits of the second as `scale` says. */
export function formatTime(tick: number, scale: number): string {
  const seconds = Math.floor(tick / ticksPerSecond);
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = String(tick % ticksPerSecond)
    .padStart(7, '0')
    .slice(0, scale);
  return scale === 0 ? text : `${text}.${fraction}`;
}

export function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

export function two(value: number): string {
  return String(value).padStart(2, '0');
}
