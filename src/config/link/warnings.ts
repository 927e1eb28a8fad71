import type { Config, ConfigWarning, ExpectedLink, ServerConfig } from '../config.ts';
import { nearest, show } from '../value/wording.ts';

type Read = Pick<Config, 'links' | 'servers' | 'azure'>;

/** Each link that is valid and yet probably not meant: it would be missed for ever, or never seen whole. */
export function linkWarnings({ links, servers, azure }: Read): readonly ConfigWarning[] {
  const names = knownInstances(servers, azure);
  const byName = Map.groupBy(servers, instanceOf);
  return links.flatMap((link, index) => {
    const path = `links[${index}]`;
    return [
      ...instanceWarnings(link, path, names),
      ...endWarnings(link, path, byName.get(link.managedInstance) ?? []),
      ...databaseWarnings(link, path),
    ];
  });
}

/** In lower case: the names of servers, the first labels of their hosts, and the instances that are read in Azure. */
function knownInstances(servers: Config['servers'], azure: Config['azure']): readonly string[] {
  const inAzure = azure?.subscriptions.flatMap(({ managedInstances }) => managedInstances ?? []) ?? [];
  const names = [...servers.flatMap((server) => [server.name, instanceOf(server)]), ...inAzure.map(({ name }) => name)];
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

function instanceOf({ host }: ServerConfig): string {
  return (host.split('.')[0] ?? '').toLowerCase();
}

/**
 * A managed instance that no server has, beside a server whose name or host is nearly the same. One that is near to none may
 * be an instance that is not polled.
 */
function instanceWarnings(
  { managedInstance }: ExpectedLink,
  path: string,
  known: readonly string[],
): readonly ConfigWarning[] {
  if (known.includes(managedInstance)) return [];
  const close = nearest(managedInstance, known);
  if (close === null) return [];
  const message = `no server under servers is ${show(managedInstance)}: did you mean ${show(close)}?`;
  return [{ path: `${path}.managed_instance`, message }];
}

/** `servers` leaves out the link's own managed instance, though it is polled: what is seen there would be no end of it. */
function endWarnings(link: ExpectedLink, path: string, instances: readonly ServerConfig[]): readonly ConfigWarning[] {
  const [instance] = instances;
  if (link.servers.length === 0 || instance === undefined) return [];
  if (instances.some(({ name }) => link.servers.includes(name))) return [];
  const message = `${show(instance.name)} is polled, is the managed instance of this link by its host, and is not listed: add it, or leave servers out`;
  return [{ path: `${path}.servers`, message }];
}

const systemDatabases: ReadonlySet<string> = new Set(['master', 'model', 'msdb', 'tempdb']);

function databaseWarnings({ databases }: ExpectedLink, path: string): readonly ConfigWarning[] {
  return databases.flatMap((name, index) => {
    if (!systemDatabases.has(name.toLowerCase())) return [];
    const message = `${show(name)} is a database of the system, which no link carries`;
    return [{ path: `${path}.databases[${index}]`, message }];
  });
}
