import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { ExporterMetrics } from '../metrics/exporter-metrics.ts';
import type { State } from '../metrics/family.ts';
import type { MetricsPage } from '../metrics/page.ts';
import { contentSecurityPolicy, statusPage } from './status-page.ts';

/** What the HTTP side shows; all of it is in memory, no request reaches a server. */
export interface AppOptions {
  readonly version: string;
  readonly page: MetricsPage;
  readonly readState: () => State;
  readonly metrics: Pick<ExporterMetrics, 'requestAnswered'>;
  /** A defect ended a request with 500. The client is told nothing of it. */
  readonly onError: (error: unknown, path: string) => void;
}

type Handler = (request: Request, response: Response) => void | Promise<void>;

/** Creates the application: /metrics, /-/healthy, /-/ready and the status page at `/`. */
export function createApp(options: AppOptions): Express {
  const handlers = {
    '/': statusHandler(options),
    '/metrics': metricsHandler(options),
    '/-/healthy': (_request, response) => answer(response, 200, 'milink-exporter is healthy.\n'),
    '/-/ready': readyHandler(options),
  } satisfies Record<string, Handler>;
  const app = express();
  for (const setting of ['x-powered-by', 'etag', 'query parser']) app.disable(setting);
  for (const setting of ['case sensitive routing', 'strict routing']) app.enable(setting);
  app.use((request, response, next) => {
    observe(options, Object.hasOwn(handlers, request.path) ? request.path : 'other', response);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  });
  for (const [path, handler] of Object.entries(handlers)) {
    app.route(path).get(handler).all(notAllowed);
  }
  app.use((_request, response) => answer(response, 404, 'not found: see / for what is here\n'));
  app.use(errorHandler(options));
  return app;
}

function observe({ metrics }: AppOptions, handler: string, response: Response): void {
  const start = performance.now();
  response.once('finish', () => {
    const durationSeconds = (performance.now() - start) / 1000;
    metrics.requestAnswered({ handler, code: response.statusCode, durationSeconds });
  });
}

function metricsHandler({ page }: AppOptions): Handler {
  return async (request, response) => {
    const { accept, 'accept-encoding': acceptEncoding } = request.headers;
    const { contentType, contentEncoding, body } = await page.answer({ accept, acceptEncoding });
    response.setHeader('Content-Type', contentType);
    response.setHeader('Vary', 'Accept, Accept-Encoding');
    if (contentEncoding !== null) response.setHeader('Content-Encoding', contentEncoding);
    response.setHeader('Content-Length', body.length);
    response.end(body);
  };
}

/** Ready when every server has had a first poll, whether it succeeded or not: until then a link may only look missing. */
function readyHandler({ readState }: AppOptions): Handler {
  return (_request, response) => {
    const pending = readState()
      .servers.filter(({ outcome }) => outcome.kind === 'pending')
      .map(({ name }) => name);
    if (pending.length === 0) return answer(response, 200, 'milink-exporter is ready.\n');
    return answer(response, 503, `milink-exporter is not ready: not polled yet: ${pending.join(', ')}\n`);
  };
}

function statusHandler({ version, readState }: AppOptions): Handler {
  return (_request, response) => {
    const body = Buffer.from(statusPage({ version, state: readState() }));
    response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Length', body.length);
    response.end(body);
  };
}

function notAllowed(_request: Request, response: Response): void {
  response.setHeader('Allow', 'GET, HEAD');
  answer(response, 405, 'method not allowed: use GET or HEAD\n');
}

/** Express tells an error handler by its four parameters. */
function errorHandler({ onError }: AppOptions) {
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    onError(error, request.path);
    if (response.headersSent) response.destroy();
    else answer(response, 500, 'internal error: see the log of milink-exporter\n');
  };
}

function answer(response: Response, code: number, text: string): void {
  const body = Buffer.from(text);
  response.statusCode = code;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
