import type { SqlType, SqlValue } from '../sql-type.ts';
import type { ByteWriter } from './byte-writer.ts';
import { encodeCodePage } from './code-page.ts';
import {
  parseDate,
  parseDateTime,
  parseDateTimeOffset,
  parseTime,
  roundToScale,
  timeSizeBytes,
  toDatetimeUnits,
} from './date-time.ts';
import { encodeGuid } from './guid.ts';
import { plp, ushortNull } from './names.ts';
import { encodeNumeric } from './numeric.ts';

type Write = (writer: ByteWriter, value: SqlValue) => void;
type Long = Extract<SqlType, { length: unknown }>;
type NumberSize = { readonly size: number; readonly write: Write };

const wrong = (expected: string, value: SqlValue): Error =>
  new Error(`${expected} expected, got ${value === null ? 'NULL' : typeof value}`);

const integer = (size: 1 | 2 | 4): NumberSize => ({
  size,
  write: (writer, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrong('an integer', value);
    if (size === 1) writer.uint8(value);
    else if (size === 2) writer.int16(value);
    else writer.int32(value);
  },
});

/** Types that are fixed-length when they can't be NULL, and carry a byte of length when they can (MS-TDS 2.2.5.4). */
const numbers: Readonly<Record<string, NumberSize>> = {
  tinyint: integer(1),
  smallint: integer(2),
  int: integer(4),
  bit: {
    size: 1,
    write: (writer, value) => {
      if (typeof value !== 'boolean') throw wrong('a boolean', value);
      writer.uint8(value ? 1 : 0);
    },
  },
  bigint: {
    size: 8,
    write: (writer, value) => {
      if (typeof value !== 'bigint') throw wrong('a bigint', value);
      writer.int64(value);
    },
  },
  float: {
    size: 8,
    write: (writer, value) => {
      if (typeof value !== 'number') throw wrong('a number', value);
      writer.float64(value);
    },
  },
  datetime: {
    size: 8,
    write: (writer, value) => {
      const { days, units } = toDatetimeUnits(parseDateTime(textOf(value)));
      writer.int32(days);
      writer.uint32(units);
    },
  },
};

/**
 * Writes a value as a ROW or NBCROW holds it (MS-TDS 2.2.5.5, 2.2.7.19). Error when the value is not of the type: that is
 * a fault of the simulator, not of the client. `roomBytes` is what a packet holds, of which the writer's first byte starts one.
 */
export function encodeValue(
  writer: ByteWriter,
  column: { type: SqlType; nullable: boolean },
  value: SqlValue,
  roomBytes: number = Number.POSITIVE_INFINITY,
): void {
  const { type, nullable } = column;
  const number = numbers[type.name];
  if (number !== undefined) {
    if (nullable) writer.uint8(value === null ? 0 : number.size);
    if (value !== null) number.write(writer, value);
    else if (!nullable) throw new Error('NULL in a column that is not nullable');
    return;
  }
  if (value === null) encodeNull(writer, type);
  else if ('length' in type) encodeBytes(writer, { type, value, roomBytes });
  else encodeSized(writer, type, value);
}

function encodeNull(writer: ByteWriter, type: SqlType): void {
  if (!('length' in type)) writer.uint8(0);
  else if (type.length === 'max') writer.uint64(plp.nullLength);
  else writer.uint16(ushortNull);
}

function encodeSized(writer: ByteWriter, type: Exclude<SqlType, Long>, value: Exclude<SqlValue, null>): void {
  switch (type.name) {
    case 'uniqueidentifier':
      writer.uint8(16);
      writer.bytes(encodeGuid(textOf(value)));
      break;
    case 'numeric': {
      const bytes = encodeNumeric(textOf(value), type.precision, type.scale);
      writer.uint8(bytes.length);
      writer.bytes(bytes);
      break;
    }
    case 'date':
      writer.uint8(3);
      writer.uint(parseDate(textOf(value)), 3);
      break;
    case 'time':
      encodeTime(writer, { days: 0, ticks: parseTime(textOf(value)) }, { scale: type.scale, hasDate: false });
      break;
    case 'datetime2':
      encodeTime(writer, parseDateTime(textOf(value)), { scale: type.scale, hasDate: true });
      break;
    case 'datetimeoffset': {
      const instant = parseDateTimeOffset(textOf(value));
      encodeTime(writer, instant, { scale: type.scale, hasDate: true, offsetMinutes: instant.offsetMinutes });
      break;
    }
    default:
      throw new Error(`no encoding for ${type.name}`);
  }
}

function encodeTime(
  writer: ByteWriter,
  time: { readonly days: number; readonly ticks: number },
  form: { readonly scale: number; readonly hasDate: boolean; readonly offsetMinutes?: number },
): void {
  const { days, units } = roundToScale(time, form.scale);
  const size = timeSizeBytes(form.scale);
  writer.uint8(size + (form.hasDate ? 3 : 0) + (form.offsetMinutes === undefined ? 0 : 2));
  writer.uint(units, size);
  if (form.hasDate) writer.uint(days, 3);
  if (form.offsetMinutes !== undefined) writer.int16(form.offsetMinutes);
}

interface LongValue {
  readonly type: Long;
  readonly value: Exclude<SqlValue, null>;
  readonly roomBytes: number;
}

function encodeBytes(writer: ByteWriter, { type, value, roomBytes }: LongValue): void {
  const bytes = bytesOf(type, value);
  if (type.length === 'max') {
    encodeChunks(writer, bytes, roomBytes);
    return;
  }
  const limit = type.name === 'nvarchar' || type.name === 'nchar' ? type.length * 2 : type.length;
  if (bytes.length > limit) throw new Error(`${bytes.length} bytes in ${type.name}(${type.length})`);
  writer.uint16(bytes.length);
  writer.bytes(bytes);
}

const chunkHeaderBytes = 4;

/**
 * Partially length-prefixed: total length, then chunks; a chunk of 0 bytes ends it (MS-TDS 2.2.5.2.3). Each chunk ends with its
 * packet: Microsoft.Data.SqlClient 7.1 loses its place in one that goes over several.
 */
function encodeChunks(writer: ByteWriter, bytes: Uint8Array, roomBytes: number): void {
  writer.uint64(BigInt(bytes.length));
  for (let start = 0; start < bytes.length; ) {
    const afterHeader = writer.length + chunkHeaderBytes;
    const leftBytes = Number.isFinite(roomBytes) ? roomBytes - (afterHeader % roomBytes) : bytes.length;
    const chunk = bytes.subarray(start, start + leftBytes);
    writer.uint32(chunk.length);
    writer.bytes(chunk);
    start += chunk.length;
  }
  writer.uint32(0);
}

function bytesOf(type: Long, value: Exclude<SqlValue, null>): Uint8Array {
  const width = type.length === 'max' ? 0 : type.length;
  switch (type.name) {
    case 'varbinary':
      if (!(value instanceof Uint8Array)) throw wrong('bytes', value);
      return value;
    case 'nvarchar':
      return Buffer.from(textOf(value), 'utf16le');
    case 'nchar':
      return Buffer.from(textOf(value).padEnd(width), 'utf16le');
    case 'varchar':
      return encodeCodePage(textOf(value));
    case 'char':
      return encodeCodePage(textOf(value).padEnd(width));
  }
}

function textOf(value: SqlValue): string {
  if (typeof value !== 'string') throw wrong('text', value);
  return value;
}
