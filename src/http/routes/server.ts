import type { Route } from '../route.ts';
import { missingPage } from '../status/missing-page.ts';
import { pageRoute } from '../status/page-route.ts';
import { isName, pagePaths, queryOf } from '../status/places.ts';
import { serverPage } from '../status/server-page.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/** One server with its last polls. */
export function serverRoute(options: StatusOptions): Route {
  return pageRoute(options, pagePaths.server, (url) => {
    const name = queryOf(url).get('name') ?? '';
    const { readReport, debugPoll } = options.status;
    const report = readReport();
    const server = report.servers.find((each) => isName(each.name, name));
    const state = options.readState().servers.find((each) => isName(each.name, name));
    const frame = frameOf(options);
    if (server === undefined || state === undefined)
      return { code: 404, html: missingPage(frame, report, `The configuration has no server ${name}`) };
    return { code: 200, html: serverPage(frame, report, { server, state, hasDebug: debugPoll !== null }) };
  });
}
