import { constants, createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { ListenLimits } from './limits.ts';
import type { Listeners } from './web-service.ts';

/** The HTTP/2 side of an HTTPS server. */
export interface Http2Sessions {
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
export function createHttp2Sessions(listener: Listeners['http2'], limits: ListenLimits): Http2Sessions {
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer(
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
