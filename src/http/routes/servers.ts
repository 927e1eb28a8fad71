import type { Route } from '../route.ts';
import { pageRoute } from '../status/page-route.ts';
import { pagePaths, queryOf } from '../status/places.ts';
import { serversPage } from '../status/servers-page.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/** Every server in one table. */
export function serversRoute(options: StatusOptions): Route {
  return pageRoute(options, pagePaths.servers, (url) => ({
    code: 200,
    html: serversPage(frameOf(options), options.status.readReport(), {
      wanted: queryOf(url).get('page'),
      azure: options.readState().azure ?? null,
    }),
  }));
}
