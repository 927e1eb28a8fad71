import { startTdsServer, type TdsServer } from '../tds/server.ts';
import { createAuthority } from '../tls-identity.ts';
import type { ReplayedServer } from './recording.ts';
import { replaySession } from './session.ts';

/** Recorded servers that listen. */
export interface Replay {
  readonly servers: readonly (ReplayedServer & { readonly host: string; readonly port: number })[];
  /** PEM of the authority behind their TLS certificates. */
  readonly certificateAuthority: string;
  readonly close: () => Promise<void>;
}

export interface ReplayOptions {
  readonly login: { readonly username: string; readonly password: string };
  /** Where each listens; loopback and a free port unless given. */
  readonly places: readonly { readonly host: string; readonly port: number }[];
  /** As that of the servers of a pair; 0 unless given. */
  readonly delayMilliseconds?: number;
}

/** Listens as the servers that were recorded. Rejects when one can't. */
export async function startReplay(
  servers: readonly ReplayedServer[],
  { login: { username, password }, places, delayMilliseconds = 0 }: ReplayOptions,
): Promise<Replay> {
  const authority = await createAuthority();
  const tls = await authority.issue(['localhost']);
  const running: TdsServer[] = [];
  const close = async (): Promise<void> => void (await Promise.all(running.map((server) => server.close())));
  try {
    for (const [at, recorded] of servers.entries()) {
      const { host, port } = places[at] ?? { host: '127.0.0.1', port: 0 };
      const server = await startTdsServer({
        ...{ host, port, tls, delayMilliseconds, productVersion: recorded.version },
        login: (request) =>
          request.userName === username && request.password === password
            ? replaySession(recorded)
            : {
                error: {
                  number: 18456,
                  state: 1,
                  class: 14,
                  message: `Login failed for user '${request.userName}'.`,
                  line: 1,
                },
              },
      });
      running.push(server);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const listening = servers.map((server, at) => ({ ...server, ...(running[at]?.address ?? { host: '', port: 0 }) }));
  return { servers: listening, certificateAuthority: authority.certificate, close };
}
