const initialSizeBytes = 1024;

/** A growing little-endian buffer that tokens are written to. */
export interface ByteWriter {
  readonly length: () => number;
  readonly uint8: (value: number) => void;
  readonly uint16: (value: number) => void;
  readonly uint16BigEndian: (value: number) => void;
  readonly uint32: (value: number) => void;
  readonly uint32BigEndian: (value: number) => void;
  readonly int16: (value: number) => void;
  readonly int32: (value: number) => void;
  readonly int64: (value: bigint) => void;
  readonly uint64: (value: bigint) => void;
  readonly float64: (value: number) => void;
  /** Little endian, 1 to 6 bytes. */
  readonly uint: (value: number, sizeBytes: number) => void;
  readonly bytes: (value: Uint8Array) => void;
  /** UTF-16LE without a length. */
  readonly unicode: (text: string) => void;
  /** B_VARCHAR (MS-TDS 2.2.5.1.3): a byte of length in code units, then text; cut at 255. */
  readonly shortText: (text: string) => void;
  /** US_VARCHAR (MS-TDS 2.2.5.1.3): two bytes of length in code units, then text; cut at 65535. */
  readonly longText: (text: string) => void;
  /** Sets two bytes that were written before, for a length known only afterwards. */
  readonly patchUint16: (offset: number, value: number) => void;
  /** Forgets everything from `length` on. */
  readonly truncate: (length: number) => void;
  /** Takes the first `sizeBytes` out, as a copy. */
  readonly shift: (sizeBytes: number) => Buffer;
}

/** An empty writer. */
export function createByteWriter(): ByteWriter {
  let buffer = Buffer.alloc(initialSizeBytes);
  let length = 0;
  const reserve = (sizeBytes: number): number => {
    if (length + sizeBytes > buffer.length) {
      const grown = Buffer.alloc(Math.max(buffer.length * 2, length + sizeBytes));
      buffer.copy(grown, 0, 0, length);
      buffer = grown;
    }
    length += sizeBytes;
    return length - sizeBytes;
  };
  const put = (value: Uint8Array): void => {
    const start = reserve(value.length);
    buffer.set(value, start);
  };
  const unicode = (text: string): void => {
    const start = reserve(text.length * 2);
    buffer.write(text, start, 'utf16le');
  };
  // Reserving first: it may replace the buffer that the value is then written to.
  const at = (sizeBytes: number, write: (offset: number) => void): void => write(reserve(sizeBytes));
  return {
    length: () => length,
    uint8: (value) => at(1, (offset) => buffer.writeUInt8(value, offset)),
    uint16: (value) => at(2, (offset) => buffer.writeUInt16LE(value, offset)),
    uint16BigEndian: (value) => at(2, (offset) => buffer.writeUInt16BE(value, offset)),
    uint32: (value) => at(4, (offset) => buffer.writeUInt32LE(value, offset)),
    uint32BigEndian: (value) => at(4, (offset) => buffer.writeUInt32BE(value, offset)),
    int16: (value) => at(2, (offset) => buffer.writeInt16LE(value, offset)),
    int32: (value) => at(4, (offset) => buffer.writeInt32LE(value, offset)),
    int64: (value) => at(8, (offset) => buffer.writeBigInt64LE(value, offset)),
    uint64: (value) => at(8, (offset) => buffer.writeBigUInt64LE(value, offset)),
    float64: (value) => at(8, (offset) => buffer.writeDoubleLE(value, offset)),
    uint: (value, sizeBytes) => at(sizeBytes, (offset) => buffer.writeUIntLE(value, offset, sizeBytes)),
    bytes: put,
    unicode,
    shortText: (text) => {
      const cut = text.slice(0, 0xff);
      at(1, (offset) => buffer.writeUInt8(cut.length, offset));
      unicode(cut);
    },
    longText: (text) => {
      const cut = text.slice(0, 0xffff);
      at(2, (offset) => buffer.writeUInt16LE(cut.length, offset));
      unicode(cut);
    },
    patchUint16: (offset, value) => {
      buffer.writeUInt16LE(value, offset);
    },
    truncate: (newLength) => {
      length = newLength;
    },
    shift: (sizeBytes) => {
      const taken = Buffer.from(buffer.subarray(0, sizeBytes));
      buffer.copy(buffer, 0, sizeBytes, length);
      length -= sizeBytes;
      return taken;
    },
  };
}
