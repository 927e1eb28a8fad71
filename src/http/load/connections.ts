import type { EventEmitter } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Connections to one listening address at a time. */
interface ConnectionLimits {
  readonly connections: number;
  /** Of these, from one client address. */
  readonly connectionsPerClient: number;
}

/** The connections of a server. */
interface Connections {
  /** To be called with the connection of each request; gives what ends it. */
  readonly begin: (socket: Pick<Socket, 'remoteAddress' | 'remotePort'>) => () => void;
  /** Cuts off every one, those that still shake hands included: `closeAllConnections` knows them not. */
  readonly cut: () => void;
}

interface Open {
  readonly key: string | Socket;
  readonly socket: Socket;
  readonly client: string | null;
  requests: number;
  /** When it was last taken up or left, in an order and not in a time. */
  order: number;
}

/**
 * Bounds a server's connections. A new one is always taken, so that a probe is answered whoever holds the rest: one of the
 * client that has the most is closed instead, the one that has been unused for the longest, else the one whose request has
 * taken the longest.
 */
export function boundConnections(server: Server, limits: ConnectionLimits): Connections {
  const byClient = new Map<string | null, Map<string | Socket, Open>>();
  let total = 0;
  let order = 0;

  const close = (connections: ReadonlyMap<unknown, Open>, except: Open): void => {
    const others = [...connections.values()].filter((each) => each !== except && !each.socket.destroyed);
    const unused = others.filter(({ requests }) => requests === 0);
    const [oldest] = (unused.length > 0 ? unused : others).sort((one, other) => one.order - other.order);
    oldest?.socket.destroy();
    if (oldest !== undefined) remove(oldest);
  };

  const remove = (open: Open): void => {
    const { key, client } = open;
    const connections = byClient.get(client);
    // The port may belong to another connection by now.
    if (connections?.get(key) !== open) return;
    connections.delete(key);
    total -= 1;
    if (connections.size === 0) byClient.delete(client);
  };

  server.on('connection', (socket: Socket) => {
    const client = clientAddress(socket);
    const open: Open = { key: connectionKey(socket), socket, client, requests: 0, order: ++order };
    const own = byClient.get(client) ?? new Map<string | Socket, Open>();
    byClient.set(client, own);
    own.set(open.key, open);
    total += 1;
    socket.once('close', () => remove(open));
    if (client !== null && own.size > limits.connectionsPerClient) close(own, open);
    if (total <= limits.connections) return;
    const [most = own] = [...byClient.values()].sort((one, other) => other.size - one.size);
    close(most, open);
  });

  return {
    begin: (socket) => {
      const open = byClient.get(clientAddress(socket))?.get(connectionKey(socket));
      if (open === undefined) return () => undefined;
      open.requests += 1;
      open.order = ++order;
      return () => {
        open.requests -= 1;
        open.order = ++order;
      };
    },
    cut: () => {
      for (const connections of [...byClient.values()])
        for (const { socket } of [...connections.values()]) socket.destroy();
    },
  };
}

/** A listener whose requests count for their connections until they are answered. */
export function counted<Request extends Pick<IncomingMessage, 'socket'>, Response extends EventEmitter>(
  listener: (request: Request, response: Response) => void,
  { begin }: Pick<Connections, 'begin'>,
): (request: Request, response: Response) => void {
  return (request, response) => {
    response.once('close', begin(request.socket));
    listener(request, response);
  };
}

/** Tells a connection from others. TLS and HTTP/2 show a request's connection as another object, but with the same address and port. */
export function connectionKey(socket: Pick<Socket, 'remoteAddress' | 'remotePort'>): string | Socket {
  const { remoteAddress, remotePort } = socket;
  return remotePort === undefined ? (socket as Socket) : `${remoteAddress} ${remotePort}`;
}

/**
 * Whom a connection counts for: an IPv4 address, or the /64 network of an IPv6 one, as hosts have a whole one each. Null for
 * a Unix socket, behind which everybody is a local proxy. What a proxy says of its clients is not looked at.
 */
export function clientAddress({ remoteAddress }: Pick<Socket, 'remoteAddress'>): string | null {
  if (remoteAddress === undefined) return null;
  const address = remoteAddress.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
