import { protocolFault } from './broken-limit.ts';

type ToString = (this: Buffer, encoding?: BufferEncoding, start?: number, end?: number) => string;

/** Node's names of UTF-16, in the cases that it takes. */
const utf16 = /^(?:ucs-?2|utf-?16le)$/i;

let isGuarded = false;

/**
 * From here on no bytes of odd length are decoded as UTF-16 in this process: it throws instead. Node 24.16 to 24.21 and
 * 26.5 write one byte past a heap block when such bytes begin at an odd address (nodejs/node pull request 64697), and the
 * sender chooses that byte: one answer of a server ends the process, or worse.
 *
 * It stands around the decoding and not in front of the driver: whatever the driver decodes, in whatever version, goes
 * through here, and nothing has to be understood twice (docs/decisions/0023).
 * Throws when this Node decodes in another way: without the guard no server must be connected to.
 */
export function guardUtf16(): void {
  if (isGuarded) return;
  const decode = Buffer.prototype.toString as ToString;
  const guarded: ToString = function (encoding, start, end) {
    // The driver says ucs2, for each text of each row: no expression is tried on that.
    if (encoding === undefined || encoding === 'utf8' || (encoding !== 'ucs2' && !utf16.test(encoding)))
      return decode.call(this, encoding, start, end);
    const length = lengthOf(this.length, start, end);
    if (length % 2 === 0) return decode.call(this, encoding, start, end);
    throw protocolFault(`a text of ${length} bytes: UTF-16 has two or four for each character`);
  };
  Buffer.prototype.toString = guarded as typeof Buffer.prototype.toString;
  isGuarded = isOddRefused();
  if (!isGuarded) {
    Buffer.prototype.toString = decode as typeof Buffer.prototype.toString;
    throw new Error('this Node does not decode texts as expected: servers could not be talked to safely');
  }
}

/** How many bytes Node would decode, by its own rules for `start` and `end`. */
function lengthOf(size: number, start = 0, end = size): number {
  const from = Math.max(0, Math.trunc(start) || 0);
  return Math.max(0, Math.min(size, Math.trunc(end) || 0) - from);
}

/** At an even address, where no version of Node is at fault. */
function isOddRefused(): boolean {
  try {
    Buffer.from([65, 0, 66]).toString('ucs2');
    return false;
  } catch {
    return true;
  }
}
