import type { CheckReport, LinkReport, ServerReport } from '../../check/report/report.ts';
import { countText } from '../../text/quantity.ts';
import { headlineText, isUnremarkable, noLinksText, onlyLink } from '../../words/links.ts';
import { isTroubled } from '../../words/servers.ts';
import { linkText, stateText } from '../../words/state.ts';
import type { Route } from '../route.ts';
import { documentOf, type Frame } from './document.ts';
import { badge, type Html, html, named, type Part, pageLinks, sliceOf } from './html.ts';
import { linkDetails } from './link-article.ts';
import { linkTable, linkTitle } from './link-table.ts';
import { frameOf, pageRoute, type StatusOptions } from './page-route.ts';
import { pagePaths, queryOf } from './places.ts';
import { serverTable } from './server-table.ts';

/** The page for people: every link, the worst first. */
export function overviewRoute(options: StatusOptions): Route {
  return pageRoute(options, pagePaths.links, (url) => ({
    code: 200,
    html: overviewPage(frameOf(options), options.status.readReport(), queryOf(url).get('page')),
  }));
}

/** Up to so many links are told in full even when they are healthy, and no table is needed. */
const fullLinks = 3;

/** Of many links so many of the worst are told in full below the table. */
const fullWorstLinks = 5;

/** Of more servers only those in trouble are listed here. */
const allServers = 8;

const maximumDatabases = 12;

/** Every link, the worst first, and how the servers answered. `wanted` is the page of the table, from the address. */
export function overviewPage(frame: Frame, report: CheckReport, wanted: string | null): string {
  const { links, servers, severity, generatedAtSeconds } = report;
  const link = onlyLink(report);
  const headline = link === null ? headlineText(report) : `${stateText(link)}: ${linkText(link)}`;
  return documentOf(frame, {
    title: `${severity.toUpperCase()}: ${headline}`,
    severity,
    nowSeconds: generatedAtSeconds,
    isRefreshed: true,
    main: [
      link === null ? html`<h1>${badge(severity)} ${headline}</h1>\n` : linkHeading('h1', link, frame),
      summary(report),
      links.length === 0 ? html`<p>${noLinksText(servers)}</p>\n` : linkSections(frame, report, wanted),
      serverSection(frame, servers, generatedAtSeconds),
    ],
  });
}

/** How much was asked, and how long the slowest answer took. */
function summary({ servers }: CheckReport): Html {
  const answered = servers.filter(({ state }) => state === 'polled').length;
  const seconds = Math.max(0, ...servers.map(({ pollDurationSeconds }) => pollDurationSeconds ?? 0));
  const tone = answered === servers.length ? 'faint' : 'bad';
  const text = `${answered} of ${countText(servers.length, 'server')} answered their latest poll; the slowest took ${seconds.toFixed(1)} s.`;
  return html`<p class="${tone}">${text}</p>\n`;
}

function linkSections(frame: Frame, report: CheckReport, wanted: string | null): Part {
  const { links } = report;
  if (links.length <= fullLinks) return links.map((link) => article(link, frame, report));
  const remarkable = links.filter((link) => !isUnremarkable(link));
  const slice = sliceOf([...remarkable, ...links.filter(isUnremarkable)], wanted);
  const [told, healthy] = [slice.items.filter((link) => !isUnremarkable(link)), slice.items.filter(isUnremarkable)];
  const full = slice.page === 1 ? told.slice(0, fullWorstLinks) : [];
  const scene = { report, places: frame.places };
  return [
    told.length === 0
      ? null
      : [
          html`<h2>Links to look at</h2>\n`,
          linkTable(told, { ...scene, caption: `${remarkable.length} in all, the worst first`, areHealthy: false }),
        ],
    full.length === 0 ? null : html`<h2>The worst in full</h2>\n`,
    full.map((link) => article(link, frame, report)),
    healthy.length === 0
      ? null
      : [
          html`<h2>Healthy links</h2>\n`,
          linkTable(healthy, { ...scene, caption: `${links.length - remarkable.length} in all`, areHealthy: true }),
        ],
    pageLinks(slice, frame.places.links),
  ];
}

function linkHeading(level: 'h1' | 'h2', link: LinkReport, { places }: Frame): Html {
  const content = linkTitle(link, html`<a href="${places.link(link)}">${named(linkText(link))}</a>`);
  return level === 'h1' ? html`<h1>${content}</h1>\n` : html`<h2>${content}</h2>\n`;
}

function article(link: LinkReport, frame: Frame, report: CheckReport): Html {
  const { places } = frame;
  const areStepsOpen = report.links.length <= fullLinks && link.severity !== 'healthy';
  const details = linkDetails(link, { report, places, maximumDatabases, areStepsOpen });
  return html`<article class="${link.severity}" data-key="${linkText(link)}">
${onlyLink(report) === link ? null : linkHeading('h2', link, frame)}${details}</article>
`;
}

function serverSection({ places }: Frame, servers: readonly ServerReport[], nowSeconds: number): Part {
  if (servers.length === 0) return html`<h2>Servers</h2>\n<p>No server is configured.</p>\n`;
  const troubled = servers.filter(isTroubled);
  const shown = servers.length <= allServers ? servers : troubled.slice(0, allServers);
  const hidden = servers.length - shown.length;
  const inOrder = servers.length - troubled.length;
  return [
    html`<h2>Servers</h2>\n`,
    shown.length === 0 ? null : serverTable(shown, { places, nowSeconds }),
    hidden === 0
      ? null
      : html`<p>${countText(inOrder, 'server')} answered in full. <a href="${places.servers()}">All ${servers.length} servers</a></p>\n`,
  ];
}
