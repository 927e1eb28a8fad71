const initialSizeBytes = 1024;

/** A growing little-endian buffer that tokens are written to. */
export class ByteWriter {
  #buffer: Buffer = Buffer.alloc(initialSizeBytes);
  #length = 0;

  /** Bytes written and not yet shifted out. */
  get length(): number {
    return this.#length;
  }

  uint8(value: number): void {
    const offset = this.#reserve(1);
    this.#buffer.writeUInt8(value, offset);
  }

  uint16(value: number): void {
    const offset = this.#reserve(2);
    this.#buffer.writeUInt16LE(value, offset);
  }

  uint16BigEndian(value: number): void {
    const offset = this.#reserve(2);
    this.#buffer.writeUInt16BE(value, offset);
  }

  uint32(value: number): void {
    const offset = this.#reserve(4);
    this.#buffer.writeUInt32LE(value, offset);
  }

  uint32BigEndian(value: number): void {
    const offset = this.#reserve(4);
    this.#buffer.writeUInt32BE(value, offset);
  }

  int16(value: number): void {
    const offset = this.#reserve(2);
    this.#buffer.writeInt16LE(value, offset);
  }

  int32(value: number): void {
    const offset = this.#reserve(4);
    this.#buffer.writeInt32LE(value, offset);
  }

  int64(value: bigint): void {
    const offset = this.#reserve(8);
    this.#buffer.writeBigInt64LE(value, offset);
  }

  uint64(value: bigint): void {
    const offset = this.#reserve(8);
    this.#buffer.writeBigUInt64LE(value, offset);
  }

  float64(value: number): void {
    const offset = this.#reserve(8);
    this.#buffer.writeDoubleLE(value, offset);
  }

  /** Little endian, 1 to 6 bytes. */
  uint(value: number, sizeBytes: number): void {
    const offset = this.#reserve(sizeBytes);
    this.#buffer.writeUIntLE(value, offset, sizeBytes);
  }

  bytes(value: Uint8Array): void {
    const offset = this.#reserve(value.length);
    this.#buffer.set(value, offset);
  }

  /** UTF-16LE without a length. */
  unicode(text: string): void {
    const offset = this.#reserve(text.length * 2);
    this.#buffer.write(text, offset, 'utf16le');
  }

  /** B_VARCHAR (MS-TDS 2.2.5.1.3): a byte of length in code units, then text; cut at 255. */
  shortText(text: string): void {
    const cut = text.slice(0, 0xff);
    this.uint8(cut.length);
    this.unicode(cut);
  }

  /** US_VARCHAR (MS-TDS 2.2.5.1.3): two bytes of length in code units, then text; cut at 65535. */
  longText(text: string): void {
    const cut = text.slice(0, 0xffff);
    this.uint16(cut.length);
    this.unicode(cut);
  }

  /** Sets two bytes that were written before, for a length known only afterwards. */
  patchUint16(offset: number, value: number): void {
    this.#buffer.writeUInt16LE(value, offset);
  }

  /** Forgets everything from `length` on. */
  truncate(length: number): void {
    this.#length = length;
  }

  /** Takes the first `sizeBytes` out, as a copy. */
  shift(sizeBytes: number): Buffer {
    const taken = Buffer.from(this.#buffer.subarray(0, sizeBytes));
    this.#buffer.copy(this.#buffer, 0, sizeBytes, this.#length);
    this.#length -= sizeBytes;
    return taken;
  }

  #reserve(sizeBytes: number): number {
    const offset = this.#length;
    const needed = offset + sizeBytes;
    if (needed > this.#buffer.length) {
      const grown = Buffer.alloc(Math.max(this.#buffer.length * 2, needed));
      this.#buffer.copy(grown, 0, 0, offset);
      this.#buffer = grown;
    }
    this.#length = needed;
    return offset;
  }
}
