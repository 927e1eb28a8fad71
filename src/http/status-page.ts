import { createHash } from 'node:crypto';
import type { AssessedLink } from '../link/link.ts';
import type { State } from '../metrics/family.ts';
import type { ServerState } from '../model/server-state.ts';
import type { WebPaths } from './web-paths.ts';

export interface StatusPageOptions {
  readonly version: string;
  readonly state: State;
  readonly paths: WebPaths;
}

const style = `
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1b1b1b; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top; }
ul { margin: 0; padding-left: 1.2rem; }
.good { color: #146c2e; } .bad { color: #a8071a; } .open { color: #7a4a00; }
@media (prefers-color-scheme: dark) {
  body { color: #e6e6e6; background: #161616; } a { color: #8ab4f8; } th, td { border-color: #444; }
  .good { color: #7bd88f; } .bad { color: #ff8f8f; } .open { color: #ffc66d; }
}
`;

/** Nothing is loaded, run, framed or sent from the page: only its own style, told by its hash. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page at `/`: what the exporter is, how its links and servers stand, and where the metrics are. */
export function statusPage({ version, state: { links, servers }, paths }: StatusPageOptions): string {
  const link = (path: string, text: string): string => `<a href="${escapeHtml(paths.linkPrefix + path)}">${text}</a>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>milink-exporter</title>
<style>${style}</style>
</head>
<body>
<h1>milink-exporter</h1>
<p>Prometheus exporter for the Azure SQL Managed Instance link, version ${escapeHtml(version)}.</p>
<p>${link(paths.telemetryPath, 'Metrics')} · ${link('/-/healthy', 'Healthy')} · ${link('/-/ready', 'Ready')}</p>
<h2>Links</h2>
${table(['Link', 'Managed instance', 'Verdict', 'Why'], links.map(linkRow), 'No link has been seen.')}
<h2>Servers</h2>
${table(['Server', 'State', 'Latest poll (UTC)'], servers.map(serverRow), 'No server is configured.')}
</body>
</html>
`;
}

/** Makes a text safe as HTML content and within a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function linkRow({ name, managedInstance, verdict, reasons }: AssessedLink): string {
  const why = reasons.map(({ text }) => `<li>${isolated(text)}</li>`).join('');
  return row([
    isolated(name),
    isolated(managedInstance),
    word(verdict, toneOf(verdict)),
    why === '' ? '' : `<ul>${why}</ul>`,
  ]);
}

function toneOf(verdict: AssessedLink['verdict']): Tone {
  if (verdict === 'healthy') return 'good';
  return verdict === 'seeding' || verdict === 'unknown' ? 'open' : 'bad';
}

type Tone = 'good' | 'bad' | 'open';

function serverRow({ name, outcome, lastPollTimestampSeconds }: ServerState): string {
  return row([isolated(name), stateOf(outcome), timeOf(lastPollTimestampSeconds)]);
}

/** The reason's word and number only: the message may name logins and hosts, and belongs in the log. */
function stateOf(outcome: ServerState['outcome']): string {
  if (outcome.kind === 'ok') return word('up', 'good');
  if (outcome.kind === 'pending') return word('not polled yet', 'open');
  const { reason, errorNumber } = outcome.failure;
  const number = errorNumber === null ? '' : `, error ${errorNumber}`;
  const where = outcome.view === null ? '' : ` in ${escapeHtml(outcome.view)}`;
  return `${word('down', 'bad')}: ${escapeHtml(reason)}${where}${number}`;
}

function timeOf(timestampSeconds: number | null): string {
  if (timestampSeconds === null) return '';
  return new Date(timestampSeconds * 1000).toISOString().replace('T', ' ').slice(0, 19);
}

function word(text: string, tone: Tone): string {
  return `<strong class="${tone}">${escapeHtml(text)}</strong>`;
}

/** A name in a right-to-left script must not turn the text around it. */
function isolated(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function table(headings: readonly string[], rows: readonly string[], otherwise: string): string {
  if (rows.length === 0) return `<p>${otherwise}</p>`;
  const head = headings.map((heading) => `<th scope="col">${heading}</th>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}
