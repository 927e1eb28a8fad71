import type { CheckReport } from '../../check/report/report.ts';
import type { Severity } from '../../link/data/verdict.ts';
import { isoTime, timeText } from '../../text/quantity.ts';
import { type Html, html, type Part } from './html.ts';
import type { Places } from './places.ts';
import { refreshScript } from './refresh-script.ts';
import { style } from './style.ts';

/** What every page has around what it says. */
export interface Frame {
  readonly version: string;
  readonly places: Places;
  /** What the exporter offers besides these pages: path below the prefix, and name. */
  readonly others: readonly (readonly [string, string])[];
}

interface Page {
  /** Of the window: the worst first, for whoever sees only the tab. */
  readonly title: string;
  /** Colours the icon; null where the page is about nothing that may be bad. */
  readonly severity: Severity | null;
  /** When what is shown was put together, Unix seconds. */
  readonly nowSeconds: number;
  /** Whether the script may renew the page: not where rows are read that would change under the reader. */
  readonly isRefreshed: boolean;
  /** The first element is the `h1`. */
  readonly main: Part;
}

/** A whole page. */
export function documentOf(frame: Frame, page: Page): string {
  const { places } = frame;
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} - milink-exporter</title>
<link rel="icon" href="${iconOf(page.severity)}">
<style>${verbatim(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><div class="bar">
<nav aria-label="Pages"><ul>
<li><a href="${places.links()}"><strong>milink-exporter</strong></a></li>
<li><a href="${places.servers()}">Servers</a></li>
</ul></nav>
<div class="updates"><p id="as-of">As of <time datetime="${isoTime(page.nowSeconds) ?? ''}">${timeText(page.nowSeconds)}</time></p></div>
</div></header>
<p id="announcement" class="unseen" role="status"></p>
<main id="main" tabindex="-1">
${page.main}</main>
${footer(frame)}${page.isRefreshed ? html`<script>${verbatim(refreshScript)}</script>\n` : null}</body>
</html>
`;
  return markup;
}

/** What the exporter offers besides the pages for people. */
function footer({ version, places, others }: Frame): Html {
  const links = others.map(([path, text]) => html`<li><a href="${places.other(path)}">${text}</a></li>\n`);
  return html`<footer>
<nav aria-label="Exporter"><ul>
${links}</ul></nav>
<p>milink-exporter ${version}, Prometheus exporter for the Azure SQL Managed Instance link. Times are UTC.</p>
</footer>
`;
}

const iconColours: Readonly<Record<Severity, string>> = {
  healthy: '2e9e4f',
  degraded: 'e09a1a',
  critical: 'd8323c',
  unknown: '8a63d2',
};

/** A dot in the colour of the severity: within the page, so that nothing is fetched for it. */
function iconOf(severity: Severity | null): string {
  const fill = severity === null ? '7a828c' : iconColours[severity];
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='4' fill='%23${fill}'/%3E%3C/svg%3E`;
}

/** Our own style and script, byte for byte: the policy knows them by their hash. */
function verbatim(text: string): Html {
  return { markup: text };
}

/** Instead of the page of a link or server that is not there, or not any more. */
export function missingPage(frame: Frame, { generatedAtSeconds }: CheckReport, what: string): string {
  return documentOf(frame, {
    title: 'Not found',
    severity: null,
    nowSeconds: generatedAtSeconds,
    isRefreshed: true,
    main: html`<h1>${what}</h1>
<p>It may have been there before. <a href="${frame.places.links()}">All links</a>, <a href="${frame.places.servers()}">all servers</a>.</p>
`,
  });
}
