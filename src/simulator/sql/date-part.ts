import {
  calendarOf,
  dayOf,
  type Moment,
  normalized,
  ticksPerDay,
  ticksPerMinute,
  ticksPerSecond,
} from './moment/moment.ts';

/** Date parts by the names and abbreviations that a query may write. */
const names: Readonly<Record<string, DatePart>> = {
  year: 'year',
  yy: 'year',
  yyyy: 'year',
  quarter: 'quarter',
  qq: 'quarter',
  q: 'quarter',
  month: 'month',
  mm: 'month',
  m: 'month',
  dayofyear: 'dayofyear',
  dy: 'dayofyear',
  y: 'dayofyear',
  day: 'day',
  dd: 'day',
  d: 'day',
  week: 'week',
  wk: 'week',
  ww: 'week',
  weekday: 'weekday',
  dw: 'weekday',
  w: 'weekday',
  hour: 'hour',
  hh: 'hour',
  minute: 'minute',
  mi: 'minute',
  n: 'minute',
  second: 'second',
  ss: 'second',
  s: 'second',
  millisecond: 'millisecond',
  ms: 'millisecond',
  microsecond: 'microsecond',
  mcs: 'microsecond',
  nanosecond: 'nanosecond',
  ns: 'nanosecond',
};

export type DatePart =
  | 'year'
  | 'quarter'
  | 'month'
  | 'dayofyear'
  | 'day'
  | 'week'
  | 'weekday'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond'
  | 'microsecond'
  | 'nanosecond';

export function datePart(word: string): DatePart | null {
  return Object.hasOwn(names, word) ? (names[word] ?? null) : null;
}

/** Ticks of the parts that are a fixed number of them. */
const ticks = {
  hour: 60 * ticksPerMinute,
  minute: ticksPerMinute,
  second: ticksPerSecond,
  millisecond: ticksPerSecond / 1000,
  microsecond: ticksPerSecond / 1_000_000,
} as const;

/** How many boundaries of a part lie between two moments: DATEDIFF. */
export function partsBetween(part: DatePart, from: Moment, to: Moment): bigint {
  const count = (of: (moment: Moment) => number): bigint => BigInt(of(to) - of(from));
  switch (part) {
    case 'year':
      return count(({ day }) => calendarOf(day).year);
    case 'quarter':
      return count(({ day }) => Math.floor(monthNumber(day) / 3));
    case 'month':
      return count(({ day }) => monthNumber(day));
    case 'week':
      // 1970-01-01 was a Thursday; weeks begin on Sunday whatever DATEFIRST says.
      return count(({ day }) => Math.floor((day + 4) / 7));
    case 'nanosecond':
      return (ticksOf(to) - ticksOf(from)) * 100n;
    case 'hour':
    case 'minute':
    case 'second':
    case 'millisecond':
    case 'microsecond': {
      const size = BigInt(ticks[part]);
      return floorDivide(ticksOf(to), size) - floorDivide(ticksOf(from), size);
    }
    default:
      return count(({ day }) => day);
  }
}

function monthNumber(day: number): number {
  const { year, month } = calendarOf(day);
  return year * 12 + month - 1;
}

function ticksOf({ day, tick }: Moment): bigint {
  return BigInt(day) * BigInt(ticksPerDay) + BigInt(tick);
}

function floorDivide(value: bigint, by: bigint): bigint {
  return value >= 0n || value % by === 0n ? value / by : value / by - 1n;
}

/** The moment a number of parts later: DATEADD. Months end where the target month ends. */
export function addParts(part: DatePart, count: bigint, moment: Moment): Moment {
  switch (part) {
    case 'year':
      return addMonths(moment, count * 12n);
    case 'quarter':
      return addMonths(moment, count * 3n);
    case 'month':
      return addMonths(moment, count);
    case 'week':
      return { ...moment, day: moment.day + Number(count) * 7 };
    case 'day':
    case 'dayofyear':
    case 'weekday':
      return { ...moment, day: moment.day + Number(count) };
    case 'nanosecond':
      return addTicks(moment, count / 100n);
    default:
      return addTicks(moment, count * BigInt(ticks[part]));
  }
}

function addTicks(moment: Moment, count: bigint): Moment {
  const perDay = BigInt(ticksPerDay);
  return normalized({
    ...moment,
    day: moment.day + Number(count / perDay),
    tick: moment.tick + Number(count % perDay),
  });
}

const mostMonths = 12n * 20_000n;

function addMonths(moment: Moment, count: bigint): Moment {
  const limited = count > mostMonths ? mostMonths : count < -mostMonths ? -mostMonths : count;
  const { date } = calendarOf(moment.day);
  const months = monthNumber(moment.day) + Number(limited);
  const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  const lastDate = dayOf(year, month + 1, 1) - dayOf(year, month, 1);
  return { ...moment, day: dayOf(year, month, Math.min(date, lastDate)) };
}

/** The number of a part within its moment: DATEPART, with weeks that begin on the day of SET DATEFIRST: 1 is Monday, 7 Sunday. */
export function partOf(part: DatePart, moment: Moment, dateFirst = 7): number {
  const { year, month, date } = calendarOf(moment.day);
  const second = Math.floor(moment.tick / ticksPerSecond);
  const fraction = moment.tick % ticksPerSecond;
  // Day 0, of 1970, is a Thursday.
  const sinceWeekStart = 4 - (dateFirst % 7);
  const weekOf = (day: number): number => Math.floor((day + sinceWeekStart) / 7);
  const parts: Readonly<Record<DatePart, number>> = {
    year,
    quarter: Math.floor((month + 2) / 3),
    month,
    dayofyear: moment.day - dayOf(year, 1, 1) + 1,
    day: date,
    week: weekOf(moment.day) - weekOf(dayOf(year, 1, 1)) + 1,
    weekday: moment.day + sinceWeekStart - 7 * weekOf(moment.day) + 1,
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
    millisecond: Math.floor(fraction / 10_000),
    microsecond: Math.floor(fraction / 10),
    nanosecond: fraction * 100,
  };
  return parts[part];
}
