import { lookup as systemLookup } from 'node:dns';
import { connect, type LookupFunction, type Socket } from 'node:net';
import type { SocketOptions } from './open-socket.ts';
import { untilAborted } from './until-aborted.ts';

/**
 * Connects to every address of a name at the same time and keeps the first connection that stands: what the option
 * MultiSubnetFailover of Microsoft's clients does. Rejects with the errors of all when none stands.
 */
export async function connectToFirst(options: SocketOptions): Promise<Socket> {
  const { port, signal, onStage } = options;
  const addresses = await addressesOf(options);
  signal.throwIfAborted();
  onStage('connecting');
  const attempts = addresses.map((host) => attempt(host, port));
  const giveUp = (): void => {
    for (const { socket } of attempts) socket.destroy(signal.reason);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const socket = await Promise.any(attempts.map(({ connected }) => connected));
    for (const other of attempts) if (other.socket !== socket) other.socket.destroy();
    onStage('connected');
    return socket;
  } catch (error) {
    signal.throwIfAborted();
    throw oneCause(error);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

interface Attempt {
  readonly socket: Socket;
  readonly connected: Promise<Socket>;
}

function attempt(host: string, port: number): Attempt {
  const socket = connect({ host, port, noDelay: true });
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  // Stays for the socket's life: an error after the driver has let go of it must not end the process.
  socket.on('error', reject);
  socket.once('close', () => reject(Object.assign(new Error('the attempt was given up'), { code: 'ECONNABORTED' })));
  socket.once('connect', () => resolve(socket));
  return { socket, connected: promise };
}

/** Of several errors the first says why: they are mostly alike. */
function oneCause(error: unknown): unknown {
  return error instanceof AggregateError ? error.errors[0] : error;
}

function addressesOf({ host, signal, lookup = systemLookup as LookupFunction }: SocketOptions): Promise<string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  lookup(host, { all: true }, (error, addresses) => {
    if (error !== null) reject(error);
    else resolve(typeof addresses === 'string' ? [addresses] : addresses.map(({ address }) => address));
  });
  return untilAborted(promise, signal);
}
