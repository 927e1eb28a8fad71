import { type ByteReader, createByteReader } from './byte-reader.ts';
import { ProtocolError } from './protocol-error.ts';

/** The FEDAUTH feature of LOGIN7 (MS-TDS 2.2.6.4). */
export interface FedAuth {
  /** What the client repeats of the server's FEDAUTHREQUIRED. */
  readonly echo: boolean;
  /** The security token; null for a client that wants to be told where to get one. */
  readonly token: string | null;
}

/** Feature ids (MS-TDS 2.2.6.4, 2.2.7.11). */
export const feature = { fedAuth: 0x02, terminator: 0xff } as const;

const offsets = { optionFlags3: 27, extension: 56 } as const;
const extensionBit = 0x10;
const securityTokenLibrary = 0x01;

/** The FEDAUTH feature that the login asks for, or null; the other features are passed over. */
export function decodeFedAuth(payload: Buffer): FedAuth | null {
  if ((payload.readUInt8(offsets.optionFlags3) & extensionBit) === 0) return null;
  const pointer = Math.min(payload.readUInt16LE(offsets.extension), payload.length);
  const start = createByteReader(payload, pointer).uint32();
  const features = createByteReader(payload, Math.min(start, payload.length));
  let fedAuth: FedAuth | null = null;
  for (let id = features.uint8(); id !== feature.terminator; id = features.uint8()) {
    const data = createByteReader(features.bytes(features.uint32()));
    if (id === feature.fedAuth) fedAuth = decodeData(data);
  }
  return fedAuth;
}

/** One bit of echo and seven of library; for a security token its length and text. */
function decodeData(data: ByteReader): FedAuth {
  const options = data.uint8();
  const echo = (options & 1) === 1;
  if (options >> 1 !== securityTokenLibrary) return { echo, token: null };
  const sizeBytes = data.uint32();
  if (sizeBytes % 2 !== 0) throw new ProtocolError(`login7: a token of ${sizeBytes} bytes is not UTF-16`);
  return { echo, token: data.bytes(sizeBytes).toString('utf16le') };
}
