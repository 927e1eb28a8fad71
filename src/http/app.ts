import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { ExporterMetrics } from '../metrics/exporter-metrics.ts';
import { answerText } from './answer.ts';
import { foreignSiteGuard } from './browsers/foreign-site.ts';
import type { Method, Route } from './route.ts';
import { type RouteOptions, routesOf } from './routes/index.ts';
import type { Guard } from './web-guard.ts';
import type { WebPaths } from './web-paths.ts';

/** What the HTTP side shows; all of it is in memory, no request reaches a server. */
export interface AppOptions extends RouteOptions {
  /** Stands before every place, unknown ones included; null: everybody may pass. */
  readonly guard: Guard | null;
  readonly metrics: Pick<ExporterMetrics, 'requestAnswered'>;
  /** A defect ended a request with 500. The client is told nothing of it. */
  readonly onError: (error: unknown, path: string) => void;
}

type Middleware = (request: Request, response: Response, next: NextFunction) => void;

/** Creates the application: every route of `routes/` under the route prefix. */
export function createApp(options: AppOptions): Express {
  const { paths, guard } = options;
  const guards = [...(guard === null ? [] : [guard]), foreignSiteGuard(paths)];
  const app = express();
  for (const setting of ['x-powered-by', 'etag', 'query parser']) app.disable(setting);
  for (const setting of ['case sensitive routing', 'strict routing']) app.enable(setting);
  app.use((_request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  });
  for (const route of routesOf(options)) {
    app.all(`${paths.routePrefix}${route.path}`, observe(options, route.path), ...guards, dispatch(route));
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
function dispatch({ methods = ['GET', 'HEAD'], handle }: Route) {
  return (request: Request, response: Response): void | Promise<void> =>
    methods.some((method) => method === request.method) ? handle(request, response) : notAllowed(response, methods);
}

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
    onError(error, request.path);
    if (response.headersSent) response.destroy();
    else answerText(response, 500, 'internal error: see the log of milink-exporter\n');
  };
}
