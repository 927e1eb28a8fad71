import type { SqlType, SqlValue } from '../sql-type.ts';
import { formatMoment, parseMoment, utcOf } from './moment/moment.ts';
import { decodeNumber, encodeNumber, formatUnscaled, parseDecimal } from './number-key.ts';

/**
 * A value as SQLite holds it: whole numbers and bits as INTEGER, float as REAL, numeric as a number key, text,
 * date and time as ISO text of the type's own length, datetimeoffset as `UTC|offset`, GUIDs as upper-case text.
 */
export type Stored = bigint | number | string | Uint8Array | null;

/** How values of a type go into SQLite. */
export function toStored(type: SqlType): (value: SqlValue) => Stored {
  switch (type.name) {
    case 'numeric':
      return (value) => (value === null ? null : storedNumeric(String(value)));
    case 'float':
      return (value) => (value === null ? null : Number(value));
    case 'uniqueidentifier':
      return (value) => (value === null ? null : String(value).toUpperCase());
    case 'datetimeoffset':
      return (value) => (value === null ? null : storedOffset(String(value), type.scale));
    case 'varbinary':
      return (value) => (value instanceof Uint8Array ? value : null);
    case 'bit':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return (value) => (value === null ? null : BigInt(value as number | bigint | boolean));
    default:
      return (value) => (value === null ? null : String(value));
  }
}

/** How values of a type come out of SQLite, for the wire. */
export function fromStored(type: SqlType): (stored: Stored) => SqlValue {
  switch (type.name) {
    case 'bit':
      return (stored) => (stored === null ? null : Boolean(stored));
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'float':
      return (stored) => (stored === null ? null : Number(stored));
    case 'numeric':
      return (stored) =>
        stored === null ? null : formatUnscaled(decodeNumber(String(stored), type.scale), type.scale);
    case 'datetimeoffset':
      return (stored) => (stored === null ? null : shownOffset(String(stored), type.scale));
    default:
      return (stored) => stored;
  }
}

function storedNumeric(text: string): string {
  const { unscaled, scale } = parseDecimal(text) ?? { unscaled: 0n, scale: 0 };
  return encodeNumber(unscaled, scale);
}

function storedOffset(text: string, scale: number): string {
  const moment = parseMoment(text);
  return moment === null ? text : formatStoredOffset(moment, scale);
}

type Moment = NonNullable<ReturnType<typeof parseMoment>>;

/** `UTC|minutes`: the part before the bar orders and compares as a real server compares datetimeoffset. */
export function formatStoredOffset(moment: Moment, scale: number): string {
  return `${formatMoment(utcOf(moment), { name: 'datetime2', scale })}|${moment.offsetMinutes ?? 0}`;
}

function shownOffset(stored: string, scale: number): string {
  return formatMoment(momentOf(stored), { name: 'datetimeoffset', scale });
}

/** The moment that stored date and time text stands for, local to its offset. */
export function momentOf(stored: string): Moment {
  const bar = stored.indexOf('|');
  const moment = parseMoment(bar < 0 ? stored : stored.slice(0, bar)) ?? { day: 0, tick: 0, offsetMinutes: null };
  if (bar < 0) return moment;
  const offsetMinutes = Number(stored.slice(bar + 1));
  return { ...utcOf({ ...moment, offsetMinutes: -offsetMinutes }), offsetMinutes };
}
