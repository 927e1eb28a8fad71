import type { Route } from '../route.ts';
import { missingPage } from '../status/missing-page.ts';
import { pageRoute } from '../status/page-route.ts';
import { isAbout, namesOf, pagePaths, queryOf } from '../status/places.ts';
import { serverPage } from '../status/server-page.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/** One server with its last polls. */
export function serverRoute(options: StatusOptions): Route {
  return pageRoute(options, pagePaths.server, (url) => {
    const query = queryOf(url);
    const { readReport, debugPoll, timeline } = options.status;
    const report = readReport();
    const server = report.servers.find((each) => isAbout(query, namesOf.server(each.name)));
    const state = options.readState().servers.find((each) => isAbout(query, namesOf.server(each.name)));
    const frame = frameOf(options);
    if (server === undefined || state === undefined)
      return {
        code: 404,
        html: missingPage(frame, report, `The configuration has no server ${query.get('name') ?? ''}`),
      };
    const view = { server, state, hasDebug: debugPoll !== null, events: timeline.ofServer(server.name) };
    return { code: 200, html: serverPage(frame, report, view) };
  });
}
