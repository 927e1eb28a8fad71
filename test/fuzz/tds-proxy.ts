import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { certificate } from '../simulator/tds/scripted-server.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { randomOf } from './random.ts';

export interface TdsProxy {
  readonly port: number;
  readonly tls: ProxyTls;
  /** Connections that had something changed. */
  readonly changed: () => number;
  readonly close: () => void;
}

/**
 * `off`: no TLS at all. `strict`: TLS before anything else, with a certificate that the client verifies; what is inside is
 * changed. `encrypt`: TLS inside of PRELOGIN, with a server behind that does it; what carries the TLS is changed.
 */
export type ProxyTls = 'off' | 'strict' | 'encrypt';

export interface TdsProxyOptions {
  /** A server without TLS, but for `encrypt`. */
  readonly upstreamPort: number;
  readonly seed: number;
  readonly tls: ProxyTls;
}

/** Longer than a view may take in a poll of the fuzzer: the client sends an attention meanwhile. */
const holdMilliseconds = 1500;

/** A server whose every connection is changed somewhere: prelogin, login, batch, by the seed and the connection's number. */
export async function startTdsProxy({ upstreamPort, seed, tls }: TdsProxyOptions): Promise<TdsProxy> {
  const sockets = new Set<Socket>();
  let [connections, changed] = [0, 0];
  const onClient = (client: Socket): void => {
    const random = randomOf(seed, connections);
    connections += 1;
    // Early ones meet the login, later ones a view.
    const first = random.below(random.of([3, 8, 24]));
    const isHeld = random.chance(0.15);
    const upstream = connect(upstreamPort, '127.0.0.1');
    let chunks = 0;
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    client.on('data', (bytes: Buffer) => upstream.writable && upstream.write(bytes));
    upstream.on('data', (bytes: Buffer) => {
      const isChanged = chunks === first || (chunks > first && random.chance(0.2));
      if (chunks === first) changed += 1;
      if (chunks === first && isHeld) {
        client.cork();
        setTimeout(() => client.uncork(), holdMilliseconds);
      }
      chunks += 1;
      if (client.writable) client.write(isChanged ? mutateBytes(bytes, random) : bytes);
    });
  };
  const { cert, key } = certificate;
  const server =
    tls === 'strict' ? createTlsServer({ cert, key, ALPNProtocols: ['tds/8.0'] }, onClient) : createServer(onClient);
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    tls,
    changed: () => changed,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
