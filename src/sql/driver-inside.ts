import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

/** What the driver makes to read an answer's tokens (tedious lib/token/token-stream-parser.js). */
export interface TokenParser extends EventEmitter {
  /** tedious 19 only: the stream that tells of what can't be read. From tedious 20 on the parser itself does. */
  readonly parser?: unknown;
}

/** A TLS connection as far as the guard looks at it (node:tls). */
export interface TlsState {
  readonly authorized?: boolean;
  readonly authorizationError?: unknown;
}

/** The parts of tedious' connection that are guarded (tedious lib/connection.js). */
export interface DriverConnection extends EventEmitter {
  close(): void;
  readonly closed: boolean;
  /** Not there before the socket is open. With TDS 8 it is the TLS connection. */
  readonly socket?: TlsState;
  /** The answer being read is a stream of its own; neither is there before something has been received. */
  readonly messageIo?: { readonly incomingMessageStream?: { readonly currentMessage?: { destroy(): void } } };
  sendLogin7Packet(): void;
  createTokenStreamParser(message: unknown, handler: unknown): TokenParser;
}

/** What mssql's pool does inside, as far as it has to be held to one login (mssql lib/base/connection-pool.js). */
export interface PoolInside {
  _poolCreate(): Promise<DriverConnection>;
  _poolDestroy(connection: DriverConnection): Promise<void>;
}

/** Throws unless the pool has what `PoolInside` names. */
export function poolInside(pool: object): PoolInside {
  for (const method of ['_poolCreate', '_poolDestroy'] as const) requireMethod(pool, method);
  return pool as PoolInside;
}

/** Throws unless a new connection has what the guard uses. */
export function probeConnection(connection: unknown): asserts connection is DriverConnection {
  if (!(connection instanceof EventEmitter)) throw lacksPart('connection');
  for (const method of ['close', 'sendLogin7Packet', 'createTokenStreamParser']) requireMethod(connection, method);
  if (!('closed' in connection) || typeof connection.closed !== 'boolean') throw lacksPart('closed');
}

/** Throws when answers have begun to be read in another way than the guard can end. */
export function probeAnswers({ messageIo }: Pick<DriverConnection, 'messageIo'>): void {
  const stream = messageIo?.incomingMessageStream;
  if (typeof stream !== 'object' || !('currentMessage' in stream)) {
    throw lacksPart('messageIo.incomingMessageStream.currentMessage');
  }
}

/**
 * Who says that an answer can't be read: a stream inside the parser (tedious 19), or the parser (tedious 20).
 * Throws when it is neither.
 */
export function tokenSource(parser: TokenParser): EventEmitter {
  if (parser.parser instanceof EventEmitter) return parser.parser;
  if (parser instanceof EventEmitter && 'run' in parser && parser.parser === undefined) return parser;
  throw lacksPart('token parser');
}

function requireMethod(object: object, method: string): void {
  if (!(method in object) || typeof object[method as keyof typeof object] !== 'function') throw lacksPart(method);
}

/** The error for a driver that doesn't look as expected any more: without the guard it must not be used. */
function lacksPart(part: string): Error {
  return Object.assign(
    new Error(
      `the driver has no ${part}, so it can't be guarded and is not used: this is ${driverVersions()}; milink-exporter works with mssql 12.7.14 and later of 12, tedious 19.2.2 and later of 19, and tedious 20`,
    ),
    { code: 'EDRIVER' },
  );
}

/** The versions that are installed, in words. Never throws. */
function driverVersions(): string {
  try {
    const require = createRequire(import.meta.url);
    // The tedious that mssql loads may lie inside of it.
    const requireFromDriver = createRequire(require.resolve('mssql'));
    const { version: mssql } = require('mssql/package.json');
    const { version: tedious } = requireFromDriver('tedious/package.json');
    return `mssql ${mssql} with tedious ${tedious}`;
  } catch {
    return 'an unknown version';
  }
}
