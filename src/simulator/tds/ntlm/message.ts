import { createByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { ProtocolError } from '../protocol-error.ts';

const signature = Buffer.from('NTLMSSP\0', 'latin1');

const messageType = { negotiate: 1, challenge: 2, authenticate: 3 } as const;

/** Unicode, target name asked for and given, NTLM, always sign, domain, extended security, target info, 128 and 56 bits. */
const challengeFlags = 0xa089_8205;

/** Kinds of AV_PAIR (MS-NLMP 2.2.2.1). */
const pairId = { end: 0, computerName: 1, domainName: 2 } as const;

const headerSizeBytes = 56;

/** What an AUTHENTICATE_MESSAGE carries that proves who sent it (MS-NLMP 2.2.1.3). */
export interface NtlmAuthenticate {
  readonly domain: string;
  readonly userName: string;
  readonly lmResponse: Buffer;
  readonly ntResponse: Buffer;
}

/** Refuses whatever is not a NEGOTIATE_MESSAGE (MS-NLMP 2.2.1.1); ProtocolError. */
export function checkNegotiate(message: Buffer): void {
  expectType(message, messageType.negotiate);
}

/** A CHALLENGE_MESSAGE with eight bytes of chance in it (MS-NLMP 2.2.1.2). */
export function encodeChallenge(challenge: Uint8Array, names: { domain: string; computer: string }): Buffer {
  const target = Buffer.from(names.domain, 'utf16le');
  const information = encodePairs(names);
  const writer = new ByteWriter();
  writer.bytes(signature);
  writer.uint32(messageType.challenge);
  writeField(writer, target.length, headerSizeBytes);
  writer.uint32(challengeFlags);
  writer.bytes(challenge);
  writer.bytes(new Uint8Array(8));
  writeField(writer, information.length, headerSizeBytes + target.length);
  // Version 10.0, build 20348, NTLM revision 15 (2.2.2.10).
  writer.bytes(Uint8Array.of(10, 0, 0x7c, 0x4f, 0, 0, 0, 15));
  writer.bytes(target);
  writer.bytes(information);
  return writer.shift(writer.length);
}

/** Decodes an AUTHENTICATE_MESSAGE; ProtocolError when it is none, or when a field lies outside it. */
export function decodeAuthenticate(message: Buffer): NtlmAuthenticate {
  expectType(message, messageType.authenticate);
  const field = (at: number): Buffer => {
    const reader = createByteReader(message, at);
    const sizeBytes = reader.uint16();
    reader.uint16();
    return createByteReader(message, Math.min(reader.uint32(), message.length)).bytes(sizeBytes);
  };
  return {
    lmResponse: field(12),
    ntResponse: field(20),
    domain: field(28).toString('utf16le'),
    userName: field(36).toString('utf16le'),
  };
}

function expectType(message: Buffer, type: number): void {
  const reader = createByteReader(message);
  const isNtlm = reader.bytes(signature.length).equals(signature);
  if (!isNtlm || reader.uint32() !== type) throw new ProtocolError(`not an NTLM message of type ${type}`);
}

function writeField(writer: ByteWriter, sizeBytes: number, offset: number): void {
  writer.uint16(sizeBytes);
  writer.uint16(sizeBytes);
  writer.uint32(offset);
}

function encodePairs({ domain, computer }: { domain: string; computer: string }): Buffer {
  const writer = new ByteWriter();
  const pair = (id: number, text: string): void => {
    writer.uint16(id);
    writer.uint16(text.length * 2);
    writer.unicode(text);
  };
  pair(pairId.domainName, domain);
  pair(pairId.computerName, computer);
  pair(pairId.end, '');
  return writer.shift(writer.length);
}
