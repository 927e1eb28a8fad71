import { connect, isIP, type Socket } from 'node:net';
import { type Resolve, resolveName } from '../resolve/resolver.ts';
import { connectToFirst } from './connect-to-first.ts';

/** How far an attempt has come: decides what an unanswered attempt means. */
export type SocketStage = 'resolving' | 'connecting' | 'connected';

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

export interface SocketOptions extends SocketAddress {
  /** Ends the attempt; its reason is what the attempt rejects with. */
  readonly signal: AbortSignal;
  readonly onStage: (stage: SocketStage) => void;
  /** The resolver of the process unless given. */
  readonly resolve?: Resolve;
  /** Tries all addresses of the host at the same time and keeps the first that answers; false unless given. */
  readonly allAtOnce?: boolean;
}

/**
 * How long one address of several may stay silent before the next is tried. Node's 250 ms would give up a distant one; an
 * availability group's listener resolves to the addresses of all subnets, of which only one answers.
 */
const attemptMilliseconds = 1000;

/** Opens a TCP connection. Unlike the driver's own attempt it can be ended while it is still resolving or connecting. */
export async function openSocket(options: SocketOptions): Promise<Socket> {
  const { host, port, signal, onStage, resolve = resolveName, allAtOnce = false } = options;
  signal.throwIfAborted();
  if (isIP(host) === 0) onStage('resolving');
  const addresses = await resolve(host, signal);
  onStage('connecting');
  signal.throwIfAborted();
  const socket = allAtOnce
    ? await connectToFirst(addresses, { port, signal })
    : await connectInTurn(addresses, { host, port, signal });
  onStage('connected');
  return socket;
}

/** Tries one address after the other. The socket is the driver's to use; its errors end nothing. */
async function connectInTurn(
  addresses: readonly string[],
  { host, port, signal }: SocketAddress & { readonly signal: AbortSignal },
): Promise<Socket> {
  const socket = connect({
    host,
    port,
    noDelay: true,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attemptMilliseconds,
    lookup: (_host, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: isIP(address) })),
      ),
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = (): void => {
    socket.destroy();
    reject(signal.reason);
  };
  // Stays for the socket's life: an error after the driver has let go of it must not end the process.
  socket.on('error', reject);
  socket.once('connect', resolve);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  return socket;
}

/**
 * What it means that the time limit came while an attempt to reach `address` was at `stage`; null: the server accepted and
 * is the one silent.
 */
export function unansweredAttempt(stage: SocketStage, { host, port }: SocketAddress): Error | null {
  if (stage === 'connected') return null;
  const [message, code] =
    stage === 'resolving'
      ? [`the name ${host} was not resolved within the time limit`, 'EAI_AGAIN']
      : [`no answer to the connection attempt to ${host}:${port} within the time limit`, 'ETIMEDOUT'];
  return Object.assign(new Error(message), { code });
}
