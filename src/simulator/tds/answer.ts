import { setImmediate } from 'node:timers/promises';
import { ByteWriter } from './byte-writer.ts';
import { packetSizeBytes, packetType } from './names.ts';
import { encodePacket } from './packet.ts';

/** One message to the client, cut into packets while it is being written (MS-TDS 2.2.3). */
export interface Answer {
  /** Tokens go here; the first that is not sent yet starts a packet. */
  readonly tokens: ByteWriter;
  /** Bytes of tokens that each packet holds. */
  readonly roomBytes: number;
  /** Sends what fills whole packets, if there is much of it; resolves when the client has taken enough. */
  readonly flush: () => Promise<void>;
  /** Sends the rest, and says that it is the end of the message. */
  readonly end: () => Promise<void>;
  /** Everything written so far up to a length in bytes, as packets without an end: for a fault in the middle of it. */
  readonly cut: (lengthBytes: number) => Buffer;
}

/** Rows are sent in pieces of this size, however small the packets: one write for each packet would be slow. */
const flushSizeBytes = 32 * 1024;

/** An empty answer. `send` resolves when more may be sent. */
export function createAnswer(options: {
  readonly packetSizeBytes: number;
  readonly processId: number;
  readonly send: (bytes: Buffer) => Promise<void>;
}): Answer {
  const tokens = new ByteWriter();
  const roomBytes = options.packetSizeBytes - packetSizeBytes.header;
  let packets = 0;

  const take = (lengthBytes: number, last: boolean): Buffer => {
    const payload = tokens.shift(lengthBytes);
    const encoded: Buffer[] = [];
    for (let start = 0; start === 0 || start < payload.length; start += roomBytes) {
      packets += 1;
      const isLast = last && start + roomBytes >= payload.length;
      const header = { type: packetType.tabularResult, last: isLast, processId: options.processId, id: packets };
      encoded.push(encodePacket(header, payload.subarray(start, start + roomBytes)));
    }
    return Buffer.concat(encoded);
  };
  return {
    tokens,
    roomBytes,
    flush: async () => {
      if (tokens.length < Math.max(flushSizeBytes, roomBytes + 1)) return;
      // One byte at least stays: the last packet of a message has to say that it is the last.
      const whole = Math.floor((tokens.length - 1) / roomBytes) * roomBytes;
      await options.send(take(whole, false));
      // A socket that takes everything at once would never let an attention be read.
      await setImmediate();
    },
    end: () => options.send(take(tokens.length, true)),
    cut: (lengthBytes) => take(lengthBytes, false),
  };
}
