import type { ClientRequest } from 'node:http';
import { request as requestEncrypted } from 'node:https';
import { http } from './node-http.ts';

/** One look at a health URL, and how to get there. PEM texts and names are null where they are not given. */
export interface HealthProbe {
  /** `http:` or `https:`. */
  readonly url: URL;
  readonly timeoutSeconds: number;
  /** Certificates to trust in place of the system's. */
  readonly ca: string | null;
  /** True: `ca` is the service's own certificate, which is then right under any name and whoever made it. */
  readonly isPinned: boolean;
  /** Shown to a service that asks for a client certificate. */
  readonly clientCertificate: { readonly cert: string; readonly key: string } | null;
  /** The name in the service's certificate, where it is not the URL's host. */
  readonly serverName: string | null;
  /** True: the certificate is not verified. */
  readonly isInsecure: boolean;
  readonly basicAuth: { readonly username: string; readonly password: string } | null;
}

/** No healthy answer: the message says what came instead and what to do. It never holds a secret. */
export class HealthProbeError extends Error {
  override readonly name = 'HealthProbeError';
}

/**
 * Resolves when the URL answers 200 within the time limit. Redirects are not followed: they would say nothing of this service.
 * @throws HealthProbeError
 */
export async function probeHealth(probe: HealthProbe): Promise<void> {
  const deadline = AbortSignal.timeout(probe.timeoutSeconds * 1000);
  const status = await statusOf(probe, deadline).catch((error: unknown) => {
    if (deadline.aborted) throw new HealthProbeError(`no answer within ${probe.timeoutSeconds} s`);
    throw new HealthProbeError(whyNot(error), { cause: error });
  });
  if (status !== 200) throw new HealthProbeError(refusalText(status, probe));
}

/** What a service answered. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Asks for a URL and gives what came, within the time limit; a larger body is a failure.
 * @throws HealthProbeError where nothing came, in words for a user
 */
export async function askService(probe: HealthProbe, maximumBytes: number): Promise<ServiceAnswer> {
  const deadline = AbortSignal.timeout(probe.timeoutSeconds * 1000);
  return answerOf(probe, deadline, maximumBytes).catch((error: unknown) => {
    if (error instanceof HealthProbeError) throw error;
    if (deadline.aborted) throw new HealthProbeError(`no answer within ${probe.timeoutSeconds} s`);
    throw new HealthProbeError(whyNot(error), { cause: error });
  });
}

function answerOf(probe: HealthProbe, signal: AbortSignal, maximumBytes: number): Promise<ServiceAnswer> {
  return new Promise((resolve, reject) => {
    openRequest(probe, signal)
      .on('response', (response) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          parts.push(part);
          if (bytes > maximumBytes)
            response.destroy(new HealthProbeError(`answered with more than ${maximumBytes} bytes`));
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
        );
      })
      .on('error', reject)
      .end();
  });
}

/** What a status that is not 200 means for whoever asked. */
export function refusalText(status: number, probe: HealthProbe): string {
  return `answered ${status}${statusHint(status, probe)}`;
}

function statusOf(probe: HealthProbe, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    openRequest(probe, signal)
      .on('response', (response) => {
        resolve(response.statusCode ?? 0);
        // Nobody reads the body: the connection is closed instead.
        response.destroy();
      })
      .on('error', reject)
      .end();
  });
}

function openRequest(probe: HealthProbe, signal: AbortSignal): ClientRequest {
  const { url, basicAuth, ca, isPinned, clientCertificate, serverName, isInsecure } = probe;
  const common = {
    signal,
    agent: false,
    ...(basicAuth === null ? {} : { auth: `${basicAuth.username}:${basicAuth.password}` }),
  };
  if (url.protocol === 'http:') return http.request(url, common);
  return requestEncrypted(url, {
    ...common,
    ...clientCertificate,
    ...(ca === null ? {} : { ca }),
    ...(isPinned ? { allowPartialTrustChain: true, checkServerIdentity: () => undefined } : {}),
    ...(serverName === null ? {} : { servername: serverName }),
    rejectUnauthorized: !isInsecure,
  });
}

const notTrusted = 'its certificate is not trusted: name the file of its authority with --tls.ca-file';
const wantsCertificate =
  'it refused the TLS handshake: if it asks for client certificates, give --tls.cert-file and --tls.key-file';
const speaksPlain = 'it does not speak TLS: if it serves plain HTTP, the URL starts with http://';

/** By the codes of Node's sockets, its TLS and OpenSSL. */
const explanations: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name does not resolve at the moment',
  ECONNRESET: 'it closed the connection without an answer: if it serves TLS, the URL starts with https://',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: wantsCertificate,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name: give that name with --tls.server-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notTrusted,
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error ? String(error.code) : error.name;
  // OpenSSL's reason is in the message only: an alert is the other side's refusal, anything else is no TLS at all.
  if (code === 'EPROTO') return / alert /.test(error.message) ? wantsCertificate : speaksPlain;
  if (code.startsWith('ERR_OSSL_')) return `the certificates or the key that were given can't be used (${code})`;
  return explanations[code] ?? code;
}

function statusHint(status: number, { basicAuth }: HealthProbe): string {
  if (status >= 300 && status < 400) return ', a redirect: give the URL that it leads to';
  if (status === 401 && basicAuth === null) return ': give --basic-auth.username and --basic-auth.password-file';
  if (status === 401) return ': the username or the password is wrong';
  if (status === 404) return ': is the URL right, and the route prefix in it?';
  return '';
}
