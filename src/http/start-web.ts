import type { ServerResponse } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Express } from 'express';
import express from 'express';
import { type AppOptions, createApp } from './app.ts';
import { defaultLimits, type ListenLimits } from './limits.ts';
import { type Listening, type ListenSource, listen } from './listen.ts';
import { createKeptAnswers, createUntaken } from './load/answers.ts';
import { createTurns } from './load/turns.ts';
import type { Listeners } from './plain-server.ts';
import type { Protection } from './protection.ts';
import { createWebGuard } from './web-guard.ts';
import { defaultWebPaths, type WebPaths } from './web-paths.ts';

/** How the exporter is reached. */
export interface WebOptions {
  readonly paths: WebPaths;
  /** Scrapes that are answered at a time; null: any number. */
  readonly maximumScrapes: number | null;
  /** The web configuration file; null: plain HTTP, open to everybody. */
  readonly protection: Protection | null;
  readonly limits?: Partial<ListenLimits>;
}

/** Pages for people that are asked for at a time: a hundred tabs that renew themselves at once. */
const maximumPages = 100;

export const defaultWebOptions: WebOptions = { paths: defaultWebPaths, maximumScrapes: 40, protection: null };

/** What the application shows, without how it is reached. */
type ShownOptions = Omit<AppOptions, 'paths' | 'guard' | 'turns' | 'kept' | 'untaken'>;

/**
 * Serves the application, in HTTP/1.1 and, with TLS, in HTTP/2.
 * @throws Error, in words for a user, when something can't be listened on; then nothing is left open.
 */
export async function startWeb(
  shown: ShownOptions,
  sources: readonly ListenSource[],
  { paths, maximumScrapes, protection, limits = {} }: WebOptions = defaultWebOptions,
): Promise<Listening> {
  const guard = protection === null ? null : createWebGuard(protection);
  const options: AppOptions = {
    ...shown,
    paths,
    guard,
    turns: createTurns({ scrape: maximumScrapes, page: maximumPages }),
    kept: createKeptAnswers(shown.readState),
    untaken: createUntaken({ ...defaultLimits, ...limits }),
  };
  const listeners = { http1: http1Listener(createApp(options)), http2: http2Listener(createApp(options)) };
  return listen(listeners, sources, { limits, protection });
}

/** Makes an application answer requests of HTTP/1.1. */
function http1Listener(app: Express): Listeners['http1'] {
  const handle = handlerOf(app);
  return (request, response) => handle(request, response, () => refuseTarget(response));
}

/**
 * Makes an application answer requests of HTTP/2. Express gives every request and response prototypes of its own, which
 * descend from those of HTTP/1.1; here they descend from those of Node's http2. The application then serves HTTP/2 only.
 */
function http2Listener(app: Express): Listeners['http2'] {
  app.request = Object.create(Http2ServerRequest.prototype, {
    ...Object.getOwnPropertyDescriptors(express.request),
    app: { value: app, writable: true },
    // Express sets it; Node's own is a getter without a setter.
    res: { value: undefined, writable: true },
  });
  app.response = Object.create(Http2ServerResponse.prototype, {
    ...Object.getOwnPropertyDescriptors(express.response),
    app: { value: app, writable: true },
    req: { value: undefined, writable: true },
  });
  const handle = handlerOf(app);
  return (request, response) => handle(request, response, () => refuseTarget(response));
}

/** Express' own type knows its requests only, which it makes of others by the prototypes that it gives them. */
function handlerOf(app: Express): (request: unknown, response: unknown, next: () => void) => void {
  const handle: (...parameters: never[]) => void = app;
  return handle as (request: unknown, response: unknown, next: () => void) => void;
}

/** A target without a path, as `http://[/`, which Express' router takes to none of its handlers. */
function refuseTarget(response: Pick<ServerResponse | Http2ServerResponse, 'statusCode' | 'end'>): void {
  response.statusCode = 400;
  response.end('bad request: the target has no path\n');
}
