import { maximumMessageSizeBytes, packetSizeBytes, packetStatus } from './names.ts';
import { ProtocolError } from './protocol-error.ts';

/** A whole message: the payloads of its packets, joined (MS-TDS 2.2.3). */
export interface Message {
  readonly type: number;
  /** The client gave the message up half way: it must not be executed (MS-TDS 2.2.1.7). */
  readonly ignored: boolean;
  /** Back to the state after login before this request (MS-TDS 2.2.3.1.2). */
  readonly resetsConnection: boolean;
  /** Its open transaction stays all the same. */
  readonly keepsTransaction: boolean;
  readonly payload: Buffer;
}

/** Takes bytes in whatever pieces they arrive. ProtocolError for a header that can't be, or a message above the limit. */
export type MessageAssembler = (chunk: Uint8Array) => void;

interface Partial {
  readonly type: number;
  readonly resetsConnection: boolean;
  readonly keepsTransaction: boolean;
  readonly payloads: Buffer[];
  sizeBytes: number;
}

/** A new assembler; `onMessage` gets each message that is complete, also those in front of an error. */
export function createMessageAssembler(
  onMessage: (message: Message) => void,
  limitBytes: number = maximumMessageSizeBytes,
): MessageAssembler {
  let unread: Buffer = Buffer.alloc(0);
  let current: Partial | null = null;
  return (chunk) => {
    unread = unread.length === 0 ? Buffer.from(chunk) : Buffer.concat([unread, chunk]);
    for (;;) {
      const length = packetLength(unread);
      if (length === null || unread.length < length) return;
      const packet = unread.subarray(0, length);
      unread = unread.subarray(length);
      const partial = addPacket(current, packet, limitBytes);
      const status = packet.readUInt8(1);
      current = (status & packetStatus.endOfMessage) === 0 ? partial : null;
      if (current === null) onMessage(finish(partial, status));
    }
  };
}

function packetLength(bytes: Buffer): number | null {
  if (bytes.length < packetSizeBytes.header) return null;
  const length = bytes.readUInt16BE(2);
  if (length < packetSizeBytes.header) throw new ProtocolError(`packet of ${length} bytes, its header alone has 8`);
  return length;
}

function addPacket(current: Partial | null, packet: Buffer, limitBytes: number): Partial {
  const type = packet.readUInt8(0);
  const status = packet.readUInt8(1);
  const resets = (status & (packetStatus.resetConnection | packetStatus.resetKeepTransaction)) !== 0;
  const keepsTransaction = (status & packetStatus.resetKeepTransaction) !== 0;
  const partial = current ?? { type, resetsConnection: resets, keepsTransaction, payloads: [], sizeBytes: 0 };
  if (partial.type !== type) throw new ProtocolError(`packet of type ${type} inside a message of type ${partial.type}`);
  partial.payloads.push(packet.subarray(packetSizeBytes.header));
  partial.sizeBytes += packet.length - packetSizeBytes.header;
  if (partial.sizeBytes > limitBytes) throw new ProtocolError(`message above the limit of ${limitBytes} bytes`);
  return partial;
}

function finish(partial: Partial, lastStatus: number): Message {
  return {
    type: partial.type,
    ignored: (lastStatus & packetStatus.ignore) !== 0,
    resetsConnection: partial.resetsConnection,
    keepsTransaction: partial.keepsTransaction,
    payload: Buffer.concat(partial.payloads),
  };
}

/** What one packet of an answer carries. `id` counts packets of a message from 1, modulo 256. */
export interface PacketHeader {
  readonly type: number;
  readonly last: boolean;
  /** The session's number, as `@@SPID`. */
  readonly processId: number;
  readonly id: number;
}

/** One packet: header (MS-TDS 2.2.3.1) and payload. */
export function encodePacket(header: PacketHeader, payload: Uint8Array): Buffer {
  const packet = Buffer.alloc(packetSizeBytes.header + payload.length);
  packet.writeUInt8(header.type, 0);
  packet.writeUInt8(header.last ? packetStatus.endOfMessage : 0, 1);
  packet.writeUInt16BE(packet.length, 2);
  packet.writeUInt16BE(header.processId, 4);
  packet.writeUInt8(header.id % 256, 6);
  packet.set(payload, packetSizeBytes.header);
  return packet;
}

/** A whole message cut into packets of at most `sizeBytes`; an empty one is one packet without payload. */
export function encodeMessage(type: number, payload: Buffer, sizeBytes: number = packetSizeBytes.initial): Buffer {
  const room = sizeBytes - packetSizeBytes.header;
  const packets: Buffer[] = [];
  for (let start = 0, id = 1; start === 0 || start < payload.length; start += room, id += 1) {
    const last = start + room >= payload.length;
    packets.push(encodePacket({ type, last, processId: 0, id }, payload.subarray(start, start + room)));
  }
  return Buffer.concat(packets);
}
