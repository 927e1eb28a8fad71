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

/** What TLS needs: one context for each way of speaking it. */
export interface TlsContexts {
  /** Inside PRELOGIN packets, at most TLS 1.2: its handshake ends before the packets do (MS-TDS 2.2.6.5). */
  readonly framed: SecureContext;
  /** TDS 8: any version from 1.2. */
  readonly strict: SecureContext;
}

/** Where a transport's bytes go. */
export interface TransportOptions {
  /** Null for a server without encryption. */
  readonly tls: TlsContexts | null;
  /** What comes from the client is taken so much later, in its order: a line with this round trip. */
  readonly delayMilliseconds: number;
  /** Gets plain bytes; what it throws goes to `onError`. */
  readonly onBytes: (chunk: Buffer) => void;
  readonly onError: (error: Error) => void;
}

interface Secure {
  readonly tunnel: TlsTunnel;
  readonly stream: TLSSocket;
  isEstablished: boolean;
}

const tlsHandshakeRecord = 0x16;

/** The bytes of one connection, plain or inside TLS, below packets and messages. It reads from the start. */
export class Transport {
  readonly #socket: Socket;
  readonly #options: TransportOptions;
  #secure: Secure | null = null;
  #isStrict: boolean | null = null;

  constructor(socket: Socket, options: TransportOptions) {
    this.#socket = socket;
    this.#options = options;
    const take = (chunk: Buffer): void => this.#guard(() => this.#receive(chunk));
    const { delayMilliseconds } = options;
    socket.on(
      'data',
      delayMilliseconds === 0 ? take : (chunk) => takeLater(socket, delayMilliseconds, () => take(chunk)),
    );
  }

  /** TLS came before TDS, as in TDS 8. Known once the first byte has come. */
  get isStrict(): boolean {
    return this.#isStrict === true;
  }

  /** From now on the client speaks TLS, its handshake inside PRELOGIN packets. */
  startTls(): void {
    this.#start(true);
  }

  /** From now on the client speaks plainly again: only its login was inside TLS. */
  stopTls(): void {
    this.#secure?.stream.removeAllListeners('data');
    this.#secure = null;
  }

  /** Resolves when more may be written; rejects with ConnectionClosed. */
  write(bytes: Uint8Array): Promise<void> {
    return write(this.#writable(), bytes);
  }

  /** Writes, then closes with RST once the bytes are out; rejects with ConnectionClosed. */
  async writeAndReset(bytes: Uint8Array): Promise<never> {
    await new Promise<void>((resolve) => this.#writable().write(bytes, () => resolve()));
    this.#socket.resetAndDestroy();
    throw new ConnectionClosed('reset on purpose');
  }

  /** Closes after everything written has gone out. */
  end(): void {
    if (this.#secure === null) this.#socket.destroySoon();
    // Before the handshake is done nothing can be said, and TLS would wait for it for ever.
    else if (!this.#secure.isEstablished) this.#socket.destroy();
    else this.#secure.stream.end(() => this.#socket.destroySoon());
  }

  #writable(): Writable {
    return this.#secure?.stream ?? this.#socket;
  }

  #guard(receive: () => void): void {
    try {
      receive();
    } catch (error) {
      this.#options.onError(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #receive(chunk: Buffer): void {
    if (this.#isStrict === null) {
      this.#isStrict = opensStrictly(chunk, this.#options.tls);
      if (this.#isStrict) this.#start(false);
    }
    if (this.#secure === null) this.#options.onBytes(chunk);
    else this.#secure.tunnel.receive(chunk);
  }

  #start(framed: boolean): void {
    const socket = this.#socket;
    const tunnel = createTlsTunnel({ framed, send: (bytes, done) => sendBelow(socket, bytes, done) });
    const secure: Secure = { tunnel, stream: openTls(tunnel, this.#options.tls, framed), isEstablished: false };
    this.#secure = secure;
    secure.stream.once('secure', () => {
      secure.isEstablished = true;
    });
    secure.stream.on('data', (chunk: Buffer) => this.#guard(() => this.#options.onBytes(chunk)));
    // A client that turns the certificate down says so in an alert: there is nobody left to answer.
    secure.stream.on('error', () => socket.destroy());
    secure.stream.on('end', () => socket.destroySoon());
    // Whoever waits to write inside TLS must learn that the connection below it is gone.
    socket.once('close', () => secure.stream.destroy());
  }
}

/** MS-TDS 3.3.5.1: a connection begins with PRELOGIN, or in TDS 8 with TLS; anything else is closed at once. */
function opensStrictly(chunk: Buffer, contexts: TlsContexts | null): boolean {
  if (contexts !== null && chunk[0] === tlsHandshakeRecord) return true;
  if (chunk[0] === packetType.prelogin) return false;
  throw new ProtocolError(`the first byte is ${chunk[0]}, neither PRELOGIN nor TLS`);
}

/** Timers of one length come in the order in which they were set. A connection that is gone takes nothing more. */
function takeLater(socket: Socket, milliseconds: number, take: () => void): void {
  const timer = setTimeout(() => {
    if (!socket.destroyed) take();
  }, milliseconds);
  timer.unref();
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
