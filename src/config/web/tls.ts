import type { Located } from '../value/mapping.ts';
import { tlsServerSchema } from './schema.ts';
import { readSection, readTexts, type WebContext } from './section.ts';
import type { TlsKeys } from './tls-material.ts';
import { readMaterial } from './tls-material.ts';
import {
  type ClientAuthType,
  cipherSuites,
  clientAuthTypes,
  curves,
  formerRequireAny,
  http2CipherSuites,
  tls13CipherSuites,
  tlsVersions,
  type WebTls,
} from './web-config.ts';

/** The keys that switch TLS on, as the toolkit has it: the others say only how. */
const enablingKeys = [
  'cert',
  'cert_file',
  'key',
  'key_file',
  'client_ca',
  'client_ca_file',
  'client_auth_type',
] as const;

/** Reads `tls_server_config`; null when TLS is off, and when it was reported. */
export async function readWebTls(at: Located, http2: boolean, context: WebContext): Promise<WebTls | null> {
  const section = readSection(tlsServerSchema, at, context.report);
  const names = readNames(section, context);
  if (!enablingKeys.some((key) => section.given(key) !== null || section.reported(key))) {
    warnOfNoTls(section, at, context);
    return null;
  }
  reportMissing(section, at, context);
  reportContradictions(section, context);
  if (http2) reportNoHttp2Suite(section, names.suites, context);
  const { cert, key, clientCa } = await readMaterial(section, context);
  if (cert === null || key === null) return null;
  const { min_version, max_version, prefer_server_cipher_suites: preferServerCiphers } = section.values;
  const clientAuth = clientAuthOf(section);
  warnOfWeakness(section, { clientAuth, clientCa }, context);
  return {
    cert,
    key,
    clientAuth,
    clientCa,
    clientAllowedSans: section.given('client_allowed_sans') === null ? null : names.sans,
    minVersion: tlsVersions[min_version],
    maxVersion: tlsVersions[max_version],
    ciphers: opensslNames(names.suites, cipherSuites),
    preferServerCiphers,
    curves: opensslNames(names.curves, curves),
  };
}

interface Names {
  readonly suites: readonly string[];
  readonly curves: readonly string[];
  readonly sans: readonly string[];
}

function readNames(section: TlsKeys, { report }: WebContext): Names {
  const suites = [...Object.keys(cipherSuites), ...tls13CipherSuites];
  return {
    suites: readTexts(section, 'cipher_suites', { report, allowed: suites, kind: 'a cipher suite' }),
    curves: readTexts(section, 'curve_preferences', { report, allowed: Object.keys(curves), kind: 'a curve' }),
    sans: readTexts(section, 'client_allowed_sans', { report, allowed: null, kind: 'a name' }),
  };
}

function opensslNames(names: readonly string[], table: Readonly<Record<string, string>>): string[] {
  return names.flatMap((name) => table[name] ?? []);
}

/** The toolkit serves plain HTTP then, and says nothing. */
function warnOfNoTls(section: TlsKeys, at: Located, { warn }: WebContext): void {
  const keys = ['client_allowed_sans', 'min_version', 'max_version', 'cipher_suites', 'curve_preferences'] as const;
  if (keys.some((key) => section.given(key) !== null))
    warn(at.path, at.line, 'TLS is off: there is no cert_file and key_file');
}

function reportMissing(section: TlsKeys, at: Located, { report }: WebContext): void {
  for (const key of ['cert', 'key'] as const) {
    const keys = [key, `${key}_file`] as const;
    if (keys.every((each) => section.given(each) === null && !section.reported(each)))
      report(at.path, at.line, `missing: give ${key}_file or ${key}`);
  }
}

function clientAuthOf(section: TlsKeys): ClientAuthType {
  const given = section.values.client_auth_type;
  if (given === formerRequireAny) return 'RequireAnyClientCert';
  return clientAuthTypes.find((type) => type === given) ?? 'NoClientCert';
}

function reportContradictions(section: TlsKeys, { report }: WebContext): void {
  const type = clientAuthOf(section);
  const authorities = section.given('client_ca_file') ?? section.given('client_ca');
  if (authorities !== null && type === 'NoClientCert' && !section.reported('client_auth_type')) {
    const advice = 'give client_auth_type: RequireAndVerifyClientCert';
    report(
      authorities.path,
      authorities.line,
      `authorities of clients, and no client is asked for a certificate: ${advice}`,
    );
  }
  const sans = section.given('client_allowed_sans');
  if (sans !== null && type !== 'RequireAnyClientCert' && type !== 'RequireAndVerifyClientCert') {
    const advice = 'give client_auth_type: RequireAndVerifyClientCert (or RequireAnyClientCert)';
    report(sans.path, sans.line, `a client may come without a certificate, and so without a name: ${advice}`);
  }
  const { min_version: oldest, max_version: newest } = section.values;
  const order = Object.keys(tlsVersions);
  if (order.indexOf(oldest) > order.indexOf(newest)) {
    const given = section.given('min_version') ?? section.given('max_version');
    report(
      given?.path ?? section.path,
      given?.line ?? null,
      `min_version ${oldest} is newer than max_version ${newest}`,
    );
  }
}

/** Go refuses to start then, and a client of HTTP/2 to talk (RFC 9113 section 9.2.2). */
function reportNoHttp2Suite(section: TlsKeys, suites: readonly string[], { report }: WebContext): void {
  const given = section.given('cipher_suites');
  if (given === null || suites.length === 0 || section.values.min_version === 'TLS13') return;
  if (suites.some((suite) => http2CipherSuites.includes(suite))) return;
  report(given.path, given.line, `HTTP/2 needs one of ${http2CipherSuites.join(', ')}: add it or set http2: false`);
}

function warnOfWeakness(section: TlsKeys, tls: Pick<WebTls, 'clientAuth' | 'clientCa'>, { warn }: WebContext): void {
  const oldest = section.given('min_version');
  if (oldest !== null && (section.values.min_version === 'TLS10' || section.values.min_version === 'TLS11'))
    warn(oldest.path, oldest.line, 'TLS before 1.2 is broken (RFC 8996): for clients that know nothing newer only');
  const type = section.given('client_auth_type');
  if (type === null) return;
  if (tls.clientAuth === 'RequestClientCert' || tls.clientAuth === 'RequireAnyClientCert')
    warn(type.path, type.line, 'no client certificate is verified: for access control use RequireAndVerifyClientCert');
  else if (tls.clientAuth !== 'NoClientCert' && tls.clientCa === null)
    warn(type.path, type.line, "without client_ca_file every certificate of the system's authorities is good");
}
