import { constants } from 'node:crypto';
import {
  createSecureContext,
  DEFAULT_CIPHERS,
  getCACertificates,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls';
import { readSecret } from '../config/secret/secret.ts';
import { tls13CipherSuites } from '../config/web/names.ts';
import type { WebTls } from '../config/web/web-config.ts';
import { alternativeNamesOf } from './alternative-names.ts';

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
