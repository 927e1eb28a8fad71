import type { SqlType } from '../../../sql-type.ts';
import { call, implicitly, nullLiteral, strict } from '../../bound.ts';
import { inRange, storeMoment } from '../../convert/moment.ts';
import { checkRange, integerRange } from '../../convert/number.ts';
import {
  bigint,
  datetime,
  displayName,
  familyOf,
  int,
  isTemporal,
  isText,
  type TemporalType,
  textType,
  typeKey,
} from '../../data-type.ts';
import { addParts, type DatePart, datePart, partOf, partsBetween } from '../../date-part.ts';
import { datePartRefused, invalidArgumentType, invalidDatePart } from '../../errors/type.ts';
import { dateAddOverflow, dateDifferenceOverflow } from '../../errors/value.ts';
import type { FunctionCall, Functions } from '../../function-spec.ts';
import { fromUnixMilliseconds, type Moment } from '../../moment/moment.ts';
import { monthName } from '../../moment/text.ts';
import { momentOf, type Stored } from '../../storage.ts';
import type { Binder, Bound } from '../binder.ts';

const datetime2: TemporalType = { name: 'datetime2', scale: 7 };
const datetimeOffset: TemporalType = { name: 'datetimeoffset', scale: 7 };

/** Clocks and date arithmetic. All clocks of one statement show the same instant. */
export const dateFunctions: Functions = {
  GETDATE: clock('local', datetime),
  CURRENT_TIMESTAMP: clock('local', datetime),
  GETUTCDATE: clock('utc', datetime),
  SYSDATETIME: clock('local', datetime2),
  SYSUTCDATETIME: clock('utc', datetime2),
  SYSDATETIMEOFFSET: clock('local', datetimeOffset),
  DATEADD: { least: 3, most: 3, takesDatePart: true, bind: dateAdd },
  DATEDIFF: { least: 3, most: 3, takesDatePart: true, bind: (spec) => dateDifference(spec, int) },
  DATEDIFF_BIG: { least: 3, most: 3, takesDatePart: true, bind: (spec) => dateDifference(spec, bigint) },
  DATEPART: { least: 2, most: 2, takesDatePart: true, bind: (spec) => partNumber(spec, partNamed(spec)) },
  DATENAME: { least: 2, most: 2, takesDatePart: true, bind: partName },
  YEAR: { least: 1, most: 1, bind: (spec) => partNumber(spec, 'year') },
  MONTH: { least: 1, most: 1, bind: (spec) => partNumber(spec, 'month') },
  DAY: { least: 1, most: 1, bind: (spec) => partNumber(spec, 'day') },
};

function clock(zone: 'local' | 'utc', type: TemporalType): Functions[string] {
  return { least: 0, most: 0, bind: ({ binder }) => clockCall(binder, zone, type) };
}

function clockCall(binder: Binder, zone: 'local' | 'utc', type: TemporalType): Bound {
  const { runtime } = binder;
  const run = (): Stored => {
    const offsetMinutes = zone === 'utc' ? 0 : runtime.instance.properties.localOffsetMinutes;
    const local = fromUnixMilliseconds(runtime.nowMilliseconds + offsetMinutes * 60_000);
    return storeMoment({ ...local, offsetMinutes }, type);
  };
  return call(binder, { key: `clock ${zone} ${typeKey(type)}`, run, type, nullable: false }, []);
}

function partNamed(spec: FunctionCall): DatePart {
  const part = datePart(spec.datePart);
  if (part === null) throw invalidDatePart(spec.datePart, spec.name.toLowerCase(), spec.line);
  return part;
}

/** An argument as a date and time: text becomes datetime2 where nothing else is asked, numbers become datetime. */
function moment(spec: FunctionCall, at: number, forText: TemporalType): Bound & { readonly type: TemporalType } {
  const bound = spec.args[at] ?? nullLiteral();
  if (bound.isNull === true) return { ...bound, type: datetime };
  const { type } = bound;
  if (isTemporal(type)) return { ...bound, type };
  if (familyOf(type) === 'guid' || familyOf(type) === 'binary') {
    throw invalidArgumentType(displayName(type), at + 2, spec.name.toLowerCase());
  }
  const to = isText(type) ? forText : datetime;
  return { ...implicitly(spec.binder, bound, to, spec.line), type: to };
}

