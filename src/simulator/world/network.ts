import type { Preparation } from './preparation.ts';
import type { EndpointState, NetworkFault, NetworkPlace, Reached } from './state.ts';
import type { EndName, PerEnd, Topology } from './topology.ts';

/** What the network rests on. */
export interface NetworkFacts {
  readonly topology: Topology;
  readonly network: readonly NetworkFault[];
  readonly endpoints: PerEnd<EndpointState>;
  readonly preparation: PerEnd<Preparation>;
}

const hadrPort = 11_002;
const gatewayPort = 5022;

/** The addresses of the simulated places, of private networks. */
const addresses: Readonly<Record<NetworkPlace, string>> = {
  gateway: '10.20.0.4',
  node: '10.20.0.10',
  server: '10.1.0.5',
};

/** What a managed instance says of the node that runs it. */
export function fabricPlace(hostName: string, nodeName: string): { readonly node: string; readonly port: number } {
  return { node: `${nodeName}.${clusterName(hostName)}`, port: hadrPort };
}

/** The cluster of a managed instance, as its fabric views name it. */
export function clusterName(hostName: string): string {
  return `tr${hostName.length}.westeurope1-a.worker.database.windows.net`;
}

/** An attempt to connect from an end; `openPorts` are those on which SQL Server listens besides its endpoint. */
export interface Attempt {
  readonly from: EndName;
  readonly host: string;
  readonly port: number;
  readonly openPorts: readonly number[];
}

/** What an attempt finds: the address that the name stands for, null for a name that is not resolved. */
export function attempt(
  facts: NetworkFacts,
  { from, host, port, openPorts }: Attempt,
): { readonly outcome: Reached; readonly address: string | null } {
  const place = placeOf(facts.topology, host);
  if (place === null) {
    const isAddress = /^[\d.]+$/.test(host);
    return isAddress ? { outcome: 'filtered', address: host } : { outcome: 'unresolved', address: null };
  }
  const fault = facts.network.find((each) => each.from === from && each.to === place);
  const isNamed = host !== addresses[place];
  if (fault?.outcome === 'unresolved') {
    if (isNamed) return { outcome: 'unresolved', address: null };
  } else if (fault !== undefined) {
    return { outcome: fault.outcome, address: addresses[place] };
  }
  return { outcome: listens(facts, place, port, openPorts) ? 'open' : 'refused', address: addresses[place] };
}

function placeOf({ servers }: Topology, host: string): NetworkPlace | null {
  const wanted = host.toLowerCase();
  const found = Object.entries(addresses).find(([, address]) => address === wanted);
  if (found !== undefined) return found[0] as NetworkPlace;
  const instance = servers.managedInstance.hostName.toLowerCase();
  if (wanted === instance) return 'gateway';
  if (wanted.endsWith(`.${clusterName(instance)}`)) return 'node';
  const server = servers.sqlServer.hostName.toLowerCase();
  return wanted === server || wanted === server.split('.')[0] ? 'server' : null;
}

function listens(facts: NetworkFacts, place: NetworkPlace, port: number, openPorts: readonly number[]): boolean {
  if (place === 'gateway') return port === gatewayPort || port === 1433;
  if (place === 'node') return port === hadrPort;
  const { state, port: endpointPort } = facts.endpoints.sqlServer;
  const hasEndpoint = facts.preparation.sqlServer.hasEndpoint && state === 'STARTED';
  return (hasEndpoint && port === endpointPort) || openPorts.includes(port);
}
