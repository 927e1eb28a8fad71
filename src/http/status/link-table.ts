import type { CheckReport, LinkReport } from '../../check/report/report.ts';
import { countText, daysLeftText, durationText } from '../../text/quantity.ts';
import { worstLagSeconds } from '../../words/links.ts';
import { linkText, orDash, stateText } from '../../words/state.ts';
import { badge, type Html, html, named, type Part, table } from './html.ts';
import type { Places } from './places.ts';
import { progressBar } from './seedings.ts';

const columns = [
  { heading: 'link' },
  { heading: 'state' },
  { heading: 'primary' },
  { heading: 'secondary' },
  { heading: 'databases' },
  { heading: 'certificate' },
  { heading: 'polled' },
] as const;

/** What a table of links needs besides them. */
export interface LinkTableScene {
  readonly report: CheckReport;
  readonly places: Places;
  readonly caption: string;
  /** Whether there is nothing to say of them but that they are healthy. */
  readonly areHealthy: boolean;
}

/** Every link given in one row: what is bad is told in full elsewhere. */
export function linkTable(links: readonly LinkReport[], scene: LinkTableScene): Part {
  const { report, places, caption, areHealthy } = scene;
  return table({ caption, columns, rows: links.map((link) => row(link, report, places)), isBrief: areHealthy });
}

function row(link: LinkReport, report: CheckReport, places: Places): readonly Part[] {
  return [
    html`<a href="${places.link(link)}">${named(linkText(link))}</a>`,
    state(link),
    servers(link, true),
    servers(link, false),
    databases(link),
    certificate(link),
    polled(link, report),
  ];
}

/** Of a healthy link the badge says it all. */
function state(link: LinkReport): Part {
  const text = stateText(link);
  return text === link.severity ? badge(link.severity) : html`${badge(link.severity)} ${text}`;
}

/** The state of a link before its name. */
export function linkTitle(link: LinkReport, name: Html): Html {
  return html`${state(link)}${stateText(link) === link.severity ? ' ' : ': '}${name}`;
}

function servers({ ends }: LinkReport, isPrimary: boolean): Part {
  const names = ends
    .filter(({ role }) => (role === 'PRIMARY') === isPrimary)
    .map(({ server, state }) => html`${named(server)}${state === 'seen' ? null : ' (not seen)'}`);
  return names.length === 0 ? '-' : names.map((name, index) => (index === 0 ? name : html`, ${name}`));
}

/** How many, and the largest lag; while one is being seeded, how far that is. */
function databases(link: LinkReport): Part {
  const seeding = link.seedings.find(({ transfer }) => transfer !== null && transfer.progress !== null);
  if (seeding?.transfer) return progressBar(seeding.transfer, seeding.database);
  if (link.databases.length === 0) return '-';
  const lag = worstLagSeconds(link);
  return `${link.databases.length}${lag === null ? '' : `, lag ${durationText(lag)}`}`;
}

/** The first to end of those that people renew, else of all. */
function certificate({ certificates }: LinkReport): Part {
  const [first] = certificates.filter(({ severity }) => severity !== 'healthy');
  const shown = first ?? certificates[0];
  return shown === undefined ? '-' : orDash(shown.secondsLeft, daysLeftText);
}

/** How old the older end's data is: what could not be polled has none. */
function polled({ ends }: LinkReport, { servers: all, generatedAtSeconds }: CheckReport): Part {
  const times = ends.map(({ server }) => {
    const found = all.find(({ name }) => name === server);
    return found?.state === 'polled' ? found.lastSuccessTimestampSeconds : null;
  });
  const known = times.filter((time) => time !== null);
  if (known.length === 0) return 'not seen';
  const age = `${durationText(generatedAtSeconds - Math.min(...known))} ago`;
  return known.length === times.length ? age : `${age}, ${countText(times.length - known.length, 'end')} not`;
}
