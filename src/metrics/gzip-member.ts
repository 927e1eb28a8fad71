import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';

const deflate = promisify(deflateRaw);

/**
 * Of pages with hundreds of links, level 3 makes what is half as large again as level 6 makes, in a seventh of the time: it is
 * done anew after each poll, and sent once in a scrape interval.
 */
const level = 3;

/** RFC 1952, 2.3: magic number, deflate, no flags, no time, no extra flags, operating system unknown. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** A part of a page, compressed so that another part can follow it within one gzip member. */
export interface OpenDeflate {
  readonly blocks: readonly Buffer[];
  readonly crc: number;
  readonly sizeBytes: number;
}

export const nothingDeflated: OpenDeflate = { blocks: [], crc: 0, sizeBytes: 0 };

/**
 * Compresses a part. A sync flush ends it at a byte's edge with no block marked as the last one (RFC 1951, 3.2.3), so
 * that blocks compressed apart from it may follow: they refer to nothing before them.
 */
export async function openDeflate(data: Buffer): Promise<OpenDeflate> {
  const blocks = await deflate(data, { level, finishFlush: constants.Z_SYNC_FLUSH });
  return { blocks: [blocks], crc: crc32(data), sizeBytes: data.length };
}

/** One part after another. */
export function joinDeflated(parts: readonly OpenDeflate[]): OpenDeflate {
  return {
    blocks: parts.flatMap(({ blocks }) => blocks),
    crc: parts.reduce((crc, part) => crcJoined(crc, part.crc, part.sizeBytes), 0),
    sizeBytes: parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

/** Each block of an answer is a write of its own. */
export function inOneBlock({ blocks, ...rest }: OpenDeflate): OpenDeflate {
  return { blocks: [Buffer.concat(blocks)], ...rest };
}

/** For some kilobytes. By default it takes 268 kB of memory anew each time, which takes longer than the work and is the collector's to free. */
const forLittle = { level: 1, windowBits: 13, memLevel: 5, chunkSize: 8 * 1024 };

/** One gzip member that holds the first part and then `rest`, in pieces. Only `rest`, which is small, is compressed here. */
export function gzipMember(first: OpenDeflate, rest: Buffer): readonly Buffer[] {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(rest, first.crc), 0);
  trailer.writeUInt32LE((first.sizeBytes + rest.length) % 2 ** 32, 4);
  return [header, ...first.blocks, Buffer.concat([deflateRawSync(rest, forLittle), trailer])];
}

/** CRC-32 as gzip has it (RFC 1952, 8), with the lowest bit first. */
const polynomial = 0xedb88320;

/** Multiplies two polynomials modulo that of the CRC. */
function multiply(one: number, other: number): number {
  let product = 0;
  let factor = other;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if ((one & bit) !== 0) product ^= factor;
    factor = (factor & 1) === 0 ? factor >>> 1 : (factor >>> 1) ^ polynomial;
  }
  return product >>> 0;
}

/** x to the power of 2 to the power of each index. */
const powers: number[] = [0x40000000];
while (powers.length < 32) powers.push(multiply(powers.at(-1) ?? 0, powers.at(-1) ?? 0));

/** The CRC-32 of two texts one after the other, from that of each and the length of the second: zlib's `crc32_combine`. */
function crcJoined(first: number, second: number, secondBytes: number): number {
  let shift = 0x80000000;
  // In bits: eight for each byte.
  let [left, index] = [secondBytes, 3];
  while (left > 0) {
    if (left % 2 === 1) shift = multiply(powers[index % 32] ?? 0, shift);
    left = Math.floor(left / 2);
    index += 1;
  }
  return (multiply(shift, first) ^ second) >>> 0;
}
