import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
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
      streamResetRate: 10,
      maxHeaderListPairs: 64,
      settings: { maxConcurrentStreams: limits.streams, maxHeaderListSize: limits.headerBytes },
    },
    listener,
  );
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.setTimeout(limits.keepAliveTimeoutMilliseconds, () => session.destroy());
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

/** Who sends or takes a little now and then is never idle: each request has a time for itself and one for its answer. */
function boundStream(stream: ServerHttp2Stream, limits: ListenLimits): void {
  const request = setTimeout(() => stream.readableEnded || stream.destroy(), limits.requestTimeoutMilliseconds);
  const whole = limits.requestTimeoutMilliseconds + limits.answerTimeoutMilliseconds;
  const answer = setTimeout(() => stream.destroy(), whole);
  stream.once('close', () => {
    for (const timer of [request, answer]) clearTimeout(timer);
  });
}
