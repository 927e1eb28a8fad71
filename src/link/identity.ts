import type { Engine, ServerFacts } from '../model/server.ts';
import type { ServerState } from '../model/server-state.ts';

/**
 * The managed instance that a member of a distributed group names, lower case; null when it names none.
 * Source: sys.availability_replicas.endpoint_url, `tcp://<host>:5022;Server=[<name>]` on the managed instance's member only.
 */
export function managedInstanceOfEndpoint(endpointUrl: string | null): string | null {
  const name = serverOfEndpoint(endpointUrl);
  if (name !== null) return firstDnsLabel(name);
  // A member whose address lacks the part is refused by the managed instance (41976), and names it all the same.
  const host = hostOfEndpoint(endpointUrl);
  return host !== null && isManagedInstanceHost(host) ? firstDnsLabel(host) : null;
}

/** The name in `;Server=[name]` of an address; null without that part. */
export function serverOfEndpoint(endpointUrl: string | null): string | null {
  // Part by part: each is looked at once, however many a hostile server sends.
  for (const part of (endpointUrl ?? '').split(';').slice(1)) {
    const name = /^\s*server\s*=\s*\[([^\]]*)\]/i.exec(part)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

/** Every Azure cloud puts them below `database.` (windows.net, usgovcloudapi.net, chinacloudapi.cn); no SQL Server is there. */
export function isManagedInstanceHost(host: string): boolean {
  const labels = host.trim().toLowerCase().split('.');
  const at = labels.indexOf('database');
  return (at === 2 || at === 3) && labels.length === at + 3 && labels.every((label) => label !== '');
}

/** The host in an endpoint_url, lower case, without an IPv6 address's brackets; null when there is none. */
export function hostOfEndpoint(endpointUrl: string | null): string | null {
  const match = /^\s*[a-z]+:\/\/(?:\[([^\]]*)\]|([^\s:;/]+))/i.exec(endpointUrl ?? '');
  const host = (match?.[1] ?? match?.[2] ?? '').toLowerCase();
  return host === '' ? null : host;
}

/** The port in an endpoint_url; null when there is none. */
export function portOfEndpoint(endpointUrl: string | null): number | null {
  const port = /^[^;]*:(\d{1,5})(?:\/|;|$)/.exec((endpointUrl ?? '').trim().slice(0, 300))?.[1];
  return port === undefined ? null : Number(port);
}

/** The name before the first dot, lower case; null for an empty name and for an IP address, which has no labels. */
export function firstDnsLabel(host: string): string | null {
  const name = host.trim().toLowerCase();
  if (name.includes(':') || /^\d+(\.\d+){3}$/.test(name)) return null;
  const label = name.split('.')[0] ?? '';
  return label === '' ? null : label;
}

/** A managed instance knows its own name: `@@SERVERNAME` is its full DNS name. Null on a SQL Server. */
export function ownManagedInstance(facts: Pick<ServerFacts, 'serverName' | 'engine'>): string | null {
  return facts.engine === 'managed_instance' ? firstDnsLabel(facts.serverName) : null;
}

/** Whether two host names may mean one host: a bare name stands for any domain. */
export function isSameHost(one: string, other: string): boolean {
  const [left, right] = [one.trim().toLowerCase(), other.trim().toLowerCase()];
  if (left === right) return left !== '';
  const hasBareName = !left.includes('.') || !right.includes('.');
  return hasBareName && firstDnsLabel(left) !== null && firstDnsLabel(left) === firstDnsLabel(right);
}

/** What is known of a configured server without asking it now: null is not known. */
export interface ServerIdentity {
  readonly engine: Engine | null;
  readonly managedInstance: string | null;
  /** Equal for two configured names of one instance; null when the instance never said its name. */
  readonly instance: string | null;
}

/** From the latest answer, else from the last known one, else from a host name in the domain of managed instances. */
export function identityOf(server: ServerState): ServerIdentity {
  const facts = server.outcome.kind === 'ok' ? server.outcome.snapshot.server : server.identity;
  if (facts !== null) {
    return {
      engine: facts.engine,
      managedInstance: ownManagedInstance(facts),
      instance: instanceKey(facts.engine, facts.serverName),
    };
  }
  if (isManagedInstanceHost(server.host)) {
    return { engine: 'managed_instance', managedInstance: firstDnsLabel(server.host), instance: null };
  }
  return { engine: null, managedInstance: null, instance: null };
}

/** Names of instances are compared without case, as SQL Server does; null when the server gave none. */
export function instanceKey(engine: Engine, serverName: string): string | null {
  const name = serverName.trim().toLowerCase();
  return name === '' ? null : `${engine}:${name}`;
}
