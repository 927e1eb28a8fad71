import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import express, { type Express } from 'express';
import type { Listeners } from './web-service.ts';

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
  const handle: (...parameters: never[]) => void = app;
  return handle as Listeners['http2'];
}
