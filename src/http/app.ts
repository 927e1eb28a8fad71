import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { ExporterMetrics } from '../metrics/exporter-metrics.ts';
import { foreignSiteGuard } from './browsers/foreign-site.ts';
import { clientAddress } from './load/connections.ts';
import type { TurnKind, Turns } from './load/turns.ts';
import { answerBusy, answerText, goneSignal, type Method, type Route } from './route.ts';
import { type RouteOptions, routesOf } from './routes/index.ts';
import type { Guard } from './web-guard.ts';
import type { WebPaths } from './web-paths.ts';

/** What the HTTP side shows; all of it is in memory, no request reaches a server. */
export interface AppOptions extends RouteOptions {
  /** Stands before every place, unknown ones included; null: everybody may pass. */
  readonly guard: Guard | null;
  /** For what takes time: one for all protocols. */
  readonly turns: Turns;
  readonly metrics: Pick<ExporterMetrics, 'requestAnswered'>;
  /** A defect ended a request with 500. The client is told nothing of it. */
  readonly onError: (error: unknown, path: string) => void;
}

type Middleware = (request: Request, response: Response, next: NextFunction) => void;

/** Creates the application: every route of `routes/` under the route prefix. */
export function createApp(options: AppOptions): Express {
  const { paths, guard } = options;
  const guards = [strictRequests, ...(guard === null ? [] : [guard]), foreignSiteGuard(paths)];
  const app = express();
  for (const setting of ['x-powered-by', 'etag', 'query parser']) app.disable(setting);
  for (const setting of ['case sensitive routing', 'strict routing']) app.enable(setting);
  app.use((_request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  });
  for (const route of routesOf(options)) {
    app.all(`${paths.routePrefix}${route.path}`, observe(options, route.path), ...guards, dispatch(route, options));
  }
  app.use(observe(options, 'other'), ...guards);
  if (paths.routePrefix !== '') app.all(['/', paths.routePrefix], redirectHome(paths));
  app.use((_request, response) => answerText(response, 404, `not found: see ${paths.linkPrefix}/ for what is here\n`));
  app.use(errorHandler(options));
  return app;
}

function observe({ metrics }: AppOptions, handler: string): Middleware {
  return (_request, response, next) => {
    const start = performance.now();
    response.once('finish', () => {
      const durationSeconds = (performance.now() - start) / 1000;
      metrics.requestAnswered({ handler, code: response.statusCode, durationSeconds });
    });
    next();
  };
}

/** Resolves when the route has answered, so that Express hears of a rejection. */
function dispatch({ methods = ['GET', 'HEAD'], turn, handle }: Route, { turns }: AppOptions) {
  return async (request: Request, response: Response): Promise<void> => {
    if (!methods.some((method) => method === request.method)) return notAllowed(response, methods);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (turn === null || !isRead) return handle(request, response);
    const asker = { kind: turn, client: clientAddress(request.socket), gone: goneSignal(response) };
    const result = await turns(asker, () => handle(request, response));
    if (result === 'busy') answerBusy(response, whatIsBusy[turn]);
    if (result === 'late') answerBusy(response, whyLate);
  };
}

/** Of a single client it is the machine: see docs/performance.md. */
const whyLate = 'no turn within 5 s: others are served, or this process gets too little processor time: try again\n';

const whatIsBusy: Readonly<Record<TurnKind, string>> = {
  scrape: 'more scrapes are being answered than --web.max-requests allows: try again\n',
  page: 'more pages are being made than can be at a time: try again\n',
};

function notAllowed(response: Response, methods: readonly Method[]): void {
  response.setHeader('Allow', methods.join(', '));
  answerText(response, 405, `method not allowed: use ${methods.join(' or ')}\n`);
}

/** As Prometheus: whoever asks for the root is sent to the prefix. */
function redirectHome({ linkPrefix }: WebPaths): Middleware {
  return (_request, response) => {
    response.setHeader('Location', `${linkPrefix}/`);
    answerText(response, 302, `see ${linkPrefix}/\n`);
  };
}

/** Express tells an error handler by its four parameters. */
function errorHandler({ onError }: AppOptions) {
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    // A part of a path whose %-signs stand for nothing: Express' router says so.
    const isUnreadable = error instanceof URIError;
    if (!isUnreadable) onError(error, request.path);
    if (isUnreadable) answerText(response, 400, 'bad request: the path can not be read\n');
    else if (response.headersSent) response.destroy();
    else answerText(response, 500, 'internal error: see the log of milink-exporter\n');
  };
}

/** Nothing here reads a body; what a form or a careless client may send along is let be. */
const maximumBodyBytes = 64 * 1024;

/** Refuses what Node lets through and another server on the way may read in another way, and ends bodies without end. */
function strictRequests(request: Request, response: Response, next: NextFunction): void {
  const wrong = whatIsWrong(request);
  endLargeBody(request);
  if (wrong === null) next();
  else {
    // What follows on this connection may be a part of this request.
    if (request.httpVersionMajor < 2) response.setHeader('Connection', 'close');
    answerText(response, 400, `bad request: ${wrong}\n`);
  }
}

function whatIsWrong({ httpVersion, httpVersionMajor, rawHeaders }: Request): string | null {
  if (httpVersionMajor < 1) return `HTTP/${httpVersion} is not spoken here`;
  const valuesOf = (wanted: string): readonly string[] =>
    rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted);
  if (valuesOf('host').length > 1) return 'more than one Host';
  const [encoding, ...others] = valuesOf('transfer-encoding');
  if (encoding === undefined) return null;
  return others.length === 0 && encoding.toLowerCase() === 'chunked' ? null : 'Transfer-Encoding is not chunked';
}

function endLargeBody(request: Request): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maximumBodyBytes) return;
    // A request of HTTP/2 ends alone, not with its connection.
    if ('stream' in request) (request.stream as { destroy: () => void }).destroy();
    else request.socket.destroy();
  });
}