const timeParts: readonly DatePart[] = ['hour', 'minute', 'second', 'millisecond', 'microsecond', 'nanosecond'];

function checkPart(spec: FunctionCall, part: DatePart, type: SqlType): void {
  const isTime = timeParts.includes(part);
  const fine = part === 'microsecond' || part === 'nanosecond';
  const refused =
    (type.name === 'date' && isTime) || (type.name === 'time' && !isTime) || (type.name === 'datetime' && fine);
  if (refused) throw datePartRefused(part, spec.name.toLowerCase(), displayName(type));
}

/** DATEADD keeps the date's type; its count is an int, cut if it has a fraction. */
function dateAdd(spec: FunctionCall): Bound {
  const part = partNamed(spec);
  const count = implicitly(spec.binder, spec.args[0] ?? nullLiteral(), int, spec.line);
  const date = moment(spec, 1, datetime);
  const { type } = date;
  checkPart(spec, part, type);
  const run = strict((number, value) => {
    const result = addParts(part, BigInt(number as bigint), momentOf(String(value)));
    if (type.name !== 'time' && !inRange(result, type)) throw dateAddOverflow(displayName(type));
    return storeMoment(result, type);
  });
  return call(spec.binder, { key: `DATEADD ${part} ${typeKey(type)}`, run, type }, [count, date]);
}

function dateDifference(spec: FunctionCall, type: typeof int): Bound {
  const part = partNamed(spec);
  const [from, to] = [moment(spec, 0, datetime2), moment(spec, 1, datetime2)];
  const [least, most] = type.name === 'int' ? integerRange.int : integerRange.bigint;
  const run = strict((first, second) => {
    const count = partsBetween(part, comparable(momentOf(String(first))), comparable(momentOf(String(second))));
    if (count < least || count > most) throw dateDifferenceOverflow(spec.name.toLowerCase());
    return checkRange(count, type);
  });
  return call(spec.binder, { key: `${spec.name} ${part}`, run, type }, [from, to]);
}

/** With an offset, the difference is that of the instants. */
function comparable(value: Moment): Moment {
  if (value.offsetMinutes === null) return value;
  const tick = value.tick - value.offsetMinutes * 600_000_000;
  const days = Math.floor(tick / 864_000_000_000);
  return { day: value.day + days, tick: tick - days * 864_000_000_000, offsetMinutes: null };
}

function partNumber(spec: FunctionCall, part: DatePart): Bound {
  const date = moment(spec, 0, datetime2);
  const { runtime } = spec.binder;
  const run = strict((value) => BigInt(partOf(part, momentOf(String(value)), runtime.options.dateFirst)));
  return call(spec.binder, { key: `DATEPART ${part}`, run, type: int }, [date]);
}

const longMonths: Readonly<Record<string, string>> = {
  Jan: 'January',
  Feb: 'February',
  Mar: 'March',
  Apr: 'April',
  May: 'May',
  Jun: 'June',
  Jul: 'July',
  Aug: 'August',
  Sep: 'September',
  Oct: 'October',
  Nov: 'November',
  Dec: 'December',
};
const sunday = 7;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function partName(spec: FunctionCall): Bound {
  const part = partNamed(spec);
  const date = moment(spec, 0, datetime2);
  const { runtime } = spec.binder;
  const run = strict((value) => {
    const moment = momentOf(String(value));
    const number = partOf(part, moment, part === 'weekday' ? sunday : runtime.options.dateFirst);
    if (part === 'month') return longMonths[monthName(number)] ?? '';
    return part === 'weekday' ? (weekdays[number - 1] ?? '') : String(number);
  });
  return call(spec.binder, { key: `DATENAME ${part}`, run, type: textType(true, 30) }, [date]);
}
