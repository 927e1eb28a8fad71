import type { Config, ConfigWarning, ExpectedLink, ServerConfig } from './config.ts';
import { nearest, show } from './value/wording.ts';

/** Ports that are of a server but take no login. Sources: the tables of ports of the link, of SQL Server Browser and of a managed instance. */
const otherPorts: ReadonlyMap<number, string> = new Map([
  [1434, 'SQL Server Browser, or the dedicated administrator connection,'],
  [5022, 'the endpoint that carries links'],
]);

const redirectPorts = { first: 11_000, last: 11_999 } as const;
const publicPort = 3342;

/** What of a server is valid and yet probably not meant: each polls in vain, or with more rights than it needs. */
export function serverWarnings(servers: readonly ServerConfig[]): readonly ConfigWarning[] {
  return servers.flatMap((server, index) => {
    const path = `servers[${index}]`;
    const problems = [portProblem(server), hostProblem(server), loginProblem(server)];
    return problems.flatMap((problem) =>
      problem === null ? [] : [{ path: `${path}.${problem.key}`, message: problem.message }],
    );
  });
}

interface Problem {
  /** Below the server, as in `authentication.username`. */
  readonly key: string;
  readonly message: string;
}

function portProblem({ port, host }: ServerConfig): Problem | null {
  if (port === null) return null;
  const other = otherPorts.get(port);
  if (other !== undefined)
    return { key: 'port', message: `${port} is usually ${other} and takes no login: 1433 is usual` };
  const kind = azureHost(host);
  if (kind !== 'managed_instance') return null;
  if (port === publicPort && !/\.public\./i.test(host)) {
    const message = `${port} is the port of the public endpoint, whose name has .public. in it: this one listens on 1433`;
    return { key: 'port', message };
  }
  if (port < redirectPorts.first || port > redirectPorts.last) return null;
  const range = `${redirectPorts.first} to ${redirectPorts.last}`;
  return { key: 'port', message: `a managed instance sends clients on to ${range} by itself: give 1433` };
}

function hostProblem({ host }: ServerConfig): Problem | null {
  if (azureHost(host) !== 'sql_database') return null;
  const message = `${show(host)} names a server of Azure SQL Database, which has no links: a managed instance has its zone behind its name, as in mi-prod.0123abcd.database.windows.net`;
  return { key: 'host', message };
}

function loginProblem({ authentication, host, name }: ServerConfig): Problem | null {
  const { type } = authentication;
  if (type === 'windows' && azureHost(host) === 'managed_instance') {
    const message = 'a managed instance takes no NTLM, which type windows uses: sql_login, or an identity of Entra ID';
    return { key: 'authentication.type', message };
  }
  if (type !== 'sql_login' || authentication.username.toLowerCase() !== 'sa') return null;
  const own = `milink-exporter grants --for=${name}`;
  const message = `sa has every right: \`${own}\` has the script of a login that may only look`;
  return { key: 'authentication.username', message };
}

/** What a name below `database.` of an Azure cloud is of; null where it is no such name. */
function azureHost(host: string): 'managed_instance' | 'sql_database' | null {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const at = labels.indexOf('database');
  if (at < 1 || labels.length !== at + 3) return null;
  return at === 1 ? 'sql_database' : 'managed_instance';
}

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
