import { answerHtml } from '../answer.ts';
import type { Route } from '../route.ts';
import { linkPage } from '../status/link-page.ts';
import { missingPage } from '../status/missing-page.ts';
import { isName, pagePaths, queryOf } from '../status/places.ts';
import { contentSecurityPolicy } from '../status/policy.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/** One link, by its name and its managed instance. */
export function linkRoute(options: StatusOptions): Route {
  return {
    path: pagePaths.link,
    handle: ({ url }, response) => {
      const query = queryOf(url);
      const report = options.status.readReport();
      const [name, managedInstance] = [query.get('name') ?? '', query.get('managed_instance') ?? ''];
      const link = report.links.find(
        (each) => isName(each.name, name) && isName(each.managedInstance, managedInstance),
      );
      const frame = frameOf(options);
      if (link === undefined) {
        response.statusCode = 404;
        const what = `There is no link ${name} on ${managedInstance === '' ? 'an unknown managed instance' : managedInstance}`;
        return answerHtml(response, missingPage(frame, report, what), contentSecurityPolicy);
      }
      answerHtml(response, linkPage(frame, report, { link, wanted: query.get('page') }), contentSecurityPolicy);
    },
  };
}
