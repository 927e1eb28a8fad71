import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import { packetType } from './names.ts';
import { ProtocolError } from './protocol-error.ts';
import { createTlsTunnel, type TlsTunnel } from './tls-tunnel.ts';

/** The connection is gone: whatever was being answered stops. */
export class ConnectionClosed extends Error {
  override readonly name = 'ConnectionClosed';
}

/** What TLS needs: one context for each way of speaking it. Null for a server without encryption. */
export interface TlsContexts {
  /** Inside PRELOGIN packets, at most TLS 1.2: its handshake ends before the packets do (MS-TDS 2.2.6.5). */
  readonly framed: SecureContext;
  /** TDS 8: any version from 1.2. */
  readonly strict: SecureContext;
}

/** The bytes of one connection, plain or inside TLS, below packets and messages. */
export interface Transport {
  /** TLS came before TDS, as in TDS 8. Known once the first byte has come. */
  readonly isStrict: () => boolean;
  /** From now on the client speaks TLS, its handshake inside PRELOGIN packets. */
  readonly startTls: () => void;
  /** From now on the client speaks plainly again: only its login was inside TLS. */
  readonly stopTls: () => void;
  /** Resolves when more may be written; rejects with ConnectionClosed. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Writes, then closes with RST once the bytes are out. */
  readonly writeAndReset: (bytes: Uint8Array) => Promise<never>;
  /** Closes after everything written has gone out. */
  readonly end: () => void;
}

const tlsHandshakeRecord = 0x16;

/** Reads at once: `onBytes` gets the plain bytes; `onError` what it throws and what TLS can't make sense of. */
export function createTransport(
  socket: Socket,
  options: {
    readonly tls: TlsContexts | null;
    readonly onBytes: (chunk: Buffer) => void;
    readonly onError: (error: Error) => void;
  },
): Transport {
  let secure: { readonly tunnel: TlsTunnel; readonly stream: TLSSocket; isEstablished: boolean } | null = null;
  let isStrict: boolean | null = null;
  const guarded = (receive: (chunk: Buffer) => void) => (chunk: Buffer) => {
    try {
      receive(chunk);
    } catch (error) {
      options.onError(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const start = (framed: boolean): void => {
    const tunnel = createTlsTunnel({ framed, send: (bytes, done) => sendBelow(socket, bytes, done) });
    const stream = openTls(tunnel, options.tls, framed);
    const started = { tunnel, stream, isEstablished: false };
    secure = started;
    stream.once('secure', () => {
      started.isEstablished = true;
    });
    stream.on('data', guarded(options.onBytes));
    // A client that turns the certificate down says so in an alert: there is nobody left to answer.
    stream.on('error', () => socket.destroy());
    stream.on('end', () => socket.destroySoon());
    // Whoever waits to write inside TLS must learn that the connection below it is gone.
    socket.once('close', () => stream.destroy());
  };
  socket.on(
    'data',
    guarded((chunk) => {
      if (isStrict === null) {
        isStrict = opensStrictly(chunk, options.tls);
        if (isStrict) start(false);
      }
      if (secure === null) options.onBytes(chunk);
      else secure.tunnel.receive(chunk);
    }),
  );
  const writable = (): Writable => secure?.stream ?? socket;
  return {
    isStrict: () => isStrict === true,
    startTls: () => start(true),
    stopTls: () => {
      secure?.stream.removeAllListeners('data');
      secure = null;
    },
    write: (bytes) => write(writable(), bytes),
    writeAndReset: async (bytes) => {
      await new Promise<void>((resolve) => writable().write(bytes, () => resolve()));
      socket.resetAndDestroy();
      throw new ConnectionClosed('reset on purpose');
    },
    end: () => {
      if (secure === null) socket.destroySoon();
      // Before the handshake is done nothing can be said, and TLS would wait for it for ever.
      else if (!secure.isEstablished) socket.destroy();
      else secure.stream.end(() => socket.destroySoon());
    },
  };
}

/** MS-TDS 3.3.5.1: a connection begins with PRELOGIN, or in TDS 8 with TLS; anything else is closed at once. */
function opensStrictly(chunk: Buffer, contexts: TlsContexts | null): boolean {
  if (contexts !== null && chunk[0] === tlsHandshakeRecord) return true;
  if (chunk[0] === packetType.prelogin) return false;
  throw new ProtocolError(`the first byte is ${chunk[0]}, neither PRELOGIN nor TLS`);
}

function sendBelow(socket: Socket, bytes: Buffer, done: () => void): void {
  // The callback's error is left to the socket's close: TLS must not report the same failure a second time.
  if (socket.destroyed) done();
  else socket.write(bytes, () => done());
}

function openTls(tunnel: TlsTunnel, contexts: TlsContexts | null, framed: boolean): TLSSocket {
  if (contexts === null) throw new Error('a server without encryption was asked for TLS');
  return new TLSSocket(tunnel.stream, {
    isServer: true,
    secureContext: framed ? contexts.framed : contexts.strict,
    // MS-TDS 2.2.6.5: TDS 8 names itself in ALPN; inside PRELOGIN no client offers it.
    ...(framed ? {} : { ALPNProtocols: ['tds/8.0'] }),
  });
}

function write(stream: Writable, bytes: Uint8Array): Promise<void> {
  if (stream.destroyed || stream.writableEnded) return Promise.reject(new ConnectionClosed('connection closed'));
  if (stream.write(bytes)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const onDrain = (): void => {
      stream.off('close', onClose);
      resolve();
    };
    const onClose = (): void => {
      stream.off('drain', onDrain);
      reject(new ConnectionClosed('connection closed'));
    };
    stream.once('drain', onDrain);
    stream.once('close', onClose);
  });
}
