import type { SqlType } from '../../sql-type.ts';
import { displayName } from '../data-type.ts';
import { invalidStyle } from '../errors/value.ts';
import { calendarOf, formatOffset, formatTime, type Moment, two, utcOf } from './moment.ts';
import { monthName } from './text.ts';

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly date: string;
  readonly name: string;
  readonly day: string;
  readonly tick: number;
  readonly scale: number;
}

type Style = (parts: Parts) => string;

const hour12 = (tick: number): string => String(((Math.floor(tick / 36_000_000_000) + 11) % 12) + 1);
const half = (tick: number): string => (tick < 432_000_000_000 ? 'AM' : 'PM');
const twelve = (parts: Parts, from: number, to: number): string =>
  hour12(parts.tick).padStart(2) + formatTime(parts.tick, 3).slice(from, to).replace('.', ':') + half(parts.tick);
const fraction = (parts: Parts): string => formatTime(parts.tick, parts.scale);

/** CONVERT's styles from date and time to text, by number (Microsoft, "CAST and CONVERT", date and time styles). */
const styles: Readonly<Record<number, Style>> = {
  0: (p) => `${p.name} ${p.day} ${p.year} ${twelve(p, 2, 5)}`,
  1: (p) => `${p.month}/${p.date}/${p.year.slice(2)}`,
  2: (p) => `${p.year.slice(2)}.${p.month}.${p.date}`,
  3: (p) => `${p.date}/${p.month}/${p.year.slice(2)}`,
  8: (p) => formatTime(p.tick, 0),
  9: (p) => `${p.name} ${p.day} ${p.year} ${twelve(p, 2, 12)}`,
  12: (p) => `${p.year.slice(2)}${p.month}${p.date}`,
  20: (p) => `${p.year}-${p.month}-${p.date} ${formatTime(p.tick, 0)}`,
  21: (p) => `${p.year}-${p.month}-${p.date} ${fraction(p)}`,
  23: (p) => `${p.year}-${p.month}-${p.date}`,
  24: (p) => formatTime(p.tick, 0),
  101: (p) => `${p.month}/${p.date}/${p.year}`,
  102: (p) => `${p.year}.${p.month}.${p.date}`,
  103: (p) => `${p.date}/${p.month}/${p.year}`,
  104: (p) => `${p.date}.${p.month}.${p.year}`,
  105: (p) => `${p.date}-${p.month}-${p.year}`,
  106: (p) => `${p.date} ${p.name} ${p.year}`,
  107: (p) => `${p.name} ${p.date}, ${p.year}`,
  110: (p) => `${p.month}-${p.date}-${p.year}`,
  111: (p) => `${p.year}/${p.month}/${p.date}`,
  112: (p) => `${p.year}${p.month}${p.date}`,
  114: (p) => fraction(p).replace('.', ':'),
  126: (p) => `${p.year}-${p.month}-${p.date}T${withoutZeroFraction(p)}`,
};
const aliases: Readonly<Record<number, number>> = {
  100: 0,
  108: 8,
  109: 9,
  14: 114,
  120: 20,
  121: 21,
  25: 21,
  127: 126,
};

/** How a style writes a date and time type; the default is 0 for datetime and 121 for the newer types. Throws 281. */
export function momentStyle(type: SqlType, given: number): (moment: Moment) => string {
  const scale = type.name === 'datetime' ? 3 : 'scale' in type ? type.scale : 0;
  const wanted = given === 0 && type.name !== 'datetime' ? 121 : given;
  const style = styles[aliases[wanted] ?? wanted];
  if (style === undefined) throw invalidStyle(given, displayName(type));
  if (type.name === 'date' && wanted === 121) return (moment) => styles[23]?.(parts(moment, 0)) ?? '';
  if (type.name === 'time' && (wanted === 121 || wanted === 126)) return (moment) => formatTime(moment.tick, scale);
  const offset = type.name === 'datetimeoffset';
  if (wanted === 127) return (moment) => `${style(parts(offset ? utcOf(moment) : moment, scale))}${offset ? 'Z' : ''}`;
  const shown = offset && [0, 20, 21, 120, 121, 126].includes(wanted);
  const blank = wanted === 126 ? '' : ' ';
  return (moment) => style(parts(moment, scale)) + (shown ? blank + formatOffset(moment.offsetMinutes ?? 0) : '');
}

/** ISO 8601 leaves a fraction of zero out of datetime, but not out of datetime2. */
function withoutZeroFraction(parts: Parts): string {
  const text = fraction(parts);
  return parts.scale === 3 ? text.replace(/\.000$/, '') : text;
}

function parts(moment: Moment, scale: number): Parts {
  const { year, month, date } = calendarOf(moment.day);
  return {
    year: String(year).padStart(4, '0'),
    month: two(month),
    date: two(date),
    name: monthName(month),
    day: String(date).padStart(2),
    tick: moment.tick,
    scale,
  };
}
