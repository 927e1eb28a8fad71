import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { TlsIdentity } from '../tls-identity.ts';
import type { World } from '../world/state.ts';
import { createEntra, type Entra } from './entra.ts';
import { type AzureFault, answerFault, error, send } from './faults.ts';
import { findResource } from './resources.ts';

/** The simulated Azure: Entra ID and Azure Resource Manager at one address. */
export interface SimulatedAzure {
  /** `https://localhost:<port>`. */
  readonly origin: string;
  /** Puts a fault in place of all earlier ones; null is Azure in order. `matching` limits it to paths that contain it. */
  readonly setFault: (fault: AzureFault | null, matching?: string) => void;
  /** Items of one page of a list; all unless set. */
  readonly setPageSize: (items: number) => void;
  /** Since the start: reads of Azure Resource Manager, with the path of each, and tokens. */
  readonly requests: () => readonly string[];
  readonly tokens: () => number;
  readonly close: () => Promise<void>;
}

export interface SimulatedAzureOptions {
  readonly tls: TlsIdentity;
  readonly host: string;
  readonly port: number;
  /** As Azure has it: some seconds behind the servers. */
  readonly world: () => World;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** In place of what the world has at a path; null: the world's own. For tests of more than a world has. */
  readonly override?: (path: string) => object | null;
}

/** What the token has to be for. */
export const simulatedAudience = 'https://management.azure.com';

interface Behaviour {
  fault: AzureFault | null;
  matching: string;
  /** Of a fault that ends by itself. */
  left: number;
  pageSize: number;
}

export async function startSimulatedAzure(options: SimulatedAzureOptions): Promise<SimulatedAzure> {
  const behaviour: Behaviour = { fault: null, matching: '', left: 0, pageSize: Number.POSITIVE_INFINITY };
  const entra = createEntra(simulatedAudience, () => options.now() / 1000);
  const requests: string[] = [];
  const server = createServer(options.tls, (request, response) => {
    answer({ request, response }, { options, behaviour, entra, requests }).catch(() => response.destroy());
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    setFault: (fault, matching = '') => {
      const left =
        fault !== null && 'times' in fault ? (fault.times ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
      Object.assign(behaviour, { fault, matching, left });
    },
    setPageSize: (items) => {
      behaviour.pageSize = items;
    },
    requests: () => requests,
    tokens: entra.given,
    close: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Azure {
  readonly options: SimulatedAzureOptions;
  readonly behaviour: Behaviour;
  readonly entra: Entra;
  readonly requests: string[];
}

async function answer({ request, response }: Exchange, azure: Azure): Promise<void> {
  const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
  const token = await azure.entra.answer(request, url);
  if (token !== null) return send(response, token.status, token.body);
  azure.requests.push(url.pathname);
  setHeaders(response, azure.requests.length);
  const fault = nextFault(azure.behaviour, url.pathname);
  if (fault !== null && fault.kind !== 'next-link') return answerFault(fault, response, url.pathname);
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const refusal = azure.entra.refusal(bearer, azure.options.now() / 1000);
  if (refusal !== null) return send(response, 401, error('InvalidAuthenticationToken', refusal));
  const body = bodyOf(url, azure, fault);
  const isGzip = /\bgzip\b/.test(String(request.headers['accept-encoding']));
  if ('error' in body || !isGzip) return send(response, 'error' in body ? 404 : 200, JSON.stringify(body));
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' });
  response.end(gzipSync(JSON.stringify(body)));
}

function setHeaders(response: ServerResponse, count: number): void {
  response.setHeader('x-ms-request-id', randomUUID());
  response.setHeader('x-ms-correlation-request-id', randomUUID());
  response.setHeader('x-ms-ratelimit-remaining-subscription-reads', String(Math.max(0, 249 - (count % 10))));
  response.setHeader('x-ms-ratelimit-remaining-subscription-global-reads', String(Math.max(0, 3749 - (count % 10))));
}

function nextFault(behaviour: Behaviour, path: string): AzureFault | null {
  if (behaviour.fault === null || behaviour.left <= 0 || !path.includes(behaviour.matching)) return null;
  behaviour.left -= 1;
  return behaviour.fault;
}

function bodyOf(url: URL, { options, behaviour }: Azure, fault: AzureFault | null): object {
  const version = url.searchParams.get('api-version') ?? '';
  const own = options.override?.(url.pathname) ?? null;
  if (own !== null && !('value' in own)) return own;
  const found =
    own === null ? findResource(options.world(), url.pathname, version) : { list: (own as { value: object[] }).value };
  if (found === null)
    return { error: { code: 'SubscriptionNotFound', message: 'The subscription could not be found.' } };
  if ('missing' in found) return { error: { code: 'ResourceNotFound', message: found.missing } };
  if ('resource' in found) return found.resource;
  const from = Number(url.searchParams.get('$skiptoken') ?? 0);
  const until = from + behaviour.pageSize;
  const next = new URL(url);
  next.searchParams.set('$skiptoken', String(until));
  const nextLink = fault?.kind === 'next-link' ? fault.to : until < found.list.length ? next.href : null;
  return { value: found.list.slice(from, until), ...(nextLink === null ? {} : { nextLink }) };
}
