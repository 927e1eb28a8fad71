import type { MetricsPage } from '../../metrics/page.ts';
import type { Route } from '../route.ts';
import type { StatusOptions } from '../status/source.ts';
import { apiRoutes } from './api.ts';
import { configRoute } from './config.ts';
import { debugRoute } from './debug.ts';
import { discoveryRoute } from './discovery.ts';
import { healthyRoute } from './healthy.ts';
import { linkRoute } from './link.ts';
import { metricsRoute } from './metrics.ts';
import { overviewRoute } from './overview.ts';
import { readyRoute } from './ready.ts';
import { type ConfigurationAccess, reloadRoute } from './reload.ts';
import { serverRoute } from './server.ts';
import { serversRoute } from './servers.ts';

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
