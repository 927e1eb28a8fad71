import type { MetricsPage } from '../../metrics/page.ts';
import type { Route } from '../route.ts';
import { linkRoute } from '../status/link-page.ts';
import { overviewRoute } from '../status/overview-page.ts';
import type { StatusOptions } from '../status/page-route.ts';
import { serverRoute } from '../status/server-page.ts';
import { serversRoute } from '../status/servers-page.ts';
import { apiRoutes } from './api.ts';
import { debugRoute } from './debug.ts';
import { discoveryRoute } from './discovery.ts';
import { type ConfigurationAccess, configRoute, healthyRoute, readyRoute, reloadRoute } from './management.ts';
import { metricsRoute } from './metrics.ts';

/** What the routes show. */
export interface RouteOptions extends StatusOptions {
  readonly page: MetricsPage;
  /** 0 unless given: there is one shard then. */
  readonly shardOrdinal?: number;
  /** Absent where there is no file to load again. */
  readonly configuration?: ConfigurationAccess;
}

/** Every place of the exporter. */
export function routesOf(options: RouteOptions): readonly Route[] {
  const { configuration } = options;
  return [
    overviewRoute(options),
    linkRoute(options),
    serversRoute(options),
    serverRoute(options),
    debugRoute(options),
    metricsRoute(options.paths.telemetryPath, options),
    discoveryRoute(options),
    ...apiRoutes(options),
    healthyRoute,
    readyRoute(options.readState),
    ...(configuration === undefined ? [] : [configRoute(configuration, options), reloadRoute(configuration)]),
  ];
}
