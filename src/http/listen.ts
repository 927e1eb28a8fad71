import { once } from 'node:events';
import type { Server } from 'node:http';
import { defaultLimits, type ListenLimits } from './limits.ts';
import { formatListenAddress, type ListenAddress } from './listen-address.ts';
import { createPlainServer, type Listeners, type WebService } from './plain-server.ts';
import type { Protection } from './protection.ts';
import { createTlsServer } from './tls-server.ts';

/** A running HTTP service. */
export interface Listening {
  /** As they were bound: a port 0 has become the one that was free. Without the Unix sockets that were passed on. */
  readonly addresses: readonly ListenAddress[];
  /** Every source in words, for the log. */
  readonly names: readonly string[];
  /** Takes no more connections, ends the unused ones at once and the others after their answer. */
  readonly close: () => Promise<void>;
}

/** Where to listen: an address, or a socket that the service manager opened and passed on as this file descriptor. */
export type ListenSource = ListenAddress | { readonly fileDescriptor: number };

export interface ListenOptions {
  readonly limits?: Partial<ListenLimits>;
  /** Serves TLS as it says; null, and unless given: plain HTTP. */
  readonly protection?: Protection | null;
}

/**
 * Listens on everything given.
 * @throws Error, in words for a user, when one of them can't be used; then none is left open.
 */
export async function listen(
  listeners: Listeners,
  sources: readonly ListenSource[],
  { limits = {}, protection = null }: ListenOptions = {},
): Promise<Listening> {
  const allLimits = { ...defaultLimits, ...limits };
  const services: WebService[] = [];
  const addresses: ListenAddress[] = [];
  const names: string[] = [];
  let closed: Promise<unknown> | null = null;
  const close = async (): Promise<void> => {
    closed ??= Promise.all(services.map((service) => closeService(service, allLimits.closeGraceMilliseconds)));
    await closed;
  };
  try {
    for (const source of sources) {
      const service =
        protection?.isTls === true
          ? createTlsServer(listeners, allLimits, protection)
          : createPlainServer(listeners.http1, allLimits);
      await open(service.server, source);
      services.push(service);
      const bound = boundAddress(service.server, source);
      names.push(typeof bound === 'string' ? bound : formatListenAddress(bound));
      if (typeof bound !== 'string') addresses.push(bound);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { addresses, names, close };
}

async function open(server: Server, source: ListenSource): Promise<void> {
  if ('fileDescriptor' in source) server.listen({ fd: source.fileDescriptor });
  else server.listen({ port: source.port, ...(source.host === null ? {} : { host: source.host }) });
  try {
    await once(server, 'listening');
  } catch (error) {
    const where = 'fileDescriptor' in source ? `file descriptor ${source.fileDescriptor}` : formatListenAddress(source);
    throw new Error(`can't listen on ${where}: ${whyNot(error)}`, { cause: error });
  }
}

const explanations: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use; stop the program that has it or give another one with --web.listen-address',
  EACCES: 'the port is reserved for privileged programs; give one above 1023 with --web.listen-address',
  EADDRNOTAVAIL: 'the address is not one of this machine',
  EAFNOSUPPORT: 'this machine has no IPv6',
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name does not resolve at the moment',
  EBADF: 'it is not open: the service manager has to pass a listening socket',
  EINVAL: 'it is not a listening socket: the service manager has to pass one',
  ENOTSOCK: 'it is not a socket: the service manager has to pass a listening one',
};

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return explanations[code] ?? code;
}

/** A text for a Unix socket that was passed on: Node does not say its path. */
function boundAddress(server: Server, source: ListenSource): ListenAddress | string {
  const address = server.address();
  const isPassed = 'fileDescriptor' in source;
  if (address === null || typeof address === 'string')
    return address ?? (isPassed ? `fd:${source.fileDescriptor}` : '');
  return { host: isPassed ? address.address : source.host, port: address.port };
}

async function closeService(service: WebService, graceMilliseconds: number): Promise<void> {
  const { server } = service;
  const closed = once(server, 'close');
  // Ends unused connections too; one with a request under way ends after its answer.
  server.close();
  service.endConnections();
  const deadline = setTimeout(service.cutConnections, graceMilliseconds);
  await closed;
  clearTimeout(deadline);
}
