import sql from 'mssql';
import type { ServerConfig } from '../config/config.ts';
import type { Connect, Connection, ConnectOptions, RawRecord } from './connection.ts';

/** The part of the driver's own connection that is needed to end it at once. */
interface DriverConnection {
  close(): void;
  readonly closed: boolean;
}

/** What mssql's pool does inside, as far as it has to be held to one login (mssql lib/base/connection-pool.js). */
interface PoolInside {
  _poolCreate(): Promise<DriverConnection>;
  _poolDestroy(connection: DriverConnection): Promise<void>;
}

/** The driver's own time limits are a second line only: the signal of the poll ends a wait first. */
const driverTimeoutMilliseconds = 600_000;

/** Connects to a server with the mssql driver: one connection, one login, closed for good after a fault. */
export const connect: Connect = async (server, options) => {
  options.signal.throwIfAborted();
  const driver: { connection: DriverConnection | null } = { connection: null };
  const pool = new sql.ConnectionPool({
    ...poolConfig(server, options),
    beforeConnect: (connection: unknown) => {
      driver.connection = connection as DriverConnection;
    },
  });
  // An idle connection that breaks is noticed by the next query; without a listener the event would end the process.
  pool.on('error', () => undefined);
  useOneLogin(pool);
  const close = (): void => {
    driver.connection?.close();
    pool.close().catch(() => undefined);
  };
  try {
    await endWith(options.signal, pool.connect(), close);
  } catch (error) {
    close();
    throw error;
  }
  return connectionOf(pool, close);
};

function connectionOf(pool: sql.ConnectionPool, close: () => void): Connection {
  return {
    query: async (batch, signal) => {
      // batch() sends a SQL_BATCH message as it is; query() would wrap it into sp_executesql.
      const result = await endWith(signal, pool.request().batch<RawRecord>(batch), close);
      return result.recordset ?? [];
    },
    close,
  };
}

/**
 * mssql logs in once to try the configuration, closes that connection, and logs in again for the first request. Here the
 * first connection is kept for the requests, so that one connection costs the server one login.
 */
function useOneLogin(pool: sql.ConnectionPool): void {
  const inside = pool as unknown as PoolInside;
  const [create, destroy] = [inside._poolCreate.bind(pool), inside._poolDestroy.bind(pool)];
  let kept: DriverConnection | null = null;
  let isTrial = true;
  inside._poolCreate = async () => {
    if (isTrial) return create();
    const connection = kept;
    kept = null;
    // The pool makes a new connection when the first one broke; the poller decides about new logins, not the driver.
    if (connection === null || connection.closed) throw connectionEnded();
    return connection;
  };
  inside._poolDestroy = async (connection) => {
    if (!isTrial) return destroy(connection);
    isTrial = false;
    kept = connection;
  };
}

function connectionEnded(): Error {
  return Object.assign(new Error('the connection has ended'), { code: 'ECONNRESET' });
}

/** Resolves like `work`, or rejects with the signal's reason as soon as it aborts, after closing what `work` uses. */
async function endWith<Value>(signal: AbortSignal, work: Promise<Value>, close: () => void): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    reject(signal.reason);
    close();
  };
  // The loser of the race may still reject, with nobody waiting.
  work.catch(() => undefined);
  aborted.catch(() => undefined);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function poolConfig({ host, port, authentication, tls }: ServerConfig, { password }: ConnectOptions): sql.config {
  return {
    server: host,
    port,
    user: authentication.username,
    password,
    // Never the linked database: on a secondary it may refuse the login or let it wait.
    database: 'master',
    connectionTimeout: driverTimeoutMilliseconds,
    requestTimeout: driverTimeoutMilliseconds,
    pool: { max: 1, min: 0, idleTimeoutMillis: driverTimeoutMilliseconds * 1000 },
    options: {
      appName: 'milink-exporter',
      // mssql's types lag behind: tedious takes 'strict' for TDS 8.
      encrypt: (tls.mode === 'strict' ? 'strict' : tls.mode === 'encrypt') as boolean,
      trustServerCertificate: tls.trustServerCertificate,
      ...(tls.serverName === null ? {} : { serverName: tls.serverName }),
      ...(tls.ca === null ? {} : { cryptoCredentialsDetails: { ca: tls.ca, minVersion: 'TLSv1.2' } }),
      // Another replica would answer instead.
      readOnlyIntent: false,
      maxRetriesOnTransientErrors: 0,
      useUTC: true,
      enableArithAbort: true,
    },
  };
}
