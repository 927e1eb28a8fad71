import type { RequestListener, Server, ServerResponse } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import express, { type Express } from 'express';

/** The application, once for each protocol. */
export interface Listeners {
  readonly http1: RequestListener;
  readonly http2: (request: Http2ServerRequest, response: Http2ServerResponse) => void;
}

/** A server that is not listening yet, and the ways to end its connections. */
export interface WebService {
  readonly server: Server;
  /** Ends what is unused, and the rest after its answer. */
  readonly endConnections: () => void;
  /** Cuts off every connection. */
  readonly cutConnections: () => void;
}

/** Makes an application answer requests of HTTP/1.1. */
export function http1Listener(app: Express): Listeners['http1'] {
  const handle = handlerOf(app);
  return (request, response) => handle(request, response, () => refuseTarget(response));
}

/**
 * Makes an application answer requests of HTTP/2. Express gives every request and response prototypes of its own, which
 * descend from those of HTTP/1.1; here they descend from those of Node's http2. The application then serves HTTP/2 only.
 */
export function http2Listener(app: Express): Listeners['http2'] {
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
