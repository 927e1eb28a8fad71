import { isAzureIdentity } from '../authentication/authentication.ts';
import { readAuthentication } from '../authentication/read.ts';
import type { ErrorLogSchedule, ServerConfig, ServerLimits, TlsConfig } from '../config.ts';
import { readAuthorities } from '../file/pem.ts';
import { defaultLimits, readLimits } from '../limits.ts';
import { errorLogSchema, serverSchema, tlsSchema } from '../schema.ts';
import { parseDuration } from '../value/duration.ts';
import { type Context, itemsOf, type Located, type Mapping, readMapping } from '../value/mapping.ts';
import type { Report } from '../value/problem.ts';
import { show } from '../value/wording.ts';

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

type TlsKeys = Mapping<{
  mode: TlsConfig['mode'];
  ca_file: string | null;
  server_name: string | null;
  trust_server_certificate: boolean;
}>;

/** Reads `tls`; null, for one that is absent or reported, gives the safe defaults. */
async function readTls(at: Located | null, context: Context): Promise<TlsConfig> {
  if (at === null) return { mode: 'encrypt', ca: null, serverName: null, trustServerCertificate: false };
  const tls = readMapping(tlsSchema, at, context.report);
  reportTlsContradictions(tls, context);
  warnOfWeakTls(tls, context);
  return {
    mode: tls.values.mode,
    ca: await readAuthorities(tls.given('ca_file'), context),
    serverName: tls.values.server_name,
    trustServerCertificate: tls.values.trust_server_certificate,
  };
}

function reportTlsContradictions(tls: TlsKeys, { report }: Context): void {
  const { mode, trust_server_certificate: trusted } = tls.values;
  const authorities = tls.given('ca_file');
  const name = tls.given('server_name');
  const trust = tls.given('trust_server_certificate');
  if (mode === 'off') {
    for (const given of [authorities, name, trusted ? trust : null]) {
      if (given !== null) report(given.path, given.line, 'contradicts mode off, which has no certificates: remove one');
    }
  } else if (trusted && trust !== null && mode === 'strict') {
    // TDS 8 verifies always, and so does tedious: the key would promise what doesn't happen.
    report(trust.path, trust.line, 'contradicts mode strict, which always verifies: give ca_file, or mode encrypt');
  } else if (trusted && authorities !== null) {
    report(
      authorities.path,
      authorities.line,
      'contradicts trust_server_certificate, which verifies nothing: remove one',
    );
  }
}

function warnOfWeakTls(tls: TlsKeys, { warn }: Context): void {
  if (tls.values.mode === 'off') {
    warn({ path: `${tls.path}.mode`, message: 'TLS is off: the password and the data are readable on the network' });
  } else if (tls.values.trust_server_certificate) {
    warn({
      path: `${tls.path}.trust_server_certificate`,
      message: "the server's certificate is not verified: whoever is in between can read the password and the data",
    });
  }
}

/** The server scans its whole log for each read. */
const errorLogMilliseconds = {
  interval: { least: 60_000, most: 86_400_000 },
  timeout: { least: 100, most: 60_000 },
} as const;

type ErrorLogKeys = Mapping<{ enabled: boolean; interval: string; timeout: string }>;

/** Reads how a server's error log is read; null when it is not, which is the default. */
function readErrorLog(at: Located | null, report: Report): ErrorLogSchedule | null {
  if (at === null) return null;
  const mapping: ErrorLogKeys = readMapping(errorLogSchema, at, report);
  const interval = parseDuration(mapping.values.interval) ?? 0;
  const timeout = parseDuration(mapping.values.timeout) ?? 0;
  if (interval < errorLogMilliseconds.interval.least || interval > errorLogMilliseconds.interval.most) {
    reportErrorLogRange(mapping, 'interval', '1m to 1d', report);
  }
  if (timeout < errorLogMilliseconds.timeout.least || timeout > errorLogMilliseconds.timeout.most) {
    reportErrorLogRange(mapping, 'timeout', '100ms to 1m', report);
  }
  return mapping.values.enabled ? { intervalSeconds: interval / 1000, timeoutSeconds: timeout / 1000 } : null;
}

function reportErrorLogRange(mapping: ErrorLogKeys, key: 'interval' | 'timeout', range: string, report: Report): void {
  const given = mapping.given(key);
  if (given !== null) report(given.path, given.line, `${mapping.values[key]} is out of range: use ${range}`);
}
