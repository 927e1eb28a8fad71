import { answerHtml } from '../answer.ts';
import type { Route } from '../route.ts';
import { overviewPage } from '../status/overview-page.ts';
import { pagePaths, queryOf } from '../status/places.ts';
import { contentSecurityPolicy } from '../status/policy.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/** The page for people: every link, the worst first. */
export function overviewRoute(options: StatusOptions): Route {
  return {
    path: pagePaths.links,
    handle: ({ url }, response) => {
      const page = overviewPage(frameOf(options), options.status.readReport(), queryOf(url).get('page'));
      answerHtml(response, page, contentSecurityPolicy);
    },
  };
}
