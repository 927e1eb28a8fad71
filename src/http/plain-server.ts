import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { ListenLimits } from './limits.ts';
import type { WebService } from './listeners.ts';
import { boundConnections, counted } from './load/connections.ts';

/** A server of plain HTTP. */
export function createPlainServer(listener: RequestListener, limits: ListenLimits): WebService {
  const server = createServer(serverOptions(limits));
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
