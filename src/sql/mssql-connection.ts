import './late-identity.ts';
import './driver-text.ts';
import type { Socket } from 'node:net';
import sql from 'mssql';
import type { ServerConfig } from '../config/config.ts';
import {
  answerFault,
  type ConnectAttempt,
  connectError,
  loginRefused,
  type SqlErrorToken,
  sentInCircles,
} from './connect-error.ts';
import { type Connect, type Connection, type ConnectOptions, type RawRecord, TimeLimitError } from './connection.ts';
import { driverConfig } from './driver-config.ts';
import { guardDriver, type ReleaseDriver } from './driver-guard.ts';
import { type DriverConnection, poolInside, probeConnection } from './driver-inside.ts';
import { gateDriver } from './gate/gate.ts';
import type { Meter } from './gate/meter.ts';
import { instancePort } from './instance-port.ts';
import { keptRows } from './kept-rows.ts';
import { openSocket, type SocketAddress, type SocketStage } from './open-socket.ts';
import { renewedLimit } from './renewed-limit.ts';
import { type DriverColumn, resultSets, typesOf } from './result-sets.ts';
import { typeTeller } from './told-types.ts';

/** A gateway of Azure sends a client on once; what sends it on more often sends it in circles. */
const maximumRedirects = 3;

/** How long the server may take to acknowledge that it has cancelled a batch. */
const acknowledgementMilliseconds = 1000;

/** One connection of the driver with everything that is needed to end it at once. */
interface Driver {
  readonly pool: sql.ConnectionPool;
  /** Aborts when the connection can't be used any more, with the reason. */
  readonly ended: AbortSignal;
  /** How far the login has come. */
  readonly attempt: () => ConnectAttempt;
  /** What has been received; null before the driver has a connection. */
  readonly meter: () => Meter | null;
  readonly end: (reason: unknown) => void;
}

/** Connects to a server with the mssql driver: one connection, one login, closed for good after a fault. */
export const connect: Connect = connectThrough({});

/** As `connect`, with SQL Server Browser on another port: for tests, as the protocol knows one only. */
export function connectThrough(browser: { readonly browserPort?: number }): Connect {
  return async (server, options) => {
    options.signal.throwIfAborted();
    const { host, instance } = server;
    if (instance === undefined) return connectTo(server, options);
    // Asked at each login: an instance without a fixed port gets another one when it restarts.
    const port = await instancePort({ ...browser, host, instance, signal: options.signal });
    return connectTo({ ...server, port }, options);
  };
}

const connectTo: Connect = async (server, options) => {
  const driver = createDriver(server, options);
  try {
    await endWith(options.signal, driver, driver.pool.connect());
  } catch (error) {
    driver.end(error);
    throw connectError(error, { attempt: driver.attempt(), server, signal: options.signal });
  }
  return connectionOf(driver);
};

function createDriver(server: ServerConfig, options: ConnectOptions): Driver {
  const ended = new AbortController();
  const { openDriverSocket, attempt, forget } = driverSockets(ended.signal, () => end(connectionEnded()), server);
  let [connection, release]: [DriverConnection | null, ReleaseDriver | null] = [null, null];
  let meter: Meter | null = null;
  let refusal: Error | null = null;
  let redirects = 0;
  const end = (reason: unknown): void => {
    if (ended.signal.aborted) return;
    ended.abort(reason);
    release?.(connectionEnded());
    connection?.close();
    pool.close().catch(() => undefined);
  };
  const onRedirect = (): void => {
    forget();
    redirects += 1;
    if (redirects > maximumRedirects) end(sentInCircles());
    else options.onRedirect?.();
  };
  const config = driverConfig(server, options);
  const pool = new sql.ConnectionPool({
    ...config,
    // tedious calls the connector with the address, which a gateway may have changed; its types leave that out.
    options: { ...config.options, connector: openDriverSocket as unknown as () => Promise<Socket> },
    beforeConnect: (created: unknown) => {
      probeConnection(created);
      connection = created;
      meter = gateDriver(connection, { server, onFault: end });
      connection.on('rerouting', onRedirect);
      connection.once('errorMessage', (error: SqlErrorToken) => {
        refusal = loginRefused(error);
      });
      release = guardDriver(connection, { ...loginNeeds(server), onFault: end });
    },
  });
  // An idle connection that breaks is noticed by the next query; without a listener the event would end the process.
  pool.on('error', () => undefined);
  useOneLogin(pool);
  return { pool, ended: ended.signal, attempt: () => ({ ...attempt(), refusal, redirects }), meter: () => meter, end };
}

/** What the login needs of the connection before it may leave. */
function loginNeeds({ tls }: Pick<ServerConfig, 'tls'>): {
  readonly mustEncrypt: boolean;
  readonly mustVerify: boolean;
} {
  return { mustEncrypt: tls.mode === 'encrypt', mustVerify: tls.mode !== 'off' && !tls.trustServerCertificate };
}

interface DriverSockets {
  readonly openDriverSocket: (address: SocketAddress) => Promise<Socket>;
  readonly attempt: () => Pick<ConnectAttempt, 'stage' | 'address' | 'hasAnswered'>;
  /** A gateway sends the client on to another address: the first socket is closed on purpose then. */
  readonly forget: () => void;
}

