import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** Another place on loopback. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** An address that stays while what answers there is exchanged, as when a server gets another certificate. */
export interface Switchboard extends Place {
  /** Cuts every connection and leads new ones to another place. */
  readonly leadTo: (place: Place) => void;
}

/** Listens on a free port of loopback until the test ends. */
export async function startSwitchboard(context: TestContext, first: Place): Promise<Switchboard> {
  let place = first;
  const sockets = new Set<Socket>();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((caller) => {
    const callee = connect(place.port, place.host);
    for (const [socket, other] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.once('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    cut();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the switchboard has no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    leadTo: (next) => {
      place = next;
      cut();
    },
  };
}
