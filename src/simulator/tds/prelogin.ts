import { encryption, preloginOption } from './names.ts';
import { ProtocolError } from './protocol-error.ts';

/** What the server does about encryption: refuses it, offers it, or insists on it (`Force Encryption`). */
export type EncryptionPolicy = 'off' | 'on' | 'required';

/** How much of a connection is inside TLS: nothing, only LOGIN7, or everything after PRELOGIN. */
export type EncryptionScope = 'none' | 'login' | 'all';

/** What the client's PRELOGIN says that matters here. */
export interface PreloginRequest {
  /** The ENCRYPTION byte; `notSupported` when the client left it out. */
  readonly encryption: number;
  /** The client can log in with a token of Entra ID: its FEDAUTHREQUIRED option is there and 1. */
  readonly fedAuth: boolean;
}

const versionSizeBytes = 6;

/** Decodes a PRELOGIN message (MS-TDS 2.2.6.5); ProtocolError when its option table points outside it. */
export function decodePrelogin(payload: Buffer): PreloginRequest {
  const options = new Map<number, Buffer>();
  for (let at = 0; payload[at] !== preloginOption.terminator; at += 5) {
    if (at + 5 > payload.length) throw new ProtocolError('prelogin: the option table has no end');
    const start = payload.readUInt16BE(at + 1);
    const end = start + payload.readUInt16BE(at + 3);
    if (end > payload.length) throw new ProtocolError('prelogin: an option lies outside the message');
    options.set(payload.readUInt8(at), payload.subarray(start, end));
  }
  // MS-TDS 3.3.5.1: without the version as an option this is not a client of this protocol.
  if (options.get(preloginOption.version)?.length !== versionSizeBytes) throw new ProtocolError('prelogin: no version');
  return {
    encryption: options.get(preloginOption.encryption)?.[0] ?? encryption.notSupported,
    fedAuth: options.get(preloginOption.fedAuthRequired)?.[0] === 1,
  };
}

/**
 * The table of MS-TDS 2.2.6.5: what to answer, and what is then encrypted. A client that can't encrypt and a server that
 * requires it can't go on: the answer says so and the client closes.
 */
export function negotiateEncryption(
  client: number,
  policy: EncryptionPolicy,
): { readonly answer: number; readonly scope: EncryptionScope } {
  if (policy === 'off') return { answer: encryption.notSupported, scope: 'none' };
  if (policy === 'required') return { answer: encryption.required, scope: 'all' };
  if (client === encryption.on || client === encryption.required) return { answer: encryption.on, scope: 'all' };
  if (client === encryption.off) return { answer: encryption.off, scope: 'login' };
  return { answer: encryption.notSupported, scope: 'none' };
}

/** A product version such as `16.0.4175.1` in numbers; Error when it is none. */
export function parseProductVersion(text: string): readonly [number, number, number, number] {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,5})\.(\d{1,5})$/.exec(text);
  if (parts === null)
    throw new Error(`product version ${JSON.stringify(text)}: four numbers such as 16.0.4175.1 expected`);
  return [Number(parts[1]), Number(parts[2]), Number(parts[3]), Number(parts[4])];
}

/**
 * The server's PRELOGIN: version, the ENCRYPTION answer, instance accepted, no thread id, no MARS, and that it takes
 * tokens of Entra ID, which is said only to a client that asked (MS-TDS 2.2.6.5).
 */
export function encodePrelogin(productVersion: string, encryptionAnswer: number, fedAuth = false): Buffer {
  const [major, minor, build, subBuild] = parseProductVersion(productVersion);
  const version = Buffer.from([major, minor, build >> 8, build & 0xff, subBuild >> 8, subBuild & 0xff]);
  const options: readonly (readonly [number, Uint8Array])[] = [
    [preloginOption.version, version],
    [preloginOption.encryption, Uint8Array.of(encryptionAnswer)],
    [preloginOption.instance, Uint8Array.of(0)],
    [preloginOption.threadId, Uint8Array.of()],
    [preloginOption.mars, Uint8Array.of(0)],
    ...(fedAuth ? [[preloginOption.fedAuthRequired, Uint8Array.of(1)] as const] : []),
  ];
  const table: Buffer[] = [];
  let start = options.length * 5 + 1;
  for (const [name, data] of options) {
    const entry = Buffer.alloc(5);
    entry.writeUInt8(name, 0);
    entry.writeUInt16BE(start, 1);
    entry.writeUInt16BE(data.length, 3);
    table.push(entry);
    start += data.length;
  }
  return Buffer.concat([...table, Uint8Array.of(preloginOption.terminator), ...options.map(([, data]) => data)]);
}