/** Opens the driver's sockets, so that they end with the driver and the driver with them. */
function driverSockets(
  ended: AbortSignal,
  onClosed: () => void,
  { host: configuredHost, port: configuredPort, multiSubnetFailover }: ServerConfig,
): DriverSockets {
  let stage: SocketStage = 'resolving';
  let address: SocketAddress = { host: configuredHost, port: configuredPort ?? 0 };
  let current: Socket | null = null;
  const onStage = (reached: SocketStage): void => {
    stage = reached;
  };
  const openDriverSocket = async ({ host, port }: SocketAddress): Promise<Socket> => {
    address = { host, port };
    const socket = await openSocket({ host, port, signal: ended, onStage, allAtOnce: multiSubnetFailover === true });
    current = socket;
    // Closed from outside: the driver does not always notice, and the pool keeps its timer. It may tell the cause first.
    socket.once('close', () => setImmediate(() => setImmediate(() => current === socket && onClosed())));
    // With an error, so that the driver stops waiting for an answer; its own close() does not end an attempt to connect.
    ended.addEventListener('abort', () => socket.destroy(connectionEnded()), { once: true });
    return socket;
  };
  const forget = (): void => {
    current = null;
  };
  const attempt = () => ({ stage, address, hasAnswered: (current?.bytesRead ?? 0) > 0 });
  return { openDriverSocket, attempt, forget };
}

function connectionOf(driver: Driver): Connection {
  return {
    query: async (batch, signal, limit) => {
      if (driver.ended.aborted) throw connectionEnded();
      const request = driver.pool.request();
      // batch() sends a SQL_BATCH message as it is; query() would wrap it into sp_executesql.
      const work = request.batch<RawRecord>(batch);
      const limited = limit === undefined ? work : cancelAt(limit, { request, work, driver });
      const result = await endWith(signal, driver, limited).catch((error: unknown) => {
        throw error === signal.reason || !driver.meter()?.hasReceived() ? error : answerFault(error);
      });
      return toldRecords(result.recordset);
    },
    queryKept: async (batch, { signal, limit, keep }) => {
      if (driver.ended.aborted) throw connectionEnded();
      const request = driver.pool.request();
      driver.meter()?.endless(true);
      try {
        const work = keptRows(request, batch, keep);
        return await endWith(signal, driver, cancelAt(limit, { request, work, driver }));
      } finally {
        driver.meter()?.endless(false);
      }
    },
    queryEach: async (batch, { signal, limit, onResult }) => {
      if (driver.ended.aborted) throw connectionEnded();
      const request = driver.pool.request();
      const renewed = renewedLimit(limit);
      const work = resultSets(request, batch, (result) => {
        renewed.renew();
        onResult(result);
      });
      try {
        return await endWith(signal, driver, cancelAt(renewed.signal, { request, work, driver }));
      } finally {
        renewed.end();
      }
    },
    close: () => driver.end(connectionEnded()),
  };
}

/** The rows of an answer that was kept whole; mssql hangs their columns on the list. */
function toldRecords(recordset: sql.IRecordSet<RawRecord> | undefined): readonly RawRecord[] {
  if (recordset === undefined) return [];
  const { columns } = recordset as { readonly columns?: unknown };
  const tell = typeTeller(typesOf((columns ?? {}) as Readonly<Record<string, DriverColumn>>));
  return tell === null ? recordset : recordset.map(tell);
}

interface LimitedWork<Value> {
  readonly request: sql.Request;
  readonly work: Promise<Value>;
  readonly driver: Driver;
}

/** Rejects with TimeLimitError once the server has acknowledged the cancellation; without that the driver is ended. */
async function cancelAt<Value>(limit: AbortSignal, { request, work, driver }: LimitedWork<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const onLate = (): void => {
    request.cancel();
    const deaf = new DOMException('the server did not acknowledge a cancellation', 'TimeoutError');
    timer = setTimeout(() => driver.end(deaf), acknowledgementMilliseconds);
  };
  limit.addEventListener('abort', onLate, { once: true });
  if (limit.aborted) onLate();
  try {
    return await work;
  } catch (error) {
    if (timer === undefined || driver.ended.aborted) throw error;
    throw new TimeLimitError('the answer took longer than its time limit and was cancelled');
  } finally {
    clearTimeout(timer);
    limit.removeEventListener('abort', onLate);
  }
}

/**
 * mssql logs in once to try the configuration, closes that connection, and logs in again for the first request. Here the
 * first connection is kept for the requests, so that one connection costs the server one login.
 */
function useOneLogin(pool: sql.ConnectionPool): void {
  const inside = poolInside(pool);
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

/**
 * Resolves like `work`. Rejects with the signal's reason as soon as it aborts, after ending the driver; with the driver's
 * when that has ended by itself.
 */
async function endWith<Value>(signal: AbortSignal, driver: Driver, work: Promise<Value>): Promise<Value> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => driver.end(signal.reason);
  const onEnded = (): void => reject(driver.ended.reason);
  // The loser of the race may still reject, with nobody waiting.
  work.catch(() => undefined);
  driver.ended.addEventListener('abort', onEnded, { once: true });
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([ended, work]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    driver.ended.removeEventListener('abort', onEnded);
  }
}
