import type { SqlType } from '../../sql-type.ts';
import { displayName, familyOf, isTemporal, type TemporalType } from '../data-type.ts';
import { unsupported } from '../errors/errors.ts';
import { dateOutOfRange, notADate, overflow } from '../errors/value.ts';
import {
  baseDay,
  firstDatetimeDay,
  firstDay,
  formatMoment,
  lastDay,
  type Moment,
  normalized,
  rounded,
  ticksPerDay,
} from '../moment/moment.ts';
import { readMoment } from '../moment/text.ts';
import { decodeNumber } from '../number-key.ts';
import { formatStoredOffset, momentOf, type Stored } from '../storage.ts';
import type { Convert } from './text.ts';

/** Conversion to a date and time type, from text, from another such type, or from days since 1900 for datetime. */
export function toMoment(from: SqlType, to: TemporalType): Convert {
  const read = reader(from);
  return (value) => {
    if (value === null) return null;
    const moment = read(value);
    if (!inRange(moment, to))
      throw familyOf(from) === 'float' || familyOf(from) === 'integer'
        ? overflow('datetime')
        : dateOutOfRange(displayName(from), displayName(to));
    return storeMoment(moment, to);
  };
}

function reader(from: SqlType): (value: Stored) => Moment {
  if (isTemporal(from)) return (value) => momentOf(String(value));
  switch (familyOf(from)) {
    case 'text':
      return (value) => {
        const moment = readMoment(String(value));
        if (moment === null) throw notADate();
        return moment;
      };
    case 'integer':
    case 'float':
      return (value) => fromDays(Number(value));
    case 'numeric':
      return (value) => fromDays(Number(decodeNumber(String(value), 12)) / 1e12);
    default:
      throw unsupported(`${from.name} as date and time`);
  }
}

function fromDays(days: number): Moment {
  const whole = Math.floor(days);
  return normalized({ day: baseDay + whole, tick: Math.round((days - whole) * ticksPerDay), offsetMinutes: null });
}

export function inRange(moment: Moment, type: TemporalType): boolean {
  const first = type.name === 'datetime' ? firstDatetimeDay : firstDay;
  return moment.day >= first && moment.day <= lastDay;
}

/** A moment rounded to its type, as SQLite holds it; a time loses its date, a new offset is UTC's. */
export function storeMoment(moment: Moment, type: TemporalType): string {
  if (type.name === 'datetimeoffset') {
    const whole = rounded({ ...moment, offsetMinutes: moment.offsetMinutes ?? 0 }, type);
    return formatStoredOffset(whole, type.scale);
  }
  const whole = rounded({ ...moment, offsetMinutes: null }, type);
  return formatMoment(whole.day > lastDay ? { ...whole, day: lastDay, tick: ticksPerDay - 1 } : whole, type);
}
