import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { resolveName } from '../resolve/resolver.ts';
import { untilAborted } from '../threads/abort-signals.ts';

export interface InstanceOptions {
  readonly host: string;
  /** The name of the instance, without the host. */
  readonly instance: string;
  /** Ends the asking; its reason is what it rejects with, unless that is a time limit. */
  readonly signal: AbortSignal;
  /** Where SQL Server Browser listens; 1434 unless given. */
  readonly browserPort?: number;
}

/** SQL Server Browser's port, fixed by the protocol (MC-SQLR 2.1). */
const defaultBrowserPort = 1434;

/** CLNT_UCAST_INST: which port has this one instance (MC-SQLR 2.2.3); and the first byte of the answer (2.2.5). */
const [askForInstance, answered] = [0x04, 0x05];

const hint = 'is it running, is UDP allowed, is the name right? The port can be configured instead';

/** UDP loses packets: asked again after this long. */
const askAgainMilliseconds = 1000;

/** Asks SQL Server Browser for the TCP port of a named instance. Rejects when it is silent, or knows none. */
export async function instancePort(options: InstanceOptions): Promise<number> {
  const { host, instance, signal, browserPort = defaultBrowserPort } = options;
  try {
    const [address = host] = await resolveName(host, signal);
    const answer = await ask({ ...options, browserPort, address });
    return portIn(answer, instance);
  } catch (error) {
    // Told by the system when nobody listens at the port, as `recvmsg ECONNREFUSED`.
    if (error instanceof Error && 'syscall' in error && 'code' in error && error.code === 'ECONNREFUSED') {
      const message = `nothing answers at UDP ${browserPort} of ${host}, where SQL Server Browser says which port the instance ${instance} has`;
      throw Object.assign(new Error(`${message}: ${hint}`), { code: 'ECONNREFUSED' });
    }
    if (error !== signal.reason || !(error instanceof DOMException && error.name === 'TimeoutError')) throw error;
    throw unanswered(`SQL Server Browser (UDP ${browserPort}) did not say which port the instance ${instance} has`);
  }
}

/** A browser that doesn't know the instance is silent too (MC-SQLR 2.2.5). */
function unanswered(message: string): Error {
  return Object.assign(new Error(`${message}: ${hint}`), { code: 'ETIMEDOUT' });
}

interface Question extends InstanceOptions {
  readonly browserPort: number;
  readonly address: string;
}

/** The first answer of the browser that was asked; others are not listened to. */
async function ask({ instance, signal, browserPort, address }: Question): Promise<Buffer> {
  const socket: Socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const question = Buffer.concat([Uint8Array.of(askForInstance), Buffer.from(`${instance}\0`, 'latin1')]);
  socket.on('error', reject);
  // Connected: the system drops what comes from elsewhere, and tells when nobody listens there.
  socket.connect(browserPort, address, () => {
    socket.on('message', resolve);
    socket.send(question);
  });
  const timer = setInterval(() => socket.send(question), askAgainMilliseconds);
  try {
    return await untilAborted(promise, signal);
  } finally {
    clearInterval(timer);
    socket.close();
  }
}

/** `ServerName;SQL01;InstanceName;PROD;IsClustered;No;Version;16.0.1000.6;tcp;49721;;` after three bytes (2.2.5). */
function portIn(answer: Buffer, instance: string): number {
  const words = answer.subarray(3).toString('latin1').split(';');
  const at = words.findIndex((word, index) => word.toLowerCase() === 'tcp' && index % 2 === 0);
  const port = Number(words[at + 1]);
  if (answer[0] === answered && at >= 0 && Number.isInteger(port) && port > 0 && port < 65_536) return port;
  const message = `SQL Server Browser gave no TCP port for the instance ${instance}: is TCP/IP enabled for it?`;
  throw Object.assign(new Error(message), { code: 'ECONNREFUSED' });
}
