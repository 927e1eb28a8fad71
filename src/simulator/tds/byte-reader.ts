import { ProtocolError } from './protocol-error.ts';

/** Reads a message from front to end. Every read past the end is a ProtocolError, never a RangeError. */
export interface ByteReader {
  readonly remaining: () => number;
  readonly uint8: () => number;
  readonly uint16: () => number;
  readonly uint32: () => number;
  readonly int16: () => number;
  readonly int32: () => number;
  readonly int64: () => bigint;
  readonly uint64: () => bigint;
  readonly float32: () => number;
  readonly float64: () => number;
  /** Little endian, 1 to 6 bytes. */
  readonly uint: (sizeBytes: number) => number;
  readonly bytes: (sizeBytes: number) => Buffer;
  /** UTF-16LE text of so many code units. */
  readonly unicode: (codeUnits: number) => string;
  /** B_VARCHAR (MS-TDS 2.2.5.1.3): a byte of length, then text. */
  readonly shortText: () => string;
}

/** Starts at `offset`; the reader keeps a view of `buffer`, not a copy. */
export function createByteReader(buffer: Buffer, offset = 0): ByteReader {
  let position = offset;
  const take = (sizeBytes: number): number => {
    if (sizeBytes < 0 || position + sizeBytes > buffer.length) {
      throw new ProtocolError(`message ends after ${buffer.length} bytes, ${sizeBytes} more expected at ${position}`);
    }
    position += sizeBytes;
    return position - sizeBytes;
  };
  const bytes = (sizeBytes: number): Buffer => {
    const start = take(sizeBytes);
    return buffer.subarray(start, start + sizeBytes);
  };
  const uint8 = (): number => buffer.readUInt8(take(1));
  const unicode = (codeUnits: number): string => bytes(codeUnits * 2).toString('utf16le');
  return {
    remaining: () => buffer.length - position,
    uint8,
    uint16: () => buffer.readUInt16LE(take(2)),
    uint32: () => buffer.readUInt32LE(take(4)),
    int16: () => buffer.readInt16LE(take(2)),
    int32: () => buffer.readInt32LE(take(4)),
    int64: () => buffer.readBigInt64LE(take(8)),
    uint64: () => buffer.readBigUInt64LE(take(8)),
    float32: () => buffer.readFloatLE(take(4)),
    float64: () => buffer.readDoubleLE(take(8)),
    uint: (sizeBytes) => buffer.readUIntLE(take(sizeBytes), sizeBytes),
    bytes,
    unicode,
    shortText: () => unicode(uint8()),
  };
}
