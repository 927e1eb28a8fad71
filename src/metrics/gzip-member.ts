import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { crcJoined } from './crc-joined.ts';

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

/** One gzip member that holds the first part and then `rest`, in pieces. Only `rest`, which is small, is compressed here. */
export function gzipMember(first: OpenDeflate, rest: Buffer): readonly Buffer[] {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(rest, first.crc), 0);
  trailer.writeUInt32LE((first.sizeBytes + rest.length) % 2 ** 32, 4);
  return [header, ...first.blocks, Buffer.concat([deflateRawSync(rest, { level: 1 }), trailer])];
}
