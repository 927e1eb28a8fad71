import { answerHtml } from '../answer.ts';
import type { Route } from '../route.ts';
import { missingPage } from '../status/missing-page.ts';
import { isName, pagePaths, queryOf } from '../status/places.ts';
import { contentSecurityPolicy } from '../status/policy.ts';
import { serverPage } from '../status/server-page.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/** One server with its last polls. */
export function serverRoute(options: StatusOptions): Route {
  return {
    path: pagePaths.server,
    handle: ({ url }, response) => {
      const name = queryOf(url).get('name') ?? '';
      const { readReport, debugPoll } = options.status;
      const report = readReport();
      const server = report.servers.find((each) => isName(each.name, name));
      const state = options.readState().servers.find((each) => isName(each.name, name));
      const frame = frameOf(options);
      if (server === undefined || state === undefined) {
        response.statusCode = 404;
        const what = `The configuration has no server ${name}`;
        return answerHtml(response, missingPage(frame, report, what), contentSecurityPolicy);
      }
      const page = serverPage(frame, report, { server, state, hasDebug: debugPoll !== null });
      answerHtml(response, page, contentSecurityPolicy);
    },
  };
}
