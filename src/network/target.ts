/** Which way a test goes: from SQL Server to the managed instance, or back. */
export const directions = ['to_managed_instance', 'to_sql_server'] as const;
export type Direction = (typeof directions)[number];

/** A place that one end has to reach for the link. */
export interface Target {
  readonly direction: Direction;
  /** `gateway`: the managed instance's name; `node`: what runs it now; `endpoint`: of SQL Server; `other`: another port of it. */
  readonly place: 'gateway' | 'node' | 'endpoint' | 'other';
  readonly host: string;
  readonly port: number;
}

/** What a test has to know of both servers, read at that moment. */
export interface Parameters {
  /** The managed instance's full name, and the node and port of its replicas; null: it did not say. */
  readonly instanceName: string | null;
  readonly node: string | null;
  readonly hadrPort: number | null;
  /** Where the managed instance reaches SQL Server: given, or as the link has it, or as the configuration has it. */
  readonly serverAddress: string;
  readonly addressPort: number | null;
  /** Where SQL Server's mirroring endpoint listens; null: it has none. */
  readonly endpointPort: number | null;
}

/** What the link uses on every managed instance. */
export const gatewayPort = 5022;
const hadrPorts = { least: 11_000, most: 11_999 } as const;

/** Names and addresses as they may stand in a command: nothing that a shell would read as more than a word. */
const plainHost = /^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,253}[A-Za-z0-9])?$/;

/** Whether a host may be put into a command. */
export function isPlainHost(host: string): boolean {
  return plainHost.test(host);
}

/**
 * Whether a host is a machine's name for itself. Where there is no link yet SQL Server's address is the one of the
 * configuration, and from the managed instance such a one leads to the managed instance.
 */
export function isLoopback(host: string): boolean {
  return /^(?:localhost\.?|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
}

/** Where both ends have to get through; what is not known is left out. */
export function targetsOf(parameters: Parameters): readonly Target[] {
  const { instanceName, node, hadrPort, serverAddress, addressPort, endpointPort } = parameters;
  const toInstance: readonly Target[] = [
    ...(instanceName === null
      ? []
      : [{ direction: 'to_managed_instance', place: 'gateway', host: instanceName, port: gatewayPort } as const]),
    ...(node === null || hadrPort === null
      ? []
      : [{ direction: 'to_managed_instance', place: 'node', host: node, port: hadrPort } as const]),
  ];
  const wanted = addressPort ?? endpointPort;
  const toServer: readonly Target[] =
    wanted === null || isLoopback(serverAddress)
      ? []
      : [{ direction: 'to_sql_server', place: 'endpoint', host: serverAddress, port: wanted }];
  const differs = toServer.length > 0 && endpointPort !== null && wanted !== null && endpointPort !== wanted;
  const others: readonly Target[] = differs
    ? [{ direction: 'to_sql_server', place: 'other', host: serverAddress, port: endpointPort }]
    : [];
  return [...toInstance, ...toServer, ...others].filter(({ host }) => isPlainHost(host));
}

/** A port from a text of a server's; null for what is none of the link's. */
export function hadrPortOf(text: string | null): number | null {
  const port = text === null || !/^\d{1,5}$/.test(text) ? 0 : Number(text);
  return port >= hadrPorts.least && port <= hadrPorts.most ? port : port === gatewayPort ? port : null;
}
