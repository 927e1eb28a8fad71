import type { State } from '../../metrics/family.ts';
import type { MetricsPage } from '../../metrics/page.ts';
import type { Route } from '../route.ts';
import type { WebPaths } from '../web-paths.ts';
import { healthyRoute } from './healthy.ts';
import { metricsRoute } from './metrics.ts';
import { readyRoute } from './ready.ts';
import { statusRoute } from './status.ts';

/** What the routes show. */
export interface RouteOptions {
  readonly version: string;
  readonly page: MetricsPage;
  readonly readState: () => State;
  readonly paths: WebPaths;
}

/** Every place of the exporter. */
export function routesOf(options: RouteOptions): readonly Route[] {
  return [
    statusRoute(options),
    metricsRoute(options.paths.telemetryPath, options.page),
    healthyRoute,
    readyRoute(options.readState),
  ];
}
