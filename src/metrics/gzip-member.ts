import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** RFC 1952, 2.3: magic number, deflate, no flags, no time, no extra flags, operating system unknown. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** The first part of a page, compressed so that another part can follow it within one gzip member. */
export interface OpenDeflate {
  readonly blocks: Buffer;
  readonly crc: number;
  readonly sizeBytes: number;
}

/**
 * Compresses a first part. A sync flush ends it at a byte's edge with no block marked as the last one (RFC 1951, 3.2.3), so
 * that blocks compressed apart from it may follow: they refer to nothing before them.
 */
export async function openDeflate(data: Buffer): Promise<OpenDeflate> {
  const blocks = await deflate(data, { finishFlush: constants.Z_SYNC_FLUSH });
  return { blocks, crc: crc32(data), sizeBytes: data.length };
}

/** One gzip member that holds the first part and then `rest`, in pieces. Only `rest` is compressed here. */
export async function gzipMember(first: OpenDeflate, rest: Buffer): Promise<readonly Buffer[]> {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(rest, first.crc), 0);
  trailer.writeUInt32LE((first.sizeBytes + rest.length) % 2 ** 32, 4);
  return [header, first.blocks, Buffer.concat([await deflate(rest), trailer])];
}
