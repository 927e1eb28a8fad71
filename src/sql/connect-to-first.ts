import { connect, type Socket } from 'node:net';

/**
 * Connects to all addresses at the same time and keeps the first connection that stands: what the option
 * MultiSubnetFailover of Microsoft's clients does. Rejects with the error of one when none stands, or with the signal's
 * reason.
 */
export async function connectToFirst(
  addresses: readonly string[],
  { port, signal }: { readonly port: number; readonly signal: AbortSignal },
): Promise<Socket> {
  signal.throwIfAborted();
  const attempts = addresses.map((host) => attempt(host, port));
  const giveUp = (): void => {
    for (const { socket } of attempts) socket.destroy(signal.reason);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const socket = await Promise.any(attempts.map(({ connected }) => connected));
    for (const other of attempts) if (other.socket !== socket) other.socket.destroy();
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
