import type { ServerConfig } from '../../config/config.ts';
import { namePrefix } from '../../network/job.ts';
import { fabricNode, parameterOf, reads } from '../../network/reading.ts';
import { hadrPortOf, type Parameters } from '../../network/target.ts';
import { createCredentialSource } from '../../poll/login/credentials.ts';
import type { Clock } from '../../poll/time/clock.ts';
import type { Connect, Connection, RawRecord } from '../../sql/connection.ts';

/** How a server is talked to. */
interface SessionOptions {
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

/** What both servers say at this moment. Rejects where a server can't be asked at all; what one read lacks is left out. */
export async function readParameters(
  sqlServer: ServerSession,
  managedInstance: ServerSession,
  given: { readonly host: string | null; readonly port: number | null },
): Promise<Parameters> {
  const fabric = await managedInstance.run(reads.fabricParameters);
  const partitions = await managedInstance.run(reads.fabricPartitions);
  const replicas = await managedInstance.run(reads.fabricReplicas);
  const endpoints = await sqlServer.run(reads.endpoints);
  const listeners = await sqlServer.run(reads.listeners);
  // One that a test made goes with that test.
  const endpoint = endpoints.find(({ name }) => !String(name).startsWith(namePrefix));
  const instanceName = parameterOf(fabric, 'DnsRecordName');
  const listener = listeners.find(({ endpoint_id: id }) => id === endpoint?.endpoint_id);
  const known = given.host === null ? serverPlace(await managedInstance.run(reads.addresses), instanceName) : null;
  return {
    instanceName,
    node: fabricNode(fabric, partitions, replicas),
    hadrPort: hadrPortOf(parameterOf(fabric, 'HadrPort')),
    serverAddress: given.host ?? known?.host ?? sqlServer.server.host,
    addressPort: given.port ?? known?.port ?? null,
    endpointPort: endpoint === undefined || typeof listener?.port !== 'number' ? null : listener.port,
  };
}

/** Where the link, if there is one, has SQL Server: the address of a group that is not the managed instance's own. */
function serverPlace(
  rows: readonly RawRecord[],
  instanceName: string | null,
): { readonly host: string; readonly port: number } | null {
  const instance = instanceName?.toLowerCase() ?? '';
  for (const { endpoint_url: url } of rows) {
    const [, host = '', port = ''] = /^tcp:\/\/([^:/;]+):(\d{1,5})/i.exec(typeof url === 'string' ? url : '') ?? [];
    const isInstance = host.toLowerCase() === instance || host.toLowerCase().includes('.database.');
    if (host !== '' && !isInstance && !host.toLowerCase().includes('.worker.')) return { host, port: Number(port) };
  }
  return null;
}
