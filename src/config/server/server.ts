import { isAzureIdentity } from '../authentication/authentication.ts';
import { readAuthentication } from '../authentication/read.ts';
import type { ServerConfig, ServerLimits } from '../config.ts';
import type { Context } from '../context.ts';
import { readErrorLog } from '../error-log.ts';
import { defaultLimits, readLimits } from '../limits.ts';
import { serverSchema } from '../schema.ts';
import { itemsOf, type Mapping, readMapping } from '../value/mapping.ts';
import type { Report } from '../value/problem.ts';
import { show } from '../value/wording.ts';
import { readTls } from './tls.ts';

type ServerKeys = Mapping<{
  name: string | null;
  host: string | null;
  port: number;
  instance: string | null;
  multi_subnet_failover: boolean;
  authentication: null;
  tls: null;
  error_log: null;
  limits: null;
}>;

/** Reads the list of servers; names are unique, and so are addresses. `limits` are those of a server without its own. */
export async function readServers(
  top: Mapping<{ servers: null }>,
  limits: ServerLimits,
  context: Context,
): Promise<ServerConfig[]> {
  const mappings = itemsOf(top, 'servers').map((at) => readMapping(serverSchema, at, context.report));
  reportRepeatedNames(mappings, context.report);
  reportRepeatedAddresses(mappings, context.report);
  const servers: ServerConfig[] = [];
  // One after another: hundreds of servers would otherwise hold hundreds of files open at once.
  for (const mapping of mappings) servers.push(await readServer(mapping, limits, context));
  return servers;
}

async function readServer(server: ServerKeys, limits: ServerLimits, context: Context): Promise<ServerConfig> {
  const errorLog = readErrorLog(server.given('error_log'), context.report);
  const { instance, multi_subnet_failover: multiSubnetFailover } = server.values;
  const own = readLimits(server.given('limits'), limits, context);
  reportAddress(server, context);
  const authentication = await readAuthentication(server.given('authentication'), context);
  const tls = await readTls(server.given('tls'), context);
  if (tls.mode === 'off' && isAzureIdentity(authentication)) reportBareToken(server, context.report);
  return {
    name: server.values.name ?? '',
    host: server.values.host ?? '',
    port: instance === null ? server.values.port : null,
    ...(instance === null ? {} : { instance }),
    ...(multiSubnetFailover ? { multiSubnetFailover } : {}),
    authentication,
    tls,
    ...(own === defaultLimits ? {} : { limits: own }),
    ...(errorLog === null ? {} : { errorLog }),
  };
}

/** Whoever reads the token on the network can use it for any server until it ends. */
function reportBareToken(server: ServerKeys, report: Report): void {
  const tls = server.given('tls');
  if (tls !== null) report(tls.path, tls.line, 'a token is sent over TLS only: use mode encrypt or strict');
}

/** Of a managed instance that is reached over its public endpoint (Azure's documentation: always 3342). */
const publicEndpoint = { host: /\.public\.[^.]+\.database\./i, port: 3342 } as const;

function reportAddress(server: ServerKeys, { report, warn }: Context): void {
  const [port, instance, host] = [server.given('port'), server.given('instance'), server.values.host ?? ''];
  if (port !== null && instance !== null) {
    report(instance.path, instance.line, 'two ways of saying where the server listens: keep either instance or port');
  } else if (publicEndpoint.host.test(host) && server.values.port !== publicEndpoint.port && !server.reported('port')) {
    const message = `the public endpoint of a managed instance listens on port ${publicEndpoint.port}, not on ${server.values.port}`;
    warn({ path: `${server.path}.port`, message });
  }
}

function reportRepeatedNames(servers: readonly ServerKeys[], report: Report): void {
  const firstPaths = new Map<string, string>();
  for (const { path, values, given } of servers) {
    const name = given('name');
    if (name === null || values.name === null) continue;
    const first = firstPaths.get(values.name);
    if (first === undefined) firstPaths.set(values.name, path);
    else report(name.path, name.line, `${show(values.name)} is already the name of ${first}: names are unique`);
  }
}

/** One server polled twice would look like two ends of a link, both PRIMARY. */
function reportRepeatedAddresses(servers: readonly ServerKeys[], report: Report): void {
  const firstPaths = new Map<string, string>();
  for (const { path, values, given, reported } of servers) {
    const host = given('host');
    if (host === null || values.host === null || reported('port') || reported('instance')) continue;
    const listener = values.instance?.toLowerCase() ?? values.port;
    // The dot at the end of an absolute name is no part of it.
    const address = JSON.stringify([values.host.toLowerCase().replace(/\.$/, ''), listener]);
    const first = firstPaths.get(address);
    if (first === undefined) firstPaths.set(address, path);
    else
      report(
        host.path,
        host.line,
        `the same host and ${values.instance === null ? 'port' : 'instance'} as ${first}: list each server once`,
      );
  }
}
