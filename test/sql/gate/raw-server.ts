import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import type { ServerConfig, ServerLimits } from '../../../src/config/config.ts';
import { defaultLimits } from '../../../src/config/limits.ts';
import { secretOf } from '../../../src/config/secret/secret.ts';
import type { Failure } from '../../../src/model/failure-reason.ts';
import { classifyError } from '../../../src/sql/classify-error.ts';
import { connect } from '../../../src/sql/mssql-connection.ts';
import { certificate } from '../../simulator/tds/scripted-server.ts';

/** Packet types (MS-TDS 2.2.3.1.1). */
export const types = { batch: 0x01, login: 0x10, windows: 0x11, prelogin: 0x12 } as const;

/** What a server answers; what is left out is answered as it should be. */
export interface Answers {
  readonly prelogin?: (socket: Socket) => Uint8Array | null;
  readonly login?: (socket: Socket) => Uint8Array | null;
  /** The first batch is the driver's own. Null: the answer is written to the socket by the function itself. */
  readonly batch?: (socket: Socket, index: number) => Uint8Array | null;
  /** TLS before anything else, with a certificate that is verified; without it there is no TLS at all. */
  readonly strict?: boolean;
  readonly limits?: Partial<ServerLimits>;
}

export interface RawServer {
  readonly config: ServerConfig & { readonly port: number };
  /** How many logins came. */
  readonly logins: () => number;
}

/** A server of a few bytes, on a real socket. */
export async function rawServer(context: Pick<TestContext, 'after'>, answers: Answers): Promise<RawServer> {
  let [logins, batches] = [0, 0];
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket): void => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('data', ([type]) => {
      if (type === types.login) logins += 1;
      if (type === types.batch) batches += 1;
      const bytes = answerTo(type ?? -1, socket, { answers, batches });
      if (bytes !== null && socket.writable) socket.write(bytes);
    });
  };
  const { cert, key } = certificate;
  const server = answers.strict
    ? createTlsServer({ cert, key, ALPNProtocols: ['tds/8.0'] }, onSocket)
    : createServer(onSocket);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { logins: () => logins, config: configOf(address.port, answers) };
}

function configOf(port: number, { strict = false, limits = {} }: Answers): RawServer['config'] {
  const authentication = { type: 'sql_login', username: 'milink', password: secretOf('in-clear') } as const;
  const tls = { ca: strict ? certificate.cert : null, serverName: 'localhost', trustServerCertificate: false };
  return {
    name: 'sql-1',
    host: '127.0.0.1',
    port,
    authentication,
    tls: { mode: strict ? 'strict' : 'off', ...tls },
    limits: { ...defaultLimits, ...limits },
  };
}

function answerTo(type: number, socket: Socket, { answers, batches }: { answers: Answers; batches: number }) {
  if (type === types.prelogin) return (answers.prelogin ?? (() => prelogin))(socket);
  if (type === types.login) return (answers.login ?? (() => packet([...loginAck, ...done])))(socket);
  if (type === types.batch)
    return batches === 1 ? packet(done) : (answers.batch ?? (() => packet(done)))(socket, batches);
  return null;
}

/** Logs in and sends one batch. Null: all went well. Rejects when the signal had to end it. */
export async function failureOf(config: ServerConfig, signal = AbortSignal.timeout(20_000)): Promise<Failure | null> {
  const credentials = { type: 'sql_login', username: 'milink', password: 'in-clear' } as const;
  try {
    const connection = await connect(config, { credentials, signal });
    try {
      await connection.query('SELECT a FROM b', signal);
      return null;
    } finally {
      connection.close();
    }
  } catch (error) {
    if (signal.aborted) throw error;
    return classifyError(error);
  }
}

/** A packet of an answer (MS-TDS 2.2.3.1: type 4, length with the header); `isLast` ends the message. */
export function packet(data: readonly number[] | Uint8Array, isLast = true): Buffer {
  const header = Buffer.from([4, isLast ? 1 : 0, 0, 0, 0, 0, 1, 0]);
  header.writeUInt16BE(data.length + 8, 2);
  return Buffer.concat([header, Buffer.from(data)]);
}

/** PRELOGIN with a version, and no encryption (MS-TDS 2.2.6.5). */
export const prelogin = packet([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, 2]);
/** DONE without rows (MS-TDS 2.2.7.6). */
export const done = [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/** LOGINACK of TDS 7.4 by a program named "x" (MS-TDS 2.2.7.14). */
export const loginAck = [0xad, 12, 0, 1, 0x74, 0, 0, 4, 1, 0x78, 0, 16, 0, 0, 0];

/** INFO without any text: 17 bytes, so that what follows begins at another kind of address (MS-TDS 2.2.7.13). */
export const info = [0xab, 14, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** ENVCHANGE of type 20: go on to that host and port (MS-TDS 2.2.7.9). */
export function routing(host: string, port: number): number[] {
  const name = [...Buffer.from(host, 'utf16le')];
  const value = [0, port & 0xff, port >> 8, host.length, 0, ...name];
  return [0xe3, value.length + 5, 0, 20, value.length, 0, ...value, 0, 0];
}

/** ENVCHANGE of type 4: packets of that size from now on. */
export function packetSize(size: string): number[] {
  const value = [size.length, ...Buffer.from(size, 'utf16le')];
  return [0xe3, value.length + 2, 0, 4, ...value, 0];
}

const collation = [0x09, 0x04, 0xd0, 0x00, 0x34];

/** The kinds of columns that hold UTF-16, and how long their values say they are. */
export const textColumns = {
  nvarchar: { type: [0xe7, 0xfe, 0x1f, ...collation], prefix: (bytes: number) => [bytes & 0xff, bytes >> 8] },
  nchar: { type: [0xef, 0xfe, 0x1f, ...collation], prefix: (bytes: number) => [bytes & 0xff, bytes >> 8] },
  'nvarchar(max)': { type: [0xe7, 0xff, 0xff, ...collation], prefix: partial },
  ntext: {
    type: [0x63, 0xff, 0xff, 0xff, 0x7f, ...collation, 1, 1, 0, 0x78, 0],
    prefix: (bytes: number) => [1, 0, ...new Array<number>(8).fill(0), ...little(bytes)],
  },
  xml: { type: [0xf1, 0], prefix: partial },
} as const;

/** PLP: of unknown length, one chunk; what ends it comes after the value. */
function partial(bytes: number): number[] {
  return [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, ...little(bytes)];
}

export function little(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >>> 24) & 0xff];
}

/** COLMETADATA of one column named "a" (MS-TDS 2.2.7.4). */
export function oneColumn(type: readonly number[]): number[] {
  return [0x81, 1, 0, 0, 0, 0, 0, 9, 0, ...type, 1, 0x61, 0];
}

/** Writes the same bytes for as long as somebody reads them. */
export async function flood(socket: Socket, first: Uint8Array, again: Uint8Array): Promise<void> {
  socket.write(first);
  while (!socket.destroyed && socket.writable) {
    if (!socket.write(again)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
  }
}
