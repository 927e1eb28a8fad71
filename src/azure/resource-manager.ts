import { createRequire } from 'node:module';
import type { HttpClient, Pipeline } from '@azure/core-rest-pipeline';
import type { AzureConfig } from '../config/azure/azure.ts';
import type { AzureFailure } from '../model/azure/state.ts';
import { type Fields, isFields, itemsIn, textIn, valueIn } from './answer/fields.ts';
import { failureOfAnswer, failureWithoutAnswer, messageOf, retryAfterSeconds } from './failure.ts';
import { readBody } from './read-body.ts';
import type { TokenSource } from './token-source.ts';

/** Azure Resource Manager: reads only. Never throws; one request at a time for each reading. */
export interface ResourceManager {
  /** One resource, or a list with all of its pages. `path` starts with a slash and has no query. */
  readonly read: (path: string, kind: 'resource' | 'list', signal: AbortSignal) => Promise<AzureAnswer>;
}

export interface AzureAnswer {
  /** The resource, or the items of the list; empty after a failure. */
  readonly items: readonly Fields[];
  readonly failure: AzureFailure | null;
  /** When Azure wants to be asked again; null: it did not say. */
  readonly retryAfterSeconds: number | null;
  readonly remaining: RemainingReads;
}

/** Reads that are left, as the headers of the last answer say; null: they don't. */
export interface RemainingReads {
  readonly reads: number | null;
  readonly globalReads: number | null;
}

export interface ResourceManagerOptions {
  readonly config: Pick<AzureConfig, 'resourceManager' | 'apiVersion' | 'ca'>;
  readonly tokens: TokenSource;
  /** Of this program, for the user agent. */
  readonly version: string;
  /** Unix seconds. */
  readonly nowSeconds: () => number;
}

/** A list of 500 links with their databases is below 1 MB in one page. */
const maximumPages = 100;
const maximumPageBytes = 8 * 1024 * 1024;
const maximumListBytes = 32 * 1024 * 1024;

/** Sends requests over one set of connections. */
interface Sender {
  readonly pipeline: Pipeline;
  readonly client: HttpClient;
}

interface Response {
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | undefined;
}

export function createResourceManager(options: ResourceManagerOptions): ResourceManager {
  const { config, tokens } = options;
  const library = loadLibrary();
  const sender: Sender = {
    pipeline: library.createPipelineFromOptions({
      // Who polls decides when to ask again; and a token goes to no other host.
      retryOptions: { maxRetries: 0 },
      redirectOptions: { maxRetries: 0 },
      userAgentOptions: { userAgentPrefix: `milink-exporter/${options.version}` },
      ...(config.ca === null ? {} : { tlsOptions: { ca: config.ca } }),
    }),
    client: library.createDefaultHttpClient(),
  };

  async function send(url: string, signal: AbortSignal): Promise<Response> {
    const token = await tokens.get(signal);
    const request = library.createPipelineRequest({ url, method: 'GET', abortSignal: signal });
    request.headers.set('Accept', 'application/json');
    request.headers.set('Authorization', `Bearer ${token}`);
    // The body of any status is read here: the library would keep all of it, however long.
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    const response = await sender.pipeline.sendRequest(sender.client, request);
    const body = await readBody(response.readableStreamBody, { maximumBytes: maximumPageBytes, signal });
    return { status: response.status, body, header: (name) => response.headers.get(name) };
  }

  /** A token may have been revoked before its end: once a new one is tried. */
  async function sendAuthorized(url: string, signal: AbortSignal): Promise<Response> {
    const response = await send(url, signal);
    if (response.status !== 401) return response;
    tokens.forget();
    return send(url, signal);
  }

  async function readPages(path: string, kind: 'resource' | 'list', signal: AbortSignal): Promise<AzureAnswer> {
    const first = new URL(`${config.resourceManager}${path}`);
    first.searchParams.set('api-version', config.apiVersion);
    let url: string | null = first.href;
    let bytes = 0;
    const items: Fields[] = [];
    for (let page = 1; ; page += 1) {
      const response: Response = await sendAuthorized(url, signal);
      const remaining = remainingOf(response);
      if (response.status !== 200) return refused(response, remaining, options.nowSeconds());
      bytes += response.body.length;
      const body = parsed(response);
      if (body === null) return failed(badAnswer('the answer is not the JSON of Azure', response), remaining);
      if (kind === 'resource') return answer([body], remaining);
      if (!Array.isArray(body.value)) return failed(badAnswer('the answer is no list', response), remaining);
      items.push(...itemsIn(body, 'value'));
      const next = nextPage(body, first.origin);
      if (next === null) return answer(items, remaining);
      if (next === 'foreign')
        return failed(badAnswer('the next page is on another host: not asked', response), remaining);
      if (page >= maximumPages) return failed(badAnswer(`more than ${maximumPages} pages`, response), remaining);
      if (bytes > maximumListBytes) return failed(badAnswer('the list is too long', response), remaining);
      url = next;
    }
  }

  return {
    read: async (path, kind, signal) => {
      try {
        return await readPages(path, kind, signal);
      } catch (error) {
        return failed(failureOfError(error, signal), unknownRemaining);
      }
    },
  };
}

