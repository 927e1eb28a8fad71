import type { Route } from '../route.ts';
import { linkPage } from '../status/link-page.ts';
import { missingPage } from '../status/missing-page.ts';
import { pageRoute } from '../status/page-route.ts';
import { isAbout, namesOf, pagePaths, queryOf } from '../status/places.ts';
import { frameOf, type StatusOptions } from '../status/source.ts';

/** One link, by its name and its managed instance. */
export function linkRoute(options: StatusOptions): Route {
  return pageRoute(options, pagePaths.link, (url) => {
    const query = queryOf(url);
    const report = options.status.readReport();
    const link = report.links.find((each) => isAbout(query, namesOf.link(each)));
    const frame = frameOf(options);
    if (link === undefined) {
      const [name, managedInstance] = [query.get('name') ?? '', query.get('managed_instance') ?? ''];
      const what = `There is no link ${name} on ${managedInstance === '' ? 'an unknown managed instance' : managedInstance}`;
      return { code: 404, html: missingPage(frame, report, what) };
    }
    const events = options.status.timeline.ofLink(link.name, link.managedInstance);
    return { code: 200, html: linkPage(frame, report, { link, wanted: query.get('page'), events }) };
  });
}
