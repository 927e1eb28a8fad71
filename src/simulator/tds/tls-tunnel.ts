import { Duplex } from 'node:stream';
import { packetSizeBytes, packetType } from './names.ts';
import { encodeMessage } from './packet.ts';
import { ProtocolError } from './protocol-error.ts';

/** The socket that TLS believes it has. */
export interface TlsTunnel {
  /** What TLS reads from and writes to. */
  readonly stream: Duplex;
  /** Bytes from the network. ProtocolError for bytes that are neither a PRELOGIN packet nor a TLS record. */
  readonly receive: (chunk: Buffer) => void;
}

/** TLS record types (RFC 8446 section 5.1); PRELOGIN's packet type, 0x12, is none of them. */
const firstRecordType = 0x14;
const lastRecordType = 0x17;

/**
 * Carries a TLS handshake inside PRELOGIN packets, as TDS 7 does (MS-TDS 2.2.6.5). The client leaves the packets away once
 * its handshake is done, so its first bare record is the sign that both may: no guess about who finishes first is needed.
 * With `framed` false nothing is wrapped, as in TDS 8, where TLS comes before TDS.
 */
export function createTlsTunnel(options: {
  readonly framed: boolean;
  readonly send: (bytes: Buffer, done: () => void) => void;
}): TlsTunnel {
  let framed = options.framed;
  let unread: Buffer = Buffer.alloc(0);
  const send = (bytes: Buffer, done: () => void): void =>
    options.send(framed ? encodeMessage(packetType.prelogin, bytes) : bytes, done);
  const stream = new Duplex({
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => send(chunk, done),
    // A flight of the handshake must be one message: tedious reads exactly one answer to each message of its own.
    writev: (chunks, done) => send(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
  });
  const receive = (chunk: Buffer): void => {
    if (!framed) {
      stream.push(chunk);
      return;
    }
    unread = Buffer.concat([unread, chunk]);
    for (;;) {
      const type = unread[0];
      if (type === undefined) return;
      if (type >= firstRecordType && type <= lastRecordType) {
        framed = false;
        stream.push(unread);
        unread = Buffer.alloc(0);
        return;
      }
      if (type !== packetType.prelogin) throw new ProtocolError(`byte ${type} where TLS is due`);
      const packet = takePacket(unread);
      if (packet === null) return;
      stream.push(packet.subarray(packetSizeBytes.header));
      unread = unread.subarray(packet.length);
    }
  };
  return { stream, receive };
}

function takePacket(bytes: Buffer): Buffer | null {
  if (bytes.length < packetSizeBytes.header) return null;
  const length = bytes.readUInt16BE(2);
  if (length <= packetSizeBytes.header) throw new ProtocolError(`prelogin packet of ${length} bytes around TLS`);
  return bytes.length < length ? null : bytes.subarray(0, length);
}