/** The copy that @azure/identity has loaded: the package's ES modules would be a second one. */
function loadLibrary(): typeof import('@azure/core-rest-pipeline') {
  return createRequire(import.meta.url)('@azure/core-rest-pipeline');
}

const unknownRemaining: RemainingReads = { reads: null, globalReads: null };

function remainingOf({ header }: Response): RemainingReads {
  const count = (name: string): number | null => {
    const text = header(`x-ms-ratelimit-remaining-${name}`) ?? '';
    return /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  return { reads: count('subscription-reads'), globalReads: count('subscription-global-reads') };
}

function answer(items: readonly Fields[], remaining: RemainingReads): AzureAnswer {
  return { items, failure: null, retryAfterSeconds: null, remaining };
}

function failed(failure: AzureFailure, remaining: RemainingReads): AzureAnswer {
  return { items: [], failure, retryAfterSeconds: null, remaining };
}

function refused(response: Response, remaining: RemainingReads, nowSeconds: number): AzureAnswer {
  const wait = retryAfterSeconds(response.header('retry-after'), nowSeconds);
  return { ...failed(failureOfAnswer(response), remaining), retryAfterSeconds: wait };
}

function badAnswer(message: string, response: Response): AzureFailure {
  const { requestId } = failureOfAnswer({ ...response, body: '' });
  return { ...failureWithoutAnswer('bad_answer', message), status: response.status, requestId };
}

function parsed({ body }: Response): Fields | null {
  try {
    const value: unknown = JSON.parse(body);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** A page on another host would be asked with the token: whoever put the link there would have it. */
function nextPage(body: Fields, origin: string): string | 'foreign' | null {
  const link = textOf(body);
  if (link === null) return null;
  const url = URL.parse(link);
  return url !== null && url.origin === origin && url.username === '' ? url.href : 'foreign';
}

/** Longer than other texts: it carries the place in the list. */
function textOf(body: Fields): string | null {
  const link = valueIn(body, 'nextLink');
  return typeof link === 'string' && textIn(body, 'nextLink') !== null ? link : null;
}

function failureOfError(error: unknown, signal: AbortSignal): AzureFailure {
  if (signal.aborted) return failureWithoutAnswer('timeout', 'no whole answer within the time limit');
  const name = error instanceof Error ? error.name : '';
  if (name === 'TokenError' || name === 'SecretError') return failureWithoutAnswer('token', messageOf(error));
  if (name === 'BodyTooLargeError') return failureWithoutAnswer('bad_answer', messageOf(error));
  return failureWithoutAnswer('network', messageOf(error));
}
