import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatListenAddress, type ListenAddress } from './listen-address.ts';

/** What one client may take. */
export interface ListenLimits {
  /** Beyond it a request is answered 431; a scrape's headers have a few hundred bytes. */
  readonly headerBytes: number;
  /** Beyond it a client that is still sending is answered 408. */
  readonly headersTimeoutMilliseconds: number;
  readonly requestTimeoutMilliseconds: number;
  /** How long a connection may stand still while it is sent an answer. */
  readonly idleTimeoutMilliseconds: number;
  /** How long an unused connection is kept: more than common scrape intervals, so that scrapes need no new one. */
  readonly keepAliveTimeoutMilliseconds: number;
  /** Connections to one address at a time; what comes beyond is closed at once. */
  readonly connections: number;
  /** How long closing waits for answers that are under way before it cuts them off. */
  readonly closeGraceMilliseconds: number;
}

const defaultLimits: ListenLimits = {
  headerBytes: 8 * 1024,
  headersTimeoutMilliseconds: 10_000,
  requestTimeoutMilliseconds: 15_000,
  idleTimeoutMilliseconds: 30_000,
  keepAliveTimeoutMilliseconds: 120_000,
  connections: 256,
  closeGraceMilliseconds: 2_000,
};

/** A running HTTP service. */
export interface Listening {
  /** As they were bound: a port 0 has become the one that was free. */
  readonly addresses: readonly ListenAddress[];
  /** Takes no more connections, ends the unused ones at once and the others after their answer. */
  readonly close: () => Promise<void>;
}

/**
 * Listens on every address given.
 * @throws Error, in words for a user, when one of them can't be used; then none is left open.
 */
export async function listen(
  app: RequestListener,
  addresses: readonly ListenAddress[],
  limits: Partial<ListenLimits> = {},
): Promise<Listening> {
  const allLimits = { ...defaultLimits, ...limits };
  const servers: Server[] = [];
  let closed: Promise<unknown> | null = null;
  const close = async (): Promise<void> => {
    closed ??= Promise.all(servers.map((server) => closeServer(server, allLimits.closeGraceMilliseconds)));
    await closed;
  };
  try {
    for (const address of addresses) servers.push(await listenOn(app, address, allLimits));
  } catch (error) {
    await close();
    throw error;
  }
  return { addresses: servers.map((server, index) => boundAddress(server, addresses[index]?.host ?? null)), close };
}

async function listenOn(app: RequestListener, address: ListenAddress, limits: ListenLimits): Promise<Server> {
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMilliseconds,
      requestTimeout: limits.requestTimeoutMilliseconds,
      keepAliveTimeout: limits.keepAliveTimeoutMilliseconds,
      // How often the two limits above are looked at.
      connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMilliseconds),
    },
    app,
  );
  server.on('request', (_request, response) => {
    // Node ends unused connections when it stops listening, but keeps one whose answer was under way then.
    response.once('close', () => server.listening || server.closeIdleConnections());
  });
  server.timeout = limits.idleTimeoutMilliseconds;
  server.maxConnections = limits.connections;
  server.listen({ port: address.port, ...(address.host === null ? {} : { host: address.host }) });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(`can't listen on ${formatListenAddress(address)}: ${whyNot(error)}`, { cause: error });
  }
  return server;
}

const explanations: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use; stop the program that has it or give another one with --web.listen-address',
  EACCES: 'the port is reserved for privileged programs; give one above 1023 with --web.listen-address',
  EADDRNOTAVAIL: 'the address is not one of this machine',
  EAFNOSUPPORT: 'this machine has no IPv6',
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name does not resolve at the moment',
};

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return explanations[code] ?? code;
}

function boundAddress(server: Server, host: string | null): ListenAddress {
  return { host, port: (server.address() as AddressInfo).port };
}

async function closeServer(server: Server, graceMilliseconds: number): Promise<void> {
  const closed = once(server, 'close');
  // Ends unused connections too; one with a request under way ends after its answer.
  server.close();
  const deadline = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
  await closed;
  clearTimeout(deadline);
}
