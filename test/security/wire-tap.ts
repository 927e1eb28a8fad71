import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { packetType } from '../../src/simulator/tds/names.ts';
import { createMessageAssembler } from '../../src/simulator/tds/packet.ts';

/** Stands between a client and a server that talk without TLS, and writes down what the client asks. */
export interface WireTap {
  readonly port: number;
  /** The text of every SQL_BATCH so far (MS-TDS 2.2.6.7). */
  readonly batches: readonly string[];
  /** The types of all messages of the client so far (MS-TDS 2.2.3.1.1). */
  readonly messageTypes: ReadonlySet<number>;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** Taps a server on loopback, on a free port. */
export async function startWireTap(target: { readonly host: string; readonly port: number }): Promise<WireTap> {
  const batches: string[] = [];
  const messageTypes = new Set<number>();
  const sockets: Socket[] = [];
  let connections = 0;
  const proxy = createServer((client) => {
    connections += 1;
    const server = connect(target.port, target.host);
    sockets.push(client, server);
    const read = createMessageAssembler(({ type, payload }) => {
      messageTypes.add(type);
      if (type === packetType.sqlBatch) batches.push(batchText(payload));
    });
    client.on('data', read);
    client.pipe(server).pipe(client);
    for (const [one, other] of [[client, server] as const, [server, client] as const]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    batches,
    messageTypes,
    connections: () => connections,
    close: async () => {
      const closed = once(proxy, 'close');
      proxy.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** ALL_HEADERS, whose length comes first, and then the text (MS-TDS 2.2.6.7). */
function batchText(payload: Buffer): string {
  return payload.subarray(payload.readUInt32LE(0)).toString('utf16le');
}
