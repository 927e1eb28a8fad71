import type { CheckReport, LinkReport } from '../../check/report/report.ts';
import { countText } from '../../text/quantity.ts';
import { azureColumns, azureErrorTexts, azureRow, azureText } from '../../words/azure.ts';
import { databaseAgeTexts, databaseColumns, databaseRows, dataLossText, logTexts } from '../../words/databases.ts';
import { certificateColumns, certificateRows, endColumns, endRemarks, endRow } from '../../words/ends.ts';
import { failoverText, whyTexts } from '../../words/links.ts';
import { heldText, linkText } from '../../words/state.ts';
import { type Html, html, named, type Part, paragraphs, table, toned } from './html.ts';
import type { Places } from './places.ts';
import { beginningTables, seedingList } from './seedings.ts';
import { firstStep, steps } from './steps.ts';

/** What is told of a link besides the link. */
interface LinkScene {
  readonly report: CheckReport;
  readonly places: Places;
  /** Rows of databases; what is beyond is counted. */
  readonly maximumDatabases: number;
  /** Whether what to do is unfolded at first. */
  readonly areStepsOpen: boolean;
}

/** Everything that is known of a link, what an engineer needs first at the top. */
export function linkDetails(link: LinkReport, scene: LinkScene): Part {
  const key = `steps of ${linkText(link)}`;
  const { generatedAtSeconds: nowSeconds } = scene.report;
  const [first, ...others] = link.nextSteps;
  return [
    held(link, nowSeconds),
    first === undefined ? null : firstStep(first),
    why(link, nowSeconds),
    steps(others, { key, isOpen: scene.areStepsOpen, firstNumber: 2 }),
    ends(link, scene),
    seedingList(link.seedings, scene.report.generatedAtSeconds),
    beginningTables(link.beginnings),
    databases(link, scene),
    certificates(link),
    azureBlock(link, scene.report.generatedAtSeconds),
    paragraphs([failoverText(link)].flatMap((text) => (text === null ? [] : [sentence(text)]))),
  ];
}

/** Since when the verdict holds, where that was watched. */
function held({ held: since, severity }: LinkReport, nowSeconds: number): Part {
  if (since === null || severity === 'healthy') return null;
  return html`<p>So ${heldText(since, nowSeconds)}.</p>\n`;
}

function why(link: LinkReport, nowSeconds: number): Part {
  const texts = whyTexts(link, nowSeconds);
  if (texts.length === 0) return null;
  return html`<ul aria-label="${link.severity === 'healthy' ? 'Notes' : 'Why'}">
${texts.map(({ text }) => html`<li>${text}</li>\n`)}</ul>
`;
}

function ends(link: LinkReport, { report, places }: LinkScene): Part {
  if (link.ends.length === 0) return null;
  const { servers, generatedAtSeconds: nowSeconds } = report;
  const facts = { servers, nowSeconds };
  const isConfigured = (name: string): boolean => servers.some((server) => server.name === name);
  const rows = link.ends.map((end) => {
    const [, ...cells] = endRow(end, facts);
    const server = isConfigured(end.server) ? serverLink(end.server, places) : named(end.server);
    return [server, ...cells.map(toned)];
  });
  const remarks = link.ends.flatMap((end) => endRemarks(end, facts));
  return [
    table({ caption: 'Both ends', columns: endColumns, rows }),
    remarks.map((remark) => html`<p>${toned({ ...remark, text: sentence(remark.text) })}</p>\n`),
  ];
}

/** A server's name that leads to its page. */
export function serverLink(name: string, places: Places): Html {
  return html`<a href="${places.server(name)}">${named(name)}</a>`;
}

function databases(link: LinkReport, { report, maximumDatabases }: LinkScene): Part {
  const all = databaseRows(link);
  if (all.length === 0) return null;
  const rows = all.slice(0, maximumDatabases).map(({ cells }) => cells.map(toned));
  const hidden = all.slice(maximumDatabases);
  const bad = hidden.filter(({ isGood }) => !isGood).length;
  const rest = bad === 0 ? 'all in order' : `${bad} of them not in order`;
  const loss = link.verdict === 'split_brain' ? null : dataLossText(link.databases);
  const facts = { servers: report.servers, nowSeconds: report.generatedAtSeconds };
  return [
    table({ caption: 'Databases', columns: databaseColumns, rows }),
    hidden.length === 0 ? null : html`<p class="faint">And ${countText(hidden.length, 'more row')}, ${rest}.</p>\n`,
    paragraphs(databaseAgeTexts(link, facts).map(sentence), 'warning'),
    loss === null ? null : html`<p class="warning">${loss}</p>\n`,
    paragraphs(logTexts(link.databases).map(sentence), 'warning'),
  ];
}

function certificates({ certificates: all, certificateMatches }: LinkReport): Part {
  if (all.length === 0) return null;
  const rows = certificateRows(all).map((cells) => cells.map(toned));
  const same = certificateMatches.filter(({ isSame }) => isSame).length;
  const matches =
    same === 0 ? null : html`<p>${countText(same, 'certificate')} compared between the ends: the same at both.</p>\n`;
  return [table({ caption: 'Certificates', columns: certificateColumns, rows }), matches];
}

/** A text of a screen, which begins small, as a sentence; a name at its beginning keeps its letters. */
function sentence(text: string): string {
  return text.replace(/^(planned|its|what|no|log|and) /, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** More databases of one link are in `check --json`. */
const maximumDatabases = 50;

/** What Azure says of a link: nothing where it is not read. */
function azureBlock({ azure, isSeenThroughAzure }: LinkReport, nowSeconds: number): Part {
  if (azure === null) return null;
  const shown = azure.databases.slice(0, maximumDatabases);
  const rows = shown.map((database) => azureRow(database, azure, nowSeconds).map(toned));
  const hidden = azure.databases.length - shown.length;
  return [
    html`<p>${azureText(azure, isSeenThroughAzure, nowSeconds)}.</p>\n`,
    rows.length === 0 ? null : table({ caption: 'In Azure', columns: azureColumns, rows }),
    hidden > 0 ? html`<p class="faint">And ${hidden} more databases.</p>\n` : null,
    paragraphs(azureErrorTexts(azure).map((text) => `${text}.`)),
  ];
}
