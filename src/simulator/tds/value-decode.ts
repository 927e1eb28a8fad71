import type { SqlType, SqlValue } from '../sql-type.ts';
import type { ByteReader } from './byte-reader.ts';
import { decodeCodePage } from './code-page.ts';
import {
  formatDate,
  formatDateTime,
  formatDateTimeOffset,
  formatTime,
  fromDatetimeUnits,
  timeSizeBytes,
} from './date-time.ts';
import { decodeGuid } from './guid.ts';
import { dataType, maximumMessageSizeBytes, plp, ushortNull } from './names.ts';
import { decodeNumeric } from './numeric.ts';
import { NotSimulated, ProtocolError } from './protocol-error.ts';

/** A parameter's value with the type that it was declared with. */
export interface TypedValue {
  readonly type: SqlType;
  readonly value: SqlValue;
}

/** Days between 1900-01-01 and the start of smalldatetime, and its minutes, in the units of datetime. */
const datetimeUnitsPerMinute = 60 * 300;

/** Reads TYPE_INFO (MS-TDS 2.2.5.6) and the value after it. NotSimulated for a type that only a real server takes, ProtocolError for none. */
export function decodeTypedValue(reader: ByteReader): TypedValue {
  const code = reader.uint8();
  try {
    return (
      decodeFixed(reader, code) ??
      decodeByteLength(reader, code) ??
      decodeTime(reader, code) ??
      decodeLong(reader, code)
    );
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof NotSimulated) throw error;
    throw new ProtocolError(
      `parameter of type 0x${code.toString(16)}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** FIXEDLENTYPE (MS-TDS 2.2.5.4.1): no length, never NULL. */
function decodeFixed(reader: ByteReader, code: number): TypedValue | null {
  switch (code) {
    case dataType.null:
      return { type: { name: 'int' }, value: null };
    case dataType.bit:
      return decodeNumber(reader, dataType.bitN, 1);
    case dataType.int1:
      return decodeNumber(reader, dataType.intN, 1);
    case dataType.int2:
      return decodeNumber(reader, dataType.intN, 2);
    case dataType.int4:
      return decodeNumber(reader, dataType.intN, 4);
    case dataType.int8:
      return decodeNumber(reader, dataType.intN, 8);
    case dataType.float4:
      return decodeNumber(reader, dataType.floatN, 4);
    case dataType.float8:
      return decodeNumber(reader, dataType.floatN, 8);
    case dataType.smallMoney:
      return decodeNumber(reader, dataType.moneyN, 4);
    case dataType.money:
      return decodeNumber(reader, dataType.moneyN, 8);
    case dataType.smallDateTime:
      return decodeNumber(reader, dataType.dateTimeN, 4);
    case dataType.dateTime:
      return decodeNumber(reader, dataType.dateTimeN, 8);
    default:
      return null;
  }
}

/** BYTELEN_TYPE (MS-TDS 2.2.5.4.2): a byte of length in the type, another before the value; 0 is NULL. */
function decodeByteLength(reader: ByteReader, code: number): TypedValue | null {
  switch (code) {
    case dataType.intN:
    case dataType.bitN:
    case dataType.floatN:
    case dataType.moneyN:
    case dataType.dateTimeN: {
      const declared = reader.uint8();
      const size = reader.uint8();
      if (size !== 0 && size !== declared) throw new ProtocolError(`value of ${size} bytes in a type of ${declared}`);
      const typed = size === 0 ? null : decodeNumber(reader, code, size);
      return typed ?? { type: numberType(code, declared), value: null };
    }
    case dataType.guid: {
      reader.uint8();
      const bytes = reader.bytes(reader.uint8());
      return { type: { name: 'uniqueidentifier' }, value: bytes.length === 0 ? null : decodeGuid(bytes) };
    }
    case dataType.decimalN:
    case dataType.numericN: {
      reader.uint8();
      const type = { name: 'numeric', precision: reader.uint8(), scale: reader.uint8() } as const;
      const bytes = reader.bytes(reader.uint8());
      return { type, value: bytes.length === 0 ? null : decodeNumeric(bytes, type.scale) };
    }
    default:
      return null;
  }
}

function numberType(code: number, size: number): SqlType {
  if (code === dataType.bitN) return { name: 'bit' };
  if (code === dataType.floatN) return { name: 'float' };
  if (code === dataType.dateTimeN) return { name: 'datetime' };
  // money is a fixed-point number of four digits after the point; the simulator has no type of its own for it.
  if (code === dataType.moneyN) return { name: 'numeric', precision: size === 4 ? 10 : 19, scale: 4 };
  if (size === 1) return { name: 'tinyint' };
  if (size === 2) return { name: 'smallint' };
  return { name: size === 4 ? 'int' : 'bigint' };
}

function decodeNumber(reader: ByteReader, code: number, size: number): TypedValue {
  return { type: numberType(code, size), value: numberValue(reader, code, size) };
}

function numberValue(reader: ByteReader, code: number, size: number): SqlValue {
  switch (`${code}/${size}`) {
    case `${dataType.bitN}/1`:
      return reader.uint8() !== 0;
    case `${dataType.intN}/1`:
      return reader.uint8();
    case `${dataType.intN}/2`:
      return reader.int16();
    case `${dataType.intN}/4`:
      return reader.int32();
    case `${dataType.intN}/8`:
      return reader.int64();
    case `${dataType.floatN}/4`:
      return reader.float32();
    case `${dataType.floatN}/8`:
      return reader.float64();
    case `${dataType.moneyN}/4`:
      return moneyText(BigInt(reader.int32()));
    case `${dataType.moneyN}/8`:
      // The high half comes first (MS-TDS 2.2.5.5.1.3).
      return moneyText((BigInt(reader.int32()) << 32n) | BigInt(reader.uint32()));
    case `${dataType.dateTimeN}/4`:
      return formatDateTime(fromDatetimeUnits(reader.uint16(), reader.uint16() * datetimeUnitsPerMinute), 3);
    case `${dataType.dateTimeN}/8`:
      return formatDateTime(fromDatetimeUnits(reader.int32(), reader.uint32()), 3);
    default:
      throw new ProtocolError(`a value of type 0x${code.toString(16)} can't have ${size} bytes`);
  }
}

