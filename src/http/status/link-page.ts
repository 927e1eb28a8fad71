import type { CheckReport, CopyReport, DatabaseReport, LinkReport } from '../../check/report/report.ts';
import type { HistoryEvent } from '../../history/event.ts';
import type { FailoverCheck } from '../../link/data/database.ts';
import { bytesText, durationText, timeText } from '../../text/quantity.ts';
import { linkText, orDash, stateText } from '../../words/state.ts';
import type { Route } from '../route.ts';
import { documentOf, type Frame, missingPage } from './document.ts';
import { html, named, type Part, pageLinks, sliceOf, table } from './html.ts';
import { linkDetails } from './link-article.ts';
import { linkTitle } from './link-table.ts';
import { frameOf, pageRoute, type StatusOptions } from './page-route.ts';
import { isAbout, namesOf, pagePaths, queryOf } from './places.ts';
import { timeline } from './timeline.ts';

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

/** What the address asks of the page of a link. */
interface LinkQuery {
  readonly link: LinkReport;
  /** The page of the tables of databases. */
  readonly wanted: string | null;
  /** Oldest first. */
  readonly events: readonly HistoryEvent[];
}

/** Each database has a row per check and per copy. */
const databasesPerPage = 40;

/** One link with all that is known of it. */
export function linkPage(frame: Frame, report: CheckReport, { link, wanted, events }: LinkQuery): string {
  const { places } = frame;
  const slice = sliceOf(link.databases, wanted, databasesPerPage);
  const details = linkDetails(link, {
    report,
    places,
    maximumDatabases: 12,
    areStepsOpen: true,
  });
  return documentOf(frame, {
    title: `${link.severity.toUpperCase()}: ${stateText(link)} ${linkText(link)}`,
    severity: link.severity,
    nowSeconds: report.generatedAtSeconds,
    isRefreshed: true,
    main: [
      html`<h1>${linkTitle(link, named(linkText(link)))}</h1>\n`,
      link.isExpected ? null : html`<p class="faint">The configuration does not list this link.</p>\n`,
      details,
      timeline(events),
      failoverChecks(link, slice.items),
      copies(slice.items),
      pageLinks(slice, (page) => `${places.link(link)}&page=${page}`),
    ],
  });
}

const statusTones = { passed: 'good', failed: 'bad', unknown: 'open' } as const;

function failoverChecks({ failover }: LinkReport, databases: readonly DatabaseReport[]): Part {
  const rows = [
    ...failover.checks.map((check) => checkRow(check, null)),
    ...databases.flatMap(({ name, failoverChecks: checks }) => checks.map((check) => checkRow(check, name))),
  ];
  if (rows.length === 0) return null;
  const columns = [{ heading: 'check' }, { heading: 'of' }, { heading: 'status' }, { heading: 'why' }];
  const caption = 'What a planned failover asks for';
  return [html`<h2>Planned failover, check by check</h2>\n`, table({ caption, columns, rows })];
}

function checkRow({ check, status, text }: FailoverCheck, database: string | null): readonly Part[] {
  return [
    check.replaceAll('_', ' '),
    database === null ? 'the link' : named(database),
    html`<span class="${statusTones[status]}">${status}</span>`,
    text,
  ];
}

const copyColumns = [
  { heading: 'database' },
  { heading: 'copy at' },
  { heading: 'told by' },
  { heading: 'state' },
  { heading: 'health' },
  { heading: 'lag', align: 'right' },
  { heading: 'to send', align: 'right' },
  { heading: 'to redo', align: 'right' },
  { heading: 'last commit' },
  { heading: 'last hardened LSN' },
] as const;

function copies(databases: readonly DatabaseReport[]): Part {
  const rows = databases.flatMap(({ name, copies: all }) => all.map((copy) => copyRow(name, copy)));
  if (rows.length === 0) return null;
  const caption = 'Each copy as each end tells it; - is not told';
  return [html`<h2>Every copy of every database</h2>\n`, table({ caption, columns: copyColumns, rows })];
}

function copyRow(database: string, copy: CopyReport): readonly Part[] {
  return [
    named(database),
    copy.server === null ? 'the other end' : named(copy.server),
    copy.isOwn ? 'itself' : named(copy.toldBy),
    copyState(copy),
    orDash(copy.health, String),
    orDash(copy.lagSeconds, durationText),
    orDash(copy.sendQueueBytes, bytesText),
    orDash(copy.redoQueueBytes, bytesText),
    orDash(copy.lastCommitTimestampSeconds, timeText),
    orDash(copy.hardenedLsn, String),
  ];
}

function copyState({ synchronizationState, databaseState, isSuspended, suspendReason }: CopyReport): Part {
  const states = [
    ...(isSuspended === true ? [`SUSPENDED${suspendReason === null ? '' : ` (${suspendReason})`}`] : []),
    ...[synchronizationState, databaseState].filter((state) => state !== null),
  ];
  return states.length === 0 ? '-' : states.join(', ');
}
