import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createHttp2Sessions, type Http2Sessions } from './http2-sessions.ts';
import type { ListenLimits } from './limits.ts';
import { boundConnections, counted } from './load/connections.ts';
import { applyLimits, serverOptions } from './plain-server.ts';
import type { Protection } from './protection.ts';
import type { TlsSettings } from './tls-settings.ts';
import type { Listeners, WebService } from './web-service.ts';

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
