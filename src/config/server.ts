import { readAuthentication } from './authentication.ts';
import type { ServerConfig } from './config.ts';
import type { Context } from './context.ts';
import { readErrorLog } from './error-log.ts';
import { itemsOf, type Mapping, readMapping } from './mapping.ts';
import type { Report } from './problem.ts';
import { serverSchema } from './schema.ts';
import { readTls } from './tls.ts';
import { show } from './wording.ts';

type ServerKeys = Mapping<{
  name: string | null;
  host: string | null;
  port: number;
  authentication: null;
  tls: null;
  error_log: null;
}>;

/** Reads the list of servers; names are unique, and so are addresses. */
export async function readServers(top: Mapping<{ servers: null }>, context: Context): Promise<ServerConfig[]> {
  const mappings = itemsOf(top, 'servers').map((at) => readMapping(serverSchema, at, context.report));
  reportRepeatedNames(mappings, context.report);
  reportRepeatedAddresses(mappings, context.report);
  const servers: ServerConfig[] = [];
  // One after another: hundreds of servers would otherwise hold hundreds of files open at once.
  for (const mapping of mappings) servers.push(await readServer(mapping, context));
  return servers;
}

async function readServer(server: ServerKeys, context: Context): Promise<ServerConfig> {
  const errorLog = readErrorLog(server.given('error_log'), context.report);
  return {
    name: server.values.name ?? '',
    host: server.values.host ?? '',
    port: server.values.port,
    authentication: await readAuthentication(server.given('authentication'), context),
    tls: await readTls(server.given('tls'), context),
    ...(errorLog === null ? {} : { errorLog }),
  };
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
    if (host === null || values.host === null || reported('port')) continue;
    const address = JSON.stringify([values.host.toLowerCase(), values.port]);
    const first = firstPaths.get(address);
    if (first === undefined) firstPaths.set(address, path);
    else report(host.path, host.line, `the same host and port as ${first}: list each server once`);
  }
}
