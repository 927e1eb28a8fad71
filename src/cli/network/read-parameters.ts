import { namePrefix } from '../../network/job.ts';
import { fabricNode, parameterOf, reads } from '../../network/reading.ts';
import { hadrPortOf, type Parameters } from '../../network/target.ts';
import type { RawRecord } from '../../sql/connection.ts';
import type { ServerSession } from './session.ts';

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
