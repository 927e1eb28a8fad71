import type { SqlType } from '../sql-type.ts';
import type { ByteWriter } from './byte-writer.ts';
import { collationBytes, dataType, ushortNull } from './names.ts';
import { numericSizeBytes } from './numeric.ts';

/** The fixed-length type for a column that can't be NULL, the `N` type with its size for one that can (MS-TDS 2.2.5.4). */
const fixed = {
  bit: [dataType.bit, dataType.bitN, 1],
  tinyint: [dataType.int1, dataType.intN, 1],
  smallint: [dataType.int2, dataType.intN, 2],
  int: [dataType.int4, dataType.intN, 4],
  bigint: [dataType.int8, dataType.intN, 8],
  float: [dataType.float8, dataType.floatN, 8],
  datetime: [dataType.dateTime, dataType.dateTimeN, 8],
} as const satisfies Partial<Record<SqlType['name'], readonly [number, number, number]>>;

/** Types whose length is two bytes, and how many bytes one unit of it takes. */
const sized = {
  char: [dataType.bigChar, 1],
  varchar: [dataType.bigVarChar, 1],
  nchar: [dataType.nChar, 2],
  nvarchar: [dataType.nVarChar, 2],
  varbinary: [dataType.bigVarBinary, 1],
} as const;

/** Writes TYPE_INFO (MS-TDS 2.2.5.6) as a server describes a column of that type. */
export function encodeTypeInfo(writer: ByteWriter, type: SqlType, nullable: boolean): void {
  switch (type.name) {
    case 'uniqueidentifier':
      writer.uint8(dataType.guid);
      writer.uint8(16);
      break;
    case 'date':
      writer.uint8(dataType.dateN);
      break;
    case 'time':
      encodeScaled(writer, dataType.timeN, type.scale);
      break;
    case 'datetime2':
      encodeScaled(writer, dataType.dateTime2N, type.scale);
      break;
    case 'datetimeoffset':
      encodeScaled(writer, dataType.dateTimeOffsetN, type.scale);
      break;
    case 'numeric':
      writer.uint8(dataType.numericN);
      writer.uint8(numericSizeBytes(type.precision));
      writer.uint8(type.precision);
      writer.uint8(type.scale);
      break;
    case 'varbinary':
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      encodeSized(writer, type);
      break;
    default:
      encodeFixed(writer, fixed[type.name], nullable);
      break;
  }
}

function encodeFixed(writer: ByteWriter, codes: readonly [number, number, number], nullable: boolean): void {
  const [fixedLength, variableLength, sizeBytes] = codes;
  writer.uint8(nullable ? variableLength : fixedLength);
  if (nullable) writer.uint8(sizeBytes);
}

function encodeScaled(writer: ByteWriter, code: number, scale: number): void {
  writer.uint8(code);
  writer.uint8(scale);
}

function encodeSized(writer: ByteWriter, type: Extract<SqlType, { name: keyof typeof sized }>): void {
  const [code, unitBytes] = sized[type.name];
  writer.uint8(code);
  writer.uint16(type.length === 'max' ? ushortNull : type.length * unitBytes);
  if (type.name !== 'varbinary') writer.bytes(collationBytes);
}
