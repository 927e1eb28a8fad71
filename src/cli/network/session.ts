import type { ServerConfig } from '../../config/config.ts';
import { createCredentialSource } from '../../poll/login/credentials.ts';
import type { Clock } from '../../poll/time/clock.ts';
import type { Connect, Connection, RawRecord } from '../../sql/connection.ts';

/** How a server is talked to. */
export interface SessionOptions {
  readonly connect: Connect;
  readonly clock: Clock;
  /** What the server shows of the connection as its program: while it is there, this run is alive. */
  readonly applicationName: string;
  /** For connecting, and for each statement. */
  readonly timeoutSeconds: number;
}

/**
 * One server, over one connection at a time. Statements end by their limit and by nothing else: an interruption must leave a
 * connection over which things are removed.
 */
export interface ServerSession {
  readonly server: ServerConfig;
  /** Connects anew where the connection is gone. Rejects as the driver does. */
  readonly run: (statement: string) => Promise<readonly RawRecord[]>;
  readonly close: () => void;
}

const never = new AbortController().signal;

/** Opens nothing until the first statement. */
export function createSession(server: ServerConfig, options: SessionOptions): ServerSession {
  const { connect, clock, timeoutSeconds, applicationName } = options;
  const credentials = createCredentialSource(server.authentication, clock);
  let connection: Connection | null = null;
  const open = async (): Promise<Connection> => {
    const signal = clock.timeLimit(timeoutSeconds);
    connection ??= await connect(server, { credentials: await credentials.read(signal), signal, applicationName });
    return connection;
  };
  return {
    server,
    run: async (statement) => {
      const current = await open();
      try {
        return await current.query(statement, never, clock.timeLimit(timeoutSeconds));
      } catch (error) {
        // A statement that the server refused leaves the connection; whatever else happened, the next one starts afresh.
        if (!isRefusal(error)) {
          current.close();
          connection = null;
        }
        throw error;
      }
    },
    close: () => connection?.close(),
  };
}

/** The server answered with an error of its own below severity 20. */
function isRefusal(error: unknown): boolean {
  const { number, class: severity } = error as { number?: unknown; class?: unknown };
  return typeof number === 'number' && typeof severity === 'number' && severity < 20;
}
