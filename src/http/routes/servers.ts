import { answerHtml } from '../answer.ts';
import type { Route } from '../route.ts';
import { pagePaths, queryOf } from '../status/places.ts';
import { contentSecurityPolicy } from '../status/policy.ts';
import { serversPage } from '../status/servers-page.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/** Every server in one table. */
export function serversRoute(options: StatusOptions): Route {
  return {
    path: pagePaths.servers,
    handle: ({ url }, response) => {
      const page = serversPage(frameOf(options), options.status.readReport(), queryOf(url).get('page'));
      answerHtml(response, page, contentSecurityPolicy);
    },
  };
}
