import type { ServerConfig } from '../../config/config.ts';
import type { Connect, Connection } from '../../sql/connection.ts';
import type { Clock } from '../time/clock.ts';
import type { CredentialSource } from './credentials.ts';

/**
 * A connection is replaced after about so long, in seconds: a login that no longer works is noticed while somebody can
 * still mend it, not at the failover that cuts every connection.
 */
const ageLimitSeconds = 3600;

/** Servers that were first polled together are not logged in to together again: the limit is so much shorter or longer. */
const ageSpreadShare = 0.25;

/** The one connection to a server, kept from poll to poll. */
export interface KeptConnection {
  /** The open one; null when there is none. */
  readonly current: () => Connection | null;
  /** Logs in, in place of a connection that is still there. Rejects as `Connect` does, and for want of credentials. */
  readonly open: (signal: AbortSignal) => Promise<Connection>;
  /** Whether the open one has reached its age limit. */
  readonly isOld: () => boolean;
  /** Attempts to log in since this was asked last. */
  readonly takeLogins: () => number;
  readonly close: () => void;
}

export interface KeptConnectionOptions {
  readonly server: ServerConfig;
  readonly connect: Connect;
  readonly credentials: CredentialSource;
  readonly clock: Pick<Clock, 'monotonicSeconds' | 'random'>;
}

export function createKeptConnection({ server, connect, credentials, clock }: KeptConnectionOptions): KeptConnection {
  let connection: Connection | null = null;
  let oldFromSeconds = Number.POSITIVE_INFINITY;
  let logins = 0;

  const close = (): void => {
    connection?.close();
    connection = null;
  };

  return {
    current: () => connection,
    open: async (signal) => {
      // First: a server never sees two connections of ours.
      close();
      const proof = await credentials.read(signal);
      const onLogin = (): void => {
        logins += 1;
      };
      onLogin();
      connection = await connect(server, { credentials: proof, signal, onRedirect: onLogin });
      const spread = 1 + ageSpreadShare * (2 * clock.random() - 1);
      oldFromSeconds = clock.monotonicSeconds() + ageLimitSeconds * spread;
      return connection;
    },
    isOld: () => connection !== null && clock.monotonicSeconds() >= oldFromSeconds,
    takeLogins: () => {
      const taken = logins;
      logins = 0;
      return taken;
    },
    close,
  };
}
