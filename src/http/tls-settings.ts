import { constants, type X509Certificate } from 'node:crypto';
import { isIPv6, SocketAddress } from 'node:net';
import {
  createSecureContext,
  DEFAULT_CIPHERS,
  getCACertificates,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls';
import { readSecret } from '../config/secret/secret.ts';
import { tls13CipherSuites, type WebTls } from '../config/web/web-config.ts';

/** `WebTls` in the terms of Node. */
export interface TlsSettings {
  readonly context: SecureContextOptions;
  /** Whether clients are asked for a certificate. */
  readonly requestCert: boolean;
  /** Whether a client without a certificate is refused within the handshake, with an alert that says so. */
  readonly rejectUnauthorized: boolean;
  /** Why a client that has shaken hands may not go on; null: it may. */
  readonly refusalOf: (socket: TLSSocket) => string | null;
}

/**
 * Turns the configuration into settings that OpenSSL has accepted.
 * @throws Error with OpenSSL's reason.
 */
export async function tlsSettingsOf(tls: WebTls): Promise<TlsSettings> {
  const { clientAuth } = tls;
  const context = await contextOf(tls);
  createSecureContext(context);
  return {
    context,
    requestCert: clientAuth !== 'NoClientCert',
    rejectUnauthorized: clientAuth === 'RequireAndVerifyClientCert',
    refusalOf: (socket) => refusalOf(socket, tls),
  };
}

async function contextOf(tls: WebTls): Promise<SecureContextOptions> {
  const { cert, key, clientAuth, minVersion, maxVersion, ciphers, preferServerCiphers, curves } = tls;
  const isOld = minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
  const suites = ciphers.length === 0 ? DEFAULT_CIPHERS : [...tls13CipherSuites, ...ciphers].join(':');
  return {
    cert,
    key: await readSecret(key),
    minVersion,
    maxVersion,
    // The signatures of TLS 1.0 and 1.1 are below OpenSSL's usual level of security.
    ciphers: isOld ? `${suites}:@SECLEVEL=0` : suites,
    honorCipherOrder: preferServerCiphers,
    ...(curves.length === 0 ? {} : { ecdhCurve: curves.join(':') }),
    ...(clientAuth === 'NoClientCert' ? {} : clientVerification(tls)),
  };
}

/** As Go verifies: every certificate of the file is an anchor; and nobody resumes what was verified by an older file. */
function clientVerification({ clientCa }: WebTls): SecureContextOptions {
  return {
    ca: clientCa ?? getCACertificates('system'),
    allowPartialTrustChain: true,
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

function refusalOf(socket: TLSSocket, { clientAuth, clientAllowedSans }: WebTls): string | null {
  if (clientAuth === 'NoClientCert' || clientAuth === 'RequestClientCert') return null;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return clientAuth === 'VerifyClientCertIfGiven' ? null : 'no client certificate';
  if (clientAuth !== 'RequireAnyClientCert' && !socket.authorized)
    return `the client certificate is not good: ${socket.authorizationError}`;
  if (clientAllowedSans === null) return null;
  const names = alternativeNamesOf(certificate);
  return names.some((name) => clientAllowedSans.includes(name)) ? null : 'the client certificate has no allowed name';
}

/** `TYPE:value` or, where the value could be mistaken for more entries, `TYPE:"JSON"` (Node, CVE-2021-44532). */
const entryPattern = /([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^",]*)(?:, |$)/y;

/** The kinds that the toolkit looks at, in the words of Node. */
const kinds: readonly string[] = ['DNS', 'IP Address', 'URI', 'email'];

/**
 * The DNS names, IP addresses, URIs and mail addresses that a certificate is for, as they stand in it; IPv6 addresses in
 * their shortest form. None at all when an entry can't be told from the next: nobody gets in by a trick.
 */
export function alternativeNamesOf({ subjectAltName }: Pick<X509Certificate, 'subjectAltName'>): string[] {
  const names: string[] = [];
  const text = subjectAltName ?? '';
  entryPattern.lastIndex = 0;
  while (entryPattern.lastIndex < text.length) {
    const [, kind = '', value = ''] = entryPattern.exec(text) ?? [];
    if (kind === '') return [];
    if (kinds.includes(kind)) names.push(nameOf(kind, value));
  }
  return names;
}

function nameOf(kind: string, value: string): string {
  const name: string = value.startsWith('"') ? JSON.parse(value) : value;
  return kind === 'IP Address' && isIPv6(name) ? new SocketAddress({ address: name, family: 'ipv6' }).address : name;
}
