import type { Route } from '../route.ts';
import { overviewPage } from '../status/overview-page.ts';
import { pageRoute } from '../status/page-route.ts';
import { pagePaths, queryOf } from '../status/places.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/** The page for people: every link, the worst first. */
export function overviewRoute(options: StatusOptions): Route {
  return pageRoute(options, pagePaths.links, (url) => ({
    code: 200,
    html: overviewPage(frameOf(options), options.status.readReport(), queryOf(url).get('page')),
  }));
}
