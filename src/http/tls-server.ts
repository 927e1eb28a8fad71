import {
  constants,
  createServer as createHttp2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ListenLimits } from './limits.ts';
import { boundConnections, counted } from './load/connections.ts';
import { applyLimits, type Listeners, serverOptions, type WebService } from './plain-server.ts';
import type { Protection } from './protection.ts';
import type { TlsSettings } from './tls-settings.ts';

/** A server of HTTPS that follows the web configuration file: with every connection it sees whether that has changed. */
export function createTlsServer(listeners: Listeners, limits: ListenLimits, protection: Protection): WebService {
  const { tls, config } = protection.initial;
  if (tls === null) throw new Error('a TLS server needs a certificate');
  const server = createServer({
    ...serverOptions(limits),
    ...tls.context,
    requestCert: tls.requestCert,
    rejectUnauthorized: tls.rejectUnauthorized,
    handshakeTimeout: limits.headersTimeoutMilliseconds,
    ALPNProtocols: config.http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
  });
  applyLimits(server, limits);
  const connections = boundConnections(server, limits);
  server.on('request', counted(listeners.http1, connections));
  const sessions = createHttp2Sessions(counted(listeners.http2, connections), limits);
  const settings = followConfiguration(server, protection, tls);
  admit(server, settings, sessions);
  return { server, endConnections: sessions.end, cutConnections: connections.cut };
}

/** Takes each new connection to the settings of the file as it is then. Gives those in force. */
function followConfiguration(server: Server, protection: Protection, initial: TlsSettings): () => TlsSettings {
  let inForce = initial;
  before<Socket>(server, 'connection', async (socket) => {
    // Reset by the client in the meantime: nobody else listens yet.
    const ignore = (): void => undefined;
    socket.on('error', ignore);
    const tls = (await protection.current())?.tls;
    socket.off('error', ignore);
    // While the file can't be used the former settings stay: they let the client read why it is answered 500.
    if (tls !== undefined && tls !== null && tls !== inForce) {
      server.setSecureContext(tls.context);
      // Node reads both for each connection, and has no function to set them.
      Object.assign(server, { requestCert: tls.requestCert, rejectUnauthorized: tls.rejectUnauthorized });
      inForce = tls;
    }
    return !socket.destroyed;
  });
  return () => inForce;
}

/** Lets go on who may, in the protocol that was agreed on. */
function admit(server: Server, settings: () => TlsSettings, sessions: Http2Sessions): void {
  before<TLSSocket>(server, 'secureConnection', (socket) => {
    if (settings().refusalOf(socket) !== null) {
      socket.destroy();
      return false;
    }
    if (socket.alpnProtocol !== 'h2') return true;
    sessions.start(socket);
    return false;
  });
}

/** Puts a step before what Node does with a connection: it goes on when the step gives true, and ends when it fails. */
function before<S extends Socket>(
  server: Server,
  event: 'connection' | 'secureConnection',
  step: (socket: S) => boolean | Promise<boolean>,
): void {
  const following = server.listeners(event);
  server.removeAllListeners(event);
  server.on(event, async (socket: S) => {
    try {
      if (!(await step(socket))) return;
    } catch {
      socket.destroy();
      return;
    }
    for (const next of following) next.call(server, socket);
  });
}

/** The HTTP/2 side of an HTTPS server. */
interface Http2Sessions {
  /** Takes over a connection that has agreed on HTTP/2. */
  readonly start: (socket: TLSSocket) => void;
  /** Ends each session after its answers. */
  readonly end: () => void;
}

/** Beyond it a session is closed: a scrape has one request under way, and its headers. */
const sessionMemoryMegabytes = 2;

/** Frames that mean nothing, or requests beyond the limit, before a session is closed. */
const tolerated = 100;

/** Requests that a client may reset in the long run: a scraper whose time limit is over resets one. */
const forgivenPerSecond = 10;

/** Creates a server that never listens: it is handed its connections (Node's http2, event 'connection'). */
function createHttp2Sessions(listener: Listeners['http2'], limits: ListenLimits): Http2Sessions {
  const sessions = new Set<ServerHttp2Session>();
  const server = createHttp2Server(
    {
      maxSessionMemory: sessionMemoryMegabytes,
      maxSessionInvalidFrames: tolerated,
      maxSessionRejectedStreams: tolerated,
      // CVE-2023-44487: requests that are reset at once, without end.
      streamResetBurst: tolerated,
      streamResetRate: forgivenPerSecond,
      maxHeaderListPairs: 64,
      settings: { maxConcurrentStreams: limits.streams, maxHeaderListSize: limits.headerBytes },
    },
    listener,
  );
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.setTimeout(limits.keepAliveTimeoutMilliseconds, () => session.destroy());
    endResets(session);
  });
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.setTimeout(limits.idleTimeoutMilliseconds, () => stream.destroy());
    boundStream(stream, limits);
  });
  return {
    start: (socket) => void server.emit('connection', socket),
    end: () => {
      for (const session of sessions) session.close();
    },
  };
}

/**
 * Ends a session of requests that are reset at once, without end (CVE-2023-44487). nghttp2 says GOAWAY to it by
 * `streamResetBurst`, and Node.js 24 leaves the connection open after that.
 */
function endResets(session: ServerHttp2Session): void {
  let [resets, forgivenAt] = [0, performance.now()];
  session.on('stream', (stream: ServerHttp2Stream) => {
    stream.once('close', () => {
      if (stream.rstCode === constants.NGHTTP2_NO_ERROR) return;
      const now = performance.now();
      resets = Math.max(0, resets - ((now - forgivenAt) / 1000) * forgivenPerSecond) + 1;
      forgivenAt = now;
      // Not here: Node.js 24 fails an assertion of its own when a session goes away while it is being read.
      if (resets > tolerated) setImmediate(() => session.destroy());
    });
  });
}

/** Who sends or takes a little now and then is never idle: each request has a time for itself and one for its answer. */
function boundStream(stream: ServerHttp2Stream, limits: ListenLimits): void {
  const request = setTimeout(() => stream.readableEnded || stream.destroy(), limits.requestTimeoutMilliseconds);
  const whole = limits.requestTimeoutMilliseconds + limits.answerTimeoutMilliseconds;
  const answer = setTimeout(() => stream.destroy(), whole);
  stream.once('close', () => {
    for (const timer of [request, answer]) clearTimeout(timer);
  });
}
