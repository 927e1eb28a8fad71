import type { RequestListener, Server, ServerOptions } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { ListenLimits } from './limits.ts';
import { boundConnections, counted } from './load/connections.ts';
import { http } from './node-http.ts';

/** The application, once for each protocol. */
export interface Listeners {
  readonly http1: RequestListener;
  readonly http2: (request: Http2ServerRequest, response: Http2ServerResponse) => void;
}

/** A server that is not listening yet, and the ways to end its connections. */
export interface WebService {
  readonly server: Server;
  /** Ends what is unused, and the rest after its answer. */
  readonly endConnections: () => void;
  /** Cuts off every connection. */
  readonly cutConnections: () => void;
}

/** A server of plain HTTP. */
export function createPlainServer(listener: RequestListener, limits: ListenLimits): WebService {
  const server = http.createServer(serverOptions(limits));
  applyLimits(server, limits);
  const connections = boundConnections(server, limits);
  server.on('request', counted(listener, connections));
  return { server, endConnections: () => undefined, cutConnections: connections.cut };
}

/** The limits of HTTP/1.1, for `createServer` of http and https. */
export function serverOptions(limits: ListenLimits): ServerOptions {
  return {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMilliseconds,
    requestTimeout: limits.requestTimeoutMilliseconds,
    keepAliveTimeout: limits.keepAliveTimeoutMilliseconds,
    // How often the two limits above are looked at.
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMilliseconds),
  };
}

/** The limits that are properties of the server. */
export function applyLimits(server: Server, limits: ListenLimits): void {
  server.on('request', (_request, response) => {
    // Node ends unused connections when it stops listening, but keeps one whose answer was under way then.
    response.once('close', () => server.listening || server.closeIdleConnections());
  });
  server.timeout = limits.idleTimeoutMilliseconds;
}
