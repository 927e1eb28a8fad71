import dns from 'node:dns';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';
import { http } from '../../http/node-http.ts';
import { lookupThrough, resolveName } from '../../resolve/resolver.ts';

/** A warning about what the program runs in, or of Node.js itself, for the log. */
export interface RuntimeWarning {
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Has the listener called with each warning, also with those that came before. The last listener gets them. */
export type OnRuntimeWarning = (listener: (warning: RuntimeWarning) => void) => void;

/** What a command has to know of what it runs in. */
export interface Runtime {
  readonly onWarning: OnRuntimeWarning;
  /** Why nothing may be done, in words for users; null when there is no reason. */
  readonly refusal: string | null;
}

type RuntimeProcess = Pick<NodeJS.Process, 'env' | 'execArgv' | 'on' | 'removeAllListeners'>;

/**
 * Takes from the environment what would weaken the program, before anything is connected, and has Node's own warnings
 * told to the log. docs/environment.md has a line for each variable.
 */
export function secureRuntime(process: RuntimeProcess): Runtime {
  const { warn, onWarning } = warnings();
  // Node's own listener writes plain text between the lines of the log.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message, code }: NodeJS.ErrnoException) =>
    warn('warning of Node.js', { name, warning: message, ...(code === undefined ? {} : { code }) }),
  );
  // Read-only with --throw-deprecation, which would end the program at a warning.
  Object.defineProperty(process, 'throwDeprecation', { value: false, configurable: true });
  verifyCertificates(process.env, warn);
  keepTlsStrong(warn);
  reachMetadataDirectly(process.env);
  // What resolves names besides the polls, as tokens and proxies do, takes no thread of the pool either.
  dns.lookup = lookupThrough(resolveName, dns.lookup);
  // Those that have imported these modules by name see what was changed.
  syncBuiltinESMExports();
  return { onWarning, refusal: refusalOf(process) };
}

type Warn = (message: string, fields?: RuntimeWarning['fields']) => void;

function warnings(): { readonly warn: Warn; readonly onWarning: OnRuntimeWarning } {
  const early: RuntimeWarning[] = [];
  let listener = (warning: RuntimeWarning): void => {
    early.push(warning);
  };
  return {
    warn: (message, fields = {}) => listener({ message, fields }),
    onWarning: (added) => {
      listener = added;
      for (const warning of early.splice(0)) added(warning);
    },
  };
}

/** Writes the keys of every TLS connection, and with them the password, into a file; nothing turns it off again. */
const refusedOption = '--tls-keylog';

function refusalOf({ env, execArgv }: RuntimeProcess): string | null {
  const isGiven = [env.NODE_OPTIONS ?? '', ...execArgv].join(' ').includes(refusedOption);
  return isGiven
    ? `${refusedOption} in the options of Node.js (NODE_OPTIONS) would write down what the passwords are encrypted with: remove it`
    : null;
}

function verifyCertificates(env: NodeJS.ProcessEnv, warn: Warn): void {
  const value = env.NODE_TLS_REJECT_UNAUTHORIZED;
  if (value === undefined) return;
  delete env.NODE_TLS_REJECT_UNAUTHORIZED;
  if (value !== '0') return;
  warn(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are verified. Give tls.ca_file for a server with a private authority',
  );
}

/** Ciphers without a certificate, or that are broken. */
const weakCiphers = /(?:^|:)\+?(?:ALL|COMPLEMENTOFALL|[ae]NULL|NULL|A(?:EC)?DH|EXP|LOW|RC4|MD5)\b|@SECLEVEL=0/;

/** NODE_OPTIONS may hold --tls-min-v1.0 or --tls-cipher-list. */
function keepTlsStrong(warn: Warn): void {
  if (tls.DEFAULT_MIN_VERSION === 'TLSv1' || tls.DEFAULT_MIN_VERSION === 'TLSv1.1') {
    warn(`${tls.DEFAULT_MIN_VERSION} as the lowest version of TLS (NODE_OPTIONS) is ignored: it is TLSv1.2`);
    tls.DEFAULT_MIN_VERSION = 'TLSv1.2';
  }
  if (weakCiphers.test(tls.DEFAULT_CIPHERS.replaceAll(/(?:^|:)[!-][^:]*/g, ''))) {
    warn('--tls-cipher-list (NODE_OPTIONS) allows weak ciphers and is ignored: those of Node.js are used');
    tls.DEFAULT_CIPHERS = defaultCiphers;
  }
}

/** As OpenSSL's names; Node.js' own default list begins with the same (node src/node_constants.h, DEFAULT_CIPHER_LIST_CORE). */
const defaultCiphers = [
  ...['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
  ...['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'],
  ...['ECDHE-ECDSA-AES256-GCM-SHA384', 'DHE-RSA-AES128-GCM-SHA256', 'HIGH', '!aNULL', '!eNULL', '!EXPORT'],
  ...['!DES', '!RC4', '!MD5', '!PSK', '!SRP', '!CAMELLIA'],
].join(':');

/** Where a machine, a container or a function asks for its own identity: a proxy would get the token, or give its own. */
const metadataHosts = ['169.254.169.254', '169.254.170.2', 'localhost', '127.0.0.1', '[::1]', '::1'];

const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];

function reachMetadataDirectly(env: NodeJS.ProcessEnv): void {
  if (!proxyVariables.some((name) => env[name])) return;
  const hosts = [...metadataHosts, ...[env.IDENTITY_ENDPOINT, env.MSI_ENDPOINT].flatMap(hostOf)];
  const without = [env.NO_PROXY || env.no_proxy, ...hosts].filter(Boolean).join(',');
  Object.assign(env, { NO_PROXY: without, no_proxy: without });
  // With NODE_USE_ENV_PROXY these have copied the environment as it was.
  http.globalAgent = new http.Agent({ keepAlive: true });
  https.globalAgent = new https.Agent({ keepAlive: true });
}

function hostOf(address: string | undefined): readonly string[] {
  const url = address === undefined ? null : URL.parse(address);
  return url === null ? [] : [url.hostname];
}
