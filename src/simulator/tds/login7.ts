import type { LoginRequest } from '../session.ts';
import { createByteReader } from './byte-reader.ts';
import { decodeFedAuth, type FedAuth } from './login7-features.ts';
import { packetSizeBytes, tdsVersion } from './names.ts';
import { ProtocolError } from './protocol-error.ts';

/** LOGIN7 (MS-TDS 2.2.6.4), as far as the simulator uses it. */
export interface Login7 {
  /** As LOGINACK has to repeat it. */
  readonly tdsVersion: number;
  /** What the client asked for, brought into the allowed range; 4096 when it left it to the server. */
  readonly packetSizeBytes: number;
  readonly request: LoginRequest;
  /** The first message of Windows authentication; null for a login without it. */
  readonly sspi: Buffer | null;
  readonly fedAuth: FedAuth | null;
}

const fixedSizeBytes = 94;
const readOnlyIntentBit = 0x20;
const integratedSecurityBit = 0x80;
const changePasswordBit = 0x01;
const offsets = {
  driverVersion: 12,
  processId: 16,
  optionFlags3: 27,
  hostName: 36,
  userName: 40,
  password: 44,
  applicationName: 48,
  interfaceName: 60,
  language: 64,
  database: 68,
  sspi: 78,
  attachedFile: 82,
} as const;

/** Decodes LOGIN7. Of its features only FEDAUTH is looked at. */
export function decodeLogin7(payload: Buffer): Login7 {
  if (payload.length < fixedSizeBytes) throw new ProtocolError(`login7: ${payload.length} bytes, 94 or more expected`);
  const header = createByteReader(payload);
  const declared = header.uint32();
  if (declared > payload.length) throw new ProtocolError(`login7: ${payload.length} of ${declared} bytes`);
  return {
    tdsVersion: header.uint32(),
    packetSizeBytes: allowedPacketSize(header.uint32()),
    request: {
      userName: field(payload, offsets.userName).toString('utf16le'),
      password: revealPassword(field(payload, offsets.password)),
      database: field(payload, offsets.database).toString('utf16le'),
      applicationName: field(payload, offsets.applicationName).toString('utf16le'),
      hostName: field(payload, offsets.hostName).toString('utf16le'),
      readOnlyIntent: (payload.readUInt8(26) & readOnlyIntentBit) !== 0,
      language: field(payload, offsets.language).toString('utf16le'),
      changesPassword: (payload.readUInt8(offsets.optionFlags3) & changePasswordBit) !== 0,
      attachedFile: field(payload, offsets.attachedFile).toString('utf16le'),
      interfaceName: field(payload, offsets.interfaceName).toString('utf16le'),
      driverVersion: payload.readInt32LE(offsets.driverVersion),
      processId: payload.readInt32LE(offsets.processId),
    },
    sspi: (payload.readUInt8(25) & integratedSecurityBit) === 0 ? null : sspiOf(payload),
    fedAuth: decodeFedAuth(payload),
  };
}

/** The versions that the simulator speaks: ALL_HEADERS and 64-bit row counts, so 7.2 and later. */
export function isSupportedVersion(version: number): boolean {
  return version === tdsVersion.v8 || (version >= tdsVersion.v72 && version <= 0x74ff_ffff);
}

/** NBCROW came with TDS 7.3.B (MS-TDS 2.2.7.13). */
export function hasNullBitmapRows(version: number): boolean {
  return version === tdsVersion.v8 || version >= tdsVersion.v73b;
}

function allowedPacketSize(asked: number): number {
  if (asked === 0) return packetSizeBytes.initial;
  return Math.min(Math.max(asked, packetSizeBytes.minimum), packetSizeBytes.maximum);
}

function field(payload: Buffer, at: number): Buffer {
  const start = payload.readUInt16LE(at);
  return createByteReader(payload, Math.min(start, payload.length)).bytes(payload.readUInt16LE(at + 2) * 2);
}

/** Its length counts bytes, not characters; one of 64 KiB and more, which has a length elsewhere, is no NTLM message. */
function sspiOf(payload: Buffer): Buffer {
  const start = payload.readUInt16LE(offsets.sspi);
  const sizeBytes = payload.readUInt16LE(offsets.sspi + 2);
  return createByteReader(payload, Math.min(start, payload.length)).bytes(sizeBytes);
}

/** Each byte was rotated by four bits, then xored with 0xA5 (MS-TDS 2.2.6.4). */
function revealPassword(hidden: Buffer): string {
  const plain = Buffer.from(hidden);
  for (const [index, byte] of plain.entries()) {
    const rotated = byte ^ 0xa5;
    plain[index] = ((rotated & 0x0f) << 4) | (rotated >> 4);
  }
  return plain.toString('utf16le');
}
