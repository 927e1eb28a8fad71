import type { State } from '../../metrics/family.ts';
import type { MetricsPage } from '../../metrics/page.ts';
import type { Route } from '../route.ts';
import type { WebPaths } from '../web-paths.ts';
import { healthyRoute } from './healthy.ts';
import { metricsRoute, type Scrapes } from './metrics.ts';
import { readyRoute } from './ready.ts';
import { statusRoute } from './status.ts';

/** What the routes show. */
export interface RouteOptions {
  readonly version: string;
  readonly page: MetricsPage;
  readonly readState: () => State;
  readonly paths: WebPaths;
  readonly scrapes: Scrapes;
}

/** Every place of the exporter. */
export function routesOf(options: RouteOptions): readonly Route[] {
  return [
    statusRoute(options),
    metricsRoute(options.paths.telemetryPath, options.page, options.scrapes),
    healthyRoute,
    readyRoute(options.readState),
  ];
}
