import { readFileSync } from 'node:fs';
import type { ServerConfig, TlsMode } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import { defaultAccount } from '../../src/simulator/account.ts';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import type { End } from '../../src/simulator/pair-end.ts';

/** The ends to read. `pair` is null when they are real servers. */
export interface Targets {
  readonly servers: readonly ServerConfig[];
  readonly pair: Pair | null;
}

/** The real servers that the environment names, or else a healthy simulated pair on loopback. */
export async function startTargets(env: NodeJS.ProcessEnv): Promise<Targets> {
  const urls = { sql_server: env.MILINK_TEST_SQLSERVER, managed_instance: env.MILINK_TEST_MI };
  const named = Object.entries(urls).flatMap(([name, url]) => (url ? [serverOfUrl(name, url)] : []));
  if (named.length > 0) return { servers: named, pair: null };
  const pair = await startPair({ scenario: 'healthy' });
  const ends = { sql_server: pair.sqlServer, managed_instance: pair.managedInstance };
  return { servers: Object.entries(ends).map(([name, end]) => serverOfEnd(name, end, pair)), pair };
}

/**
 * `mssql://user:password@host:port?tls=strict&ca_file=ca.pem&server_name=sql01&trust_server_certificate=true`, with the
 * meaning that these words have in the configuration; what is left out has the configuration's default.
 */
export function serverOfUrl(name: string, text: string): ServerConfig {
  // The message of `new URL` would hold the password.
  const url = URL.parse(text);
  if (url?.protocol !== 'mssql:') throw new Error(`the address of ${name} is not like mssql://user:password@host:port`);
  const option = (key: string): string | null => url.searchParams.get(key);
  const caFile = option('ca_file');
  return {
    name,
    host: url.hostname,
    port: Number(url.port) || 1433,
    authentication: {
      type: 'sql_login',
      username: decodeURIComponent(url.username),
      password: secretOf(decodeURIComponent(url.password)),
    },
    tls: {
      mode: tlsMode(option('tls') ?? 'encrypt'),
      ca: caFile === null ? null : readFileSync(caFile, 'utf8'),
      serverName: option('server_name'),
      trustServerCertificate: option('trust_server_certificate') === 'true',
    },
  };
}

function tlsMode(mode: string): TlsMode {
  if (mode === 'encrypt' || mode === 'strict' || mode === 'off') return mode;
  throw new Error(`tls is ${mode}: allowed are encrypt, strict and off`);
}

function serverOfEnd(name: string, { host, port }: End, pair: Pair): ServerConfig {
  const { name: username, password = '' } = defaultAccount;
  return {
    name,
    host,
    port,
    authentication: { type: 'sql_login', username, password: secretOf(password) },
    tls: { mode: 'encrypt', ca: pair.certificateAuthority, serverName: 'localhost', trustServerCertificate: false },
  };
}
