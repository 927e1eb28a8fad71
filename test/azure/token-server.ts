import assert from 'node:assert/strict';
import { createVerify, generateKeyPairSync, randomUUID, sign, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { createAuthority } from '../../src/simulator/tls-identity.ts';

export const tenantId = '11111111-2222-3333-4444-555555555555';
/** The application that the authority knows, and the identities that the machine has. */
export const applicationId = '66666666-7777-8888-9999-000000000001';
export const systemIdentityId = '66666666-7777-8888-9999-000000000002';
export const userIdentityId = '66666666-7777-8888-9999-000000000003';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** PEM of the key that every token here is signed with. */
export const tokenKey: string = publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** What the application proves itself with at the moment, and how the server behaves. */
export interface TokenServerState {
  secret: string;
  /** PEM. */
  certificate: string | null;
  /** What a Kubernetes service account shows. */
  serviceAccountToken: string | null;
  lifetimeSeconds: number;
  /** Of every token, in the place of the one that is asked for. */
  audience: string | null;
  behaviour: 'gives' | 'hangs' | 'fails';
}

/** Entra ID and the machine's own token service, on loopback. */
export interface TokenServer {
  /** `https://localhost:<port>`. */
  readonly authorityHost: string;
  /** PEM of the authority behind its certificate; this process trusts it already. */
  readonly certificateAuthority: string;
  /** For the environment variable AZURE_POD_IDENTITY_AUTHORITY_HOST. */
  readonly machineHost: string;
  readonly state: TokenServerState;
  /** Every token given so far. */
  readonly given: string[];
  stop(): Promise<void>;
}

type Claims = Readonly<Record<string, string | number>>;

export async function startTokenServer(): Promise<TokenServer> {
  const state: TokenServerState = {
    secret: 'first-client-secret',
    certificate: null,
    serviceAccountToken: null,
    lifetimeSeconds: 3600,
    audience: null,
    behaviour: 'gives',
  };
  const given: string[] = [];
  const listener = listenerOf(state, given);
  const authority = await createAuthority();
  tls.setDefaultCACertificates([...tls.getCACertificates(), authority.certificate]);
  const servers = [
    createHttpsServer(await authority.issue(['localhost']), listener),
    createHttpServer(listener),
  ] as const;
  const [authorityPort, machinePort] = await Promise.all(servers.map(listening));
  return {
    authorityHost: `https://localhost:${authorityPort}`,
    certificateAuthority: authority.certificate,
    machineHost: `http://127.0.0.1:${machinePort}`,
    state,
    given,
    stop: async () => {
      await Promise.all(servers.map(stop));
    },
  };
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

/** Answers as Entra ID's authority to POST, and as the machine's token service to GET. */
function listenerOf(state: TokenServerState, given: string[]): RequestListener {
  const give = (audience: string, appid: string): object => {
    const exp = Math.floor(Date.now() / 1000) + state.lifetimeSeconds;
    const nbf = exp - state.lifetimeSeconds;
    const token = signed({ aud: state.audience ?? audience, appid, nbf, exp, jti: randomUUID() });
    given.push(token);
    return { token_type: 'Bearer', expires_in: state.lifetimeSeconds, expires_on: String(exp), access_token: token };
  };
  return async (request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
    if (url.pathname.endsWith('/.well-known/openid-configuration')) return answer(200, metadata(url));
    if (state.behaviour === 'hangs') return;
    if (state.behaviour === 'fails') {
      return answer(400, { error: 'temporarily_unavailable', error_description: refusal });
    }
    if (request.method === 'GET') return answer(...machineAnswer(request, url, give));
    const form = new URLSearchParams(await text(request));
    if (!isProven(form, state)) return answer(401, { error: 'invalid_client', error_description: invalidSecret });
    answer(200, give((form.get('scope') ?? '').replace(/\/\.default$/, ''), form.get('client_id') ?? ''));
  };
}

/** As Entra ID words them, with what it adds for its own support. */
const trace = 'Trace ID: 0123 Correlation ID: 4567 Timestamp: 2026-11-25 10:00:00Z';
const invalidSecret = `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the value. ${trace}`;
const refusal = `AADSTS90033: A transient error has occurred. Please try again. ${trace}`;

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function metadata({ origin, pathname }: URL): object {
  const tenant = `${origin}/${pathname.split('/')[1]}`;
  return {
    issuer: `${tenant}/v2.0`,
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
  };
}

/** The instance metadata service: GET with a header that no browser can be made to send. */
function machineAnswer(
  request: IncomingMessage,
  url: URL,
  give: (audience: string, id: string) => object,
): [number, object] {
  const id = url.searchParams.get('client_id') ?? systemIdentityId;
  if (request.headers.metadata !== 'true') return [400, { error: 'invalid_request' }];
  if (id !== systemIdentityId && id !== userIdentityId) {
    return [400, { error: 'invalid_request', error_description: 'Identity not found' }];
  }
  return [200, give(url.searchParams.get('resource') ?? '', id)];
}

function isProven(form: URLSearchParams, { secret, certificate, serviceAccountToken }: TokenServerState): boolean {
  assert.equal(form.get('grant_type'), 'client_credentials');
  const assertion = form.get('client_assertion');
  if (assertion === null) return form.get('client_secret') === secret;
  if (assertion === serviceAccountToken) return true;
  return certificate !== null && isSignedBy(assertion, certificate);
}

/** Whether an assertion (RFC 7523) was signed with the key of a certificate, and not long ago. */
function isSignedBy(assertion: string, certificate: string): boolean {
  const [header = '', claims = '', signature = ''] = assertion.split('.');
  const algorithm = JSON.parse(Buffer.from(header, 'base64url').toString()).alg;
  const key = { key: new X509Certificate(certificate).publicKey, ...(algorithm === 'PS256' ? { padding: 6 } : {}) };
  const verifier = createVerify('sha256').update(`${header}.${claims}`);
  return verifier.verify(key, signature, 'base64url');
}

/** A token as Entra ID makes it. */
export function signed(claims: Claims): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const body = `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(claims)}`;
  return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`;
}
