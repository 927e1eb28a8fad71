import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { Login } from '../session.ts';
import { serveConnection } from './connection.ts';
import { noFault, type WireFaults } from './faults.ts';
import { type EncryptionPolicy, parseProductVersion } from './prelogin.ts';
import type { TlsContexts } from './transport.ts';

/** What one simulated server listens on, who gets in, and how it speaks. */
export interface TdsServerOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly login: Login;
  /** PEM. May be left out when `encryption` is `off`. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /**
   * `on` (default) offers encryption, as a server out of the box; `required` insists on it; `off` has none, which no real
   * server of this century does. TDS 8 is taken unless `off`.
   */
  readonly encryption?: EncryptionPolicy;
  /** As `16.0.4175.1`. */
  readonly productVersion: string;
  /** The name in errors; `simulator` by default. */
  readonly serverName?: string;
  readonly faults?: WireFaults;
  /** How long a round trip to it takes, but for that of connecting by TCP; 0 unless given. */
  readonly delayMilliseconds?: number;
  /** Offers logins with a token of Entra ID; `login` then gets them. */
  readonly fedAuth?: boolean;
  /** Sends every client that gets in on to another server. */
  readonly redirect?: { readonly host: string; readonly port: number };
  /** Whether the server is lost: it resets new connections, and open ones at their next batch. Asked each time. */
  readonly isDown?: () => boolean;
}

/** A server that listens. */
export interface TdsServer {
  readonly address: { readonly host: string; readonly port: number };
  /** Connections open now. */
  readonly connectionCount: () => number;
  /** Logins that succeeded since the start. */
  readonly loginCount: () => number;
  /** Batches and procedure calls since the start; tedious sends one of its own after each login. */
  readonly batchCount: () => number;
  /** From now on, for connections that are open too. */
  readonly setFaults: (faults: WireFaults) => void;
  /** Cuts every connection, as a restart of the server does; it goes on listening. */
  readonly closeConnections: () => void;
  /** Stops listening and cuts every connection; resolves when both are done. From then on the port refuses. */
  readonly close: () => Promise<void>;
}

/** Session ids up to 50 are the server's own; those up to 1000 are of the world's applications. */
const firstSessionId = 1001;
const lastSessionId = 32_767;

/** Listens. Rejects when it can't (port taken) or when an option makes no sense. */
export async function startTdsServer(options: TdsServerOptions): Promise<TdsServer> {
  const state: ServerState = {
    faults: options.faults ?? noFault,
    sockets: new Map(),
    lastSessionId: firstSessionId - 1,
    counts: { connections: 0, logins: 0, requests: 0 },
  };
  const server = createServer(createAcceptor(options, state));
  const port = await listen(server, options.host, options.port);
  const closeConnections = (): void => {
    for (const socket of state.sockets.values()) socket.destroy();
  };
  return {
    address: { host: options.host, port },
    connectionCount: () => state.sockets.size,
    loginCount: () => state.counts.logins,
    batchCount: () => state.counts.requests,
    setFaults: (faults) => {
      state.faults = faults;
    },
    closeConnections,
    close: () => {
      const stopped = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      closeConnections();
      return stopped;
    },
  };
}

interface ServerState {
  faults: WireFaults;
  /** By session id. */
  readonly sockets: Map<number, Socket>;
  lastSessionId: number;
  readonly counts: { connections: number; logins: number; requests: number };
}

function createAcceptor(options: TdsServerOptions, state: ServerState): (socket: Socket) => void {
  const { login, encryption = 'on', isDown = () => false } = options;
  const { fedAuth = false, redirect = null } = options;
  parseProductVersion(options.productVersion);
  const { counts, sockets } = state;
  const connection = {
    server: {
      login,
      encryption,
      fedAuth,
      redirect,
      // A server that is updated or renamed says so from its next connection on.
      get productVersion() {
        return options.productVersion;
      },
      get serverName() {
        return options.serverName ?? 'simulator';
      },
    },
    tls: tlsContexts(options, encryption),
    delayMilliseconds: options.delayMilliseconds ?? 0,
    faults: (): WireFaults => (isDown() ? { kind: 'reset_in_answer', afterBytes: 0 } : state.faults),
    onLogin: () => {
      counts.logins += 1;
    },
    onRequest: () => {
      counts.requests += 1;
    },
  };
  return (socket) => {
    if (isDown() || state.faults.kind === 'reset_on_connect') {
      socket.on('error', () => {});
      socket.resetAndDestroy();
      return;
    }
    counts.connections += 1;
    const processId = freeSessionId(state);
    sockets.set(processId, socket);
    socket.once('close', () => sockets.delete(processId));
    // Answers are written whole: waiting for more to send would only delay their last packet.
    socket.setNoDelay(true);
    // One connection's failure, whatever it is, must not be the end of the others.
    serveConnection(socket, { ...connection, processId }).catch(() => socket.destroy());
  };
}

/** The next one that no open connection has. */
function freeSessionId(state: ServerState): number {
  do {
    state.lastSessionId = state.lastSessionId >= lastSessionId ? firstSessionId : state.lastSessionId + 1;
  } while (state.sockets.has(state.lastSessionId) && state.sockets.size < lastSessionId - firstSessionId);
  return state.lastSessionId;
}

/** Ports that servers of this process have had: one that has stopped keeps its own, and refuses until it is started again. */
const portsHad = new Set<number>();

async function listen(server: Server, host: string, port: number): Promise<number> {
  const given = await listenOnce(server, host, port);
  const isAnothers = port === 0 && portsHad.has(given);
  portsHad.add(given);
  if (!isAnothers) return given;
  await new Promise((resolve) => server.close(resolve));
  return listen(server, host, port);
}

function listenOnce(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      // A failure to accept one connection (too many files open) must not end the process.
      server.on('error', () => {});
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function tlsContexts(options: TdsServerOptions, encryption: EncryptionPolicy): TlsContexts | null {
  if (encryption === 'off') return null;
  if (options.tls === undefined) throw new Error(`encryption ${encryption} needs a key and a certificate in tls`);
  const { key, cert } = options.tls;
  const strict = createSecureContext({ key, cert, minVersion: 'TLSv1.2' });
  const framed = createSecureContext({ key, cert, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
  return { strict, framed };
}
