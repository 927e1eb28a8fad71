import type { ColumnType, SqlType, SqlValue } from '../../../src/simulator/sql-type.ts';
import { fc } from '../../fuzz/property.ts';

/** A type with a value of it, in the one way the simulator writes such a value. */
export interface TypedValue {
  readonly type: SqlType;
  readonly value: Exclude<SqlValue, null>;
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0');
const day = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
const clock = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19);
const unixDays = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

const dates = fc.integer({ min: unixDays('0001-01-02'), max: unixDays('9999-12-30') }).map(day);
const recentDates = fc.integer({ min: unixDays('1753-01-01'), max: unixDays('9999-12-31') }).map(day);
const scales = fc.integer({ min: 0, max: 7 });
const times = (scale: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 10 ** scale - 1 }))
    .map(([seconds, fraction]) => clock(seconds) + (scale === 0 ? '' : `.${digits(fraction, scale)}`));
// .000, .003 and .007: what a datetime can hold.
const datetimeTimes = fc.integer({ min: 0, max: 86_400 * 300 - 1 }).map((units) => {
  const milliseconds = Math.round((units * 10) / 3);
  return `${clock(Math.floor(milliseconds / 1000))}.${digits(milliseconds % 1000, 3)}`;
});
const offsets = fc
  .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 14 * 60 }))
  .map(
    ([sign, minutes]) =>
      `${minutes === 0 ? '+' : sign}${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}`,
  );

const numerics = fc.integer({ min: 1, max: 38 }).chain((precision) =>
  fc.integer({ min: 0, max: precision }).chain((scale) =>
    fc
      .bigInt({ min: -(10n ** BigInt(precision)) + 1n, max: 10n ** BigInt(precision) - 1n })
      .map((units): TypedValue => {
        const text = String(units < 0n ? -units : units).padStart(scale + 1, '0');
        const whole = text.slice(0, text.length - scale);
        const value = `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${text.slice(-scale)}`}`;
        return { type: { name: 'numeric', precision, scale }, value };
      }),
  ),
);

const lengths = fc.oneof(fc.constant('max' as const), fc.integer({ min: 1, max: 4000 }));
const codePage1252 = fc.string({ unit: fc.constantFrom(...'abcXYZ 0189~éßÿ€™Šž\u00a0\n') });
const fits = (length: number | 'max', size: number): boolean => length === 'max' || size <= length;
const sized = (
  name: 'varchar' | 'nvarchar' | 'varbinary',
  values: fc.Arbitrary<string | Uint8Array>,
): fc.Arbitrary<TypedValue> =>
  fc
    .tuple(lengths, values)
    .filter(([length, value]) => fits(length, value.length))
    .map(([length, value]) => ({ type: { name, length }, value }));

const plain = (
  name: 'bit' | 'tinyint' | 'smallint' | 'int' | 'bigint' | 'float' | 'date' | 'datetime' | 'uniqueidentifier',
  values: fc.Arbitrary<Exclude<SqlValue, null>>,
): fc.Arbitrary<TypedValue> => values.map((value) => ({ type: { name }, value }));

/** A value of any type that the simulator knows. */
export const typedValues: fc.Arbitrary<TypedValue> = fc.oneof(
  plain('bit', fc.boolean()),
  plain('tinyint', fc.integer({ min: 0, max: 255 })),
  plain('smallint', fc.integer({ min: -32768, max: 32767 })),
  plain('int', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  plain('bigint', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  plain('float', fc.double({ noNaN: true, noDefaultInfinity: true })),
  plain(
    'uniqueidentifier',
    fc.uuid().map((text) => text.toUpperCase()),
  ),
  plain('date', dates),
  plain(
    'datetime',
    fc.tuple(recentDates, datetimeTimes).map((parts) => parts.join('T')),
  ),
  numerics,
  scales.chain((scale) => times(scale).map((value): TypedValue => ({ type: { name: 'time', scale }, value }))),
  scales.chain((scale) =>
    fc
      .tuple(dates, times(scale))
      .map((parts): TypedValue => ({ type: { name: 'datetime2', scale }, value: parts.join('T') })),
  ),
  scales.chain((scale) =>
    fc.tuple(dates, times(scale), offsets).map(
      ([date, time, offset]): TypedValue => ({
        type: { name: 'datetimeoffset', scale },
        value: `${date}T${time}${offset}`,
      }),
    ),
  ),
  sized('nvarchar', fc.string({ unit: 'binary' })),
  sized('varchar', codePage1252),
  sized('varbinary', fc.uint8Array()),
);

/** A result set: columns of any types, rows of them, NULL only where a column allows it. */
export const resultSets: fc.Arbitrary<{
  readonly columns: readonly ColumnType[];
  readonly rows: readonly (readonly SqlValue[])[];
}> = fc.array(fc.tuple(typedValues, fc.boolean()), { minLength: 1, maxLength: 20 }).chain((cells) => {
  const columns = cells.map(([{ type }, nullable], index) => ({ name: `c${index}`, type, nullable }));
  const row = fc.tuple(
    ...cells.map(([{ value }, nullable]) => (nullable ? fc.constantFrom(value, null) : fc.constant(value))),
  );
  return fc.array(row, { maxLength: 5 }).map((rows) => ({ columns, rows }));
});

/** What tedious makes of a value: the JavaScript that an exporter gets to see. */
export function asTediousReads(type: SqlType, value: SqlValue): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return Buffer.from(value);
  switch (type.name) {
    case 'date':
      return Date.parse(`${value}T00:00:00Z`);
    case 'time':
      return Date.parse(`1970-01-01T${milliseconds(value)}Z`);
    case 'datetime':
    case 'datetime2':
      return Date.parse(`${milliseconds(value)}Z`);
    case 'datetimeoffset':
      return Date.parse(milliseconds(value.slice(0, -6)) + value.slice(-6));
    default:
      return value;
  }
}

function milliseconds(text: string): string {
  return text.replace(/(\.\d{3})\d+$/, '$1');
}