function moneyText(tenThousandths: bigint): string {
  const digits = String(tenThousandths < 0n ? -tenThousandths : tenThousandths).padStart(5, '0');
  return `${tenThousandths < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** date, time, datetime2 and datetimeoffset (MS-TDS 2.2.5.5.1.8). */
function decodeTime(reader: ByteReader, code: number): TypedValue | null {
  if (code === dataType.dateN) {
    const size = reader.uint8();
    return { type: { name: 'date' }, value: size === 0 ? null : formatDate(reader.uint(3)) };
  }
  const names = {
    [dataType.timeN]: 'time',
    [dataType.dateTime2N]: 'datetime2',
    [dataType.dateTimeOffsetN]: 'datetimeoffset',
  } as const;
  const name = names[code as keyof typeof names];
  if (name === undefined) return null;
  const scale = reader.uint8();
  if (scale > 7) throw new ProtocolError(`scale ${scale} of ${name}, 0 to 7 allowed`);
  const type = { name, scale } as const;
  if (reader.uint8() === 0) return { type, value: null };
  const ticks = reader.uint(timeSizeBytes(scale)) * 10 ** (7 - scale);
  if (name === 'time') return { type, value: formatTime(ticks, scale) };
  const instant = { days: reader.uint(3), ticks };
  if (name === 'datetime2') return { type, value: formatDateTime(instant, scale) };
  return { type, value: formatDateTimeOffset(instant, reader.int16(), scale) };
}

const longTypes: ReadonlyMap<number, 'char' | 'varchar' | 'nchar' | 'nvarchar' | 'varbinary'> = new Map([
  [dataType.bigChar, 'char'],
  [dataType.bigVarChar, 'varchar'],
  [dataType.nChar, 'nchar'],
  [dataType.nVarChar, 'nvarchar'],
  [dataType.bigBinary, 'varbinary'],
  [dataType.bigVarBinary, 'varbinary'],
]);

const legacyTypes: ReadonlyMap<number, 'varchar' | 'nvarchar' | 'varbinary'> = new Map([
  [dataType.text, 'varchar'],
  [dataType.nText, 'nvarchar'],
  [dataType.image, 'varbinary'],
]);

/** What a real server takes (MS-TDS 2.2.5.4), and the simulator does not read. */
const otherTypes: ReadonlyMap<number, string> = new Map([
  [dataType.variant, 'sql_variant'],
  [dataType.userDefined, 'a CLR type'],
  [dataType.xml, 'xml'],
  [dataType.table, 'table'],
  [dataType.json, 'json'],
  [dataType.vector, 'vector'],
  [dataType.varBinaryLegacy, 'varbinary of TDS 4'],
  [dataType.varCharLegacy, 'varchar of TDS 4'],
  [dataType.binaryLegacy, 'binary of TDS 4'],
  [dataType.charLegacy, 'char of TDS 4'],
]);

/** USHORTLEN_TYPE and LONGLEN_TYPE (MS-TDS 2.2.5.4.3, 2.2.5.4.4). */
function decodeLong(reader: ByteReader, code: number): TypedValue {
  const legacy = legacyTypes.get(code);
  if (legacy !== undefined) {
    reader.uint32();
    if (legacy !== 'varbinary') reader.bytes(5);
    const size = reader.int32();
    return { type: { name: legacy, length: 'max' }, value: size < 0 ? null : textValue(legacy, reader.bytes(size)) };
  }
  const other = otherTypes.get(code);
  if (other !== undefined) throw new NotSimulated(`parameters of type ${other}`);
  const name = longTypes.get(code);
  if (name === undefined) throw new ProtocolError(`parameters of type 0x${code.toString(16)} are not supported`);
  const declared = reader.uint16();
  if (name !== 'varbinary') reader.bytes(5);
  if (declared === ushortNull) return { type: { name, length: 'max' }, value: textValue(name, readChunks(reader)) };
  const size = reader.uint16();
  const length = name === 'nvarchar' || name === 'nchar' ? declared >> 1 : declared;
  return { type: { name, length }, value: size === ushortNull ? null : textValue(name, reader.bytes(size)) };
}

function textValue(name: string, bytes: Buffer | null): SqlValue {
  if (bytes === null) return null;
  if (name === 'varbinary') return Uint8Array.from(bytes);
  return name.startsWith('n') ? bytes.toString('utf16le') : decodeCodePage(bytes);
}

/** Partially length-prefixed bytes (MS-TDS 2.2.5.2.3); null is NULL. */
function readChunks(reader: ByteReader): Buffer | null {
  const total = reader.uint64();
  if (total === plp.nullLength) return null;
  const chunks: Buffer[] = [];
  for (let size = reader.uint32(); size !== 0; size = reader.uint32()) chunks.push(reader.bytes(size));
  const bytes = Buffer.concat(chunks);
  if (total !== plp.unknownLength && (total > maximumMessageSizeBytes || Number(total) !== bytes.length)) {
    throw new ProtocolError(`a value of ${bytes.length} bytes announced ${total}`);
  }
  return bytes;
}
