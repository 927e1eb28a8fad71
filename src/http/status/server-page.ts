import type { CheckReport, ServerReport } from '../../check/report/report.ts';
import type { HistoryEvent } from '../../history/event.ts';
import type { PolledView, PollRecord, ServerState } from '../../model/server-state.ts';
import { bytesText, countText, durationText, timeText } from '../../text/quantity.ts';
import { addressText, failureText, isTroubled, troubleTexts } from '../../words/servers.ts';
import { engineText, linkText, orDash } from '../../words/state.ts';
import type { Route } from '../route.ts';
import { documentOf, type Frame, missingPage } from './document.ts';
import { html, named, type Part, table } from './html.ts';
import { linkTitle } from './link-table.ts';
import { frameOf, pageRoute, type StatusOptions } from './page-route.ts';
import { isAbout, namesOf, pagePaths, queryOf } from './places.ts';
import { dataAge, secondsText, serverState } from './server-table.ts';
import { steps } from './steps.ts';
import { timeline } from './timeline.ts';

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

/** A server as the report and the poller have it. */
interface ServerView {
  readonly server: ServerReport;
  readonly state: ServerState;
  /** Whether the page leads to the debug view. */
  readonly hasDebug: boolean;
  /** Oldest first. */
  readonly events: readonly HistoryEvent[];
}

/** One server: how it answers, its last polls, and its latest poll view by view. */
export function serverPage(frame: Frame, report: CheckReport, { server, state, hasDebug, events }: ServerView): string {
  const { places } = frame;
  const nowSeconds = report.generatedAtSeconds;
  return documentOf(frame, {
    title: `${server.name}: ${server.state}`,
    severity: isTroubled(server) ? (server.state === 'polled' ? 'degraded' : 'unknown') : 'healthy',
    nowSeconds,
    isRefreshed: true,
    main: [
      html`<h1>Server ${named(server.name)}</h1>\n`,
      html`<p>${serverState(server)}. Data: ${dataAge(server, nowSeconds)}.</p>\n`,
      html`<p class="faint">${[addressText(server), engineText(server.engine), server.version].filter(Boolean).join(', ')}</p>\n`,
      troubles(server),
      linksOf(frame, report, server.name),
      logsOf(report, server.name),
      timeline(events),
      pollSection(state.recentPolls, nowSeconds),
      hasDebug
        ? html`<p><a href="${places.debug(server.name)}">Debug: rows of the latest poll, and a poll now</a></p>\n`
        : null,
    ],
  });
}

function troubles(server: ServerReport): Part {
  const texts = troubleTexts(server);
  if (texts.length === 0) return null;
  return [
    html`<ul aria-label="What is not seen">\n${texts.map((text) => html`<li>${text}</li>\n`)}</ul>\n`,
    steps(server.nextSteps, { key: `steps of ${server.name}`, isOpen: true }),
  ];
}

function linksOf({ places }: Frame, { links }: CheckReport, name: string): Part {
  const own = links.filter(({ ends }) => ends.some(({ server }) => server === name));
  if (own.length === 0) return null;
  const items = own.map(
    (link) => html`<li>${linkTitle(link, html`<a href="${places.link(link)}">${named(linkText(link))}</a>`)}</li>\n`,
  );
  return [html`<h2>Links</h2>\n`, html`<ul>\n${items}</ul>\n`];
}

const logColumns = [
  { heading: 'database' },
  { heading: 'of link' },
  { heading: 'used', align: 'right' },
  { heading: 'limit', align: 'right' },
  { heading: 'full in', align: 'right' },
  { heading: 'waits for' },
] as const;

/** Rows of one page: the rest is in --json. */
const maximumLogs = 40;

/** The logs of the linked databases here, the fullest first: production stops when one is full. */
function logsOf({ links }: CheckReport, name: string): Part {
  const logs = links.flatMap((link) =>
    link.databases.flatMap((database) =>
      database.logs.filter(({ server }) => server === name).map((log) => ({ link, database: database.name, log })),
    ),
  );
  if (logs.length === 0) return null;
  const share = ({ log }: (typeof logs)[number]): number => (log.usedBytes ?? 0) / (log.limitBytes || Number.MAX_VALUE);
  const rows = logs
    .toSorted((one, other) => share(other) - share(one))
    .slice(0, maximumLogs)
    .map(({ link, database, log }) => [
      named(database),
      named(linkText(link)),
      orDash(log.usedBytes, bytesText),
      orDash(log.limitBytes, bytesText),
      orDash(log.timeLeftSeconds, durationText),
      orDash(log.reuseWait, String),
    ]);
  const more = logs.length - rows.length;
  const caption = `The limit is that of the files: their disk may be full before${more > 0 ? `; ${more} more are in check --json` : ''}`;
  return [html`<h2>Logs of the linked databases</h2>\n`, table({ caption, columns: logColumns, rows })];
}

function pollSection(polls: readonly PollRecord[], nowSeconds: number): Part {
  const [latest] = polls;
  if (latest === undefined) return html`<h2>Last polls</h2>\n<p>It was not polled yet.</p>\n`;
  return [
    html`<h2>Last polls</h2>\n`,
    pollTable(polls, nowSeconds),
    html`<h2>Latest poll, view by view</h2>\n`,
    viewTable(latest),
  ];
}

function pollTable(polls: readonly PollRecord[], nowSeconds: number): Part {
  const columns = [
    { heading: 'ended' },
    { heading: 'result' },
    { heading: 'took', align: 'right' },
    { heading: 'login' },
  ] as const;
  const failures = polls.filter(({ failure }) => failure !== null).length;
  const rows = polls.map((poll) => [
    `${timeText(poll.endedTimestampSeconds)} (${durationText(nowSeconds - poll.endedTimestampSeconds)} ago)`,
    pollResult(poll),
    secondsText(poll.durationSeconds),
    poll.logins === 0 ? 'kept' : 'new',
  ]);
  const caption = `${countText(polls.length, 'poll')} remembered, the newest first; ${failures} failed`;
  return table({ caption, columns, rows });
}

function pollResult({ failure, views }: PollRecord): Part {
  if (failure !== null) return html`<span class="bad">failed</span>: ${failureText(failure)}`;
  const failed = views.filter((view) => view.failure !== null);
  if (failed.length === 0) return html`<span class="good">succeeded</span>`;
  return html`<span class="warning">succeeded</span> without ${failed.map(({ view }) => view).join(', ')}`;
}

/** A poll view by view, in the order in which they were read. */
export function viewTable({ views, endedTimestampSeconds, durationSeconds }: PollRecord): Part {
  if (views.length === 0) return html`<p>It came to no view.</p>\n`;
  const columns = [
    { heading: 'view' },
    { heading: 'result' },
    { heading: 'rows', align: 'right' },
    { heading: 'took', align: 'right' },
  ] as const;
  const startedSeconds = endedTimestampSeconds - durationSeconds;
  const rows = views.map((view) => [
    view.view,
    viewResult(view, startedSeconds),
    view.rows === null ? '-' : String(view.rows),
    secondsText(view.durationSeconds),
  ]);
  return table({ caption: 'Each view, in the order in which they are read', columns, rows });
}

/** Rows that were read a second and more before the poll began were kept from an earlier one. */
function viewResult({ failure, readTimestampSeconds }: PolledView, startedSeconds: number): Part {
  if (failure !== null) return html`<span class="bad">failed</span>: ${failureText({ ...failure, view: null })}`;
  const age = readTimestampSeconds === null ? 0 : startedSeconds - readTimestampSeconds;
  return age < 1 ? html`<span class="good">read</span>` : `kept from ${durationText(age)} before`;
}
