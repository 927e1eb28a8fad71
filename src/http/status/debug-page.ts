import type { CheckReport } from '../../check/report/report.ts';
import type { AzureInstanceState, AzureReading } from '../../model/azure/state.ts';
import type { PollRecord, ServerState } from '../../model/server-state.ts';
import type { Snapshot, ViewName } from '../../model/snapshot.ts';
import { countText, isoTime, timeText } from '../../text/quantity.ts';
import { documentOf, type Frame } from './document.ts';
import { attribute, html, named, type Part } from './html.ts';
import { viewTable } from './server-page.ts';
import { secondsText } from './server-table.ts';

/** Of a view no more rows are shown, and of a value no more characters. */
const maximumRows = 20;
const maximumCharacters = 200;

interface DebugView {
  readonly state: ServerState;
  /** What became of the poll that was asked for; null where none was. */
  readonly notice: string | null;
}

/** The rows of a server's latest poll, view by view, and the button for a poll now. */
export function debugPage(frame: Frame, report: CheckReport, { state, notice }: DebugView): string {
  const { places } = frame;
  const { name, outcome, recentPolls } = state;
  const [latest] = recentPolls;
  return documentOf(frame, {
    title: `Debug ${name}`,
    severity: null,
    nowSeconds: report.generatedAtSeconds,
    isRefreshed: false,
    main: [
      html`<h1>Debug: ${named(name)}</h1>\n`,
      notice === null ? null : html`<p role="alert" class="warning">${notice}</p>\n`,
      html`<form method="post" action="${attribute(places.debug(name))}"><button type="submit">Poll now</button></form>
<p class="faint">Over the connection of the exporter, between its own polls; at most every 10 s. <a href="${places.server(name)}">The server's last polls</a></p>\n`,
      latest === undefined ? html`<p>It was not polled yet.</p>\n` : latestPoll(latest),
      latest === undefined || outcome.kind !== 'ok'
        ? null
        : latest.views.map(({ view }) => rowsOf(view, outcome.snapshot)),
    ],
  });
}

function latestPoll(poll: PollRecord): Part {
  const { endedTimestampSeconds, durationSeconds, failure } = poll;
  const result = failure === null ? html`<span class="good">succeeded</span>` : html`<span class="bad">failed</span>`;
  return [
    html`<h2>Latest poll</h2>
<p>Ended ${timeText(endedTimestampSeconds)} after ${secondsText(durationSeconds)}: ${result}.</p>\n`,
    failure === null
      ? null
      : html`<p class="bad">${failure.view === null ? 'before any view' : `in ${failure.view}`}: ${failure.reason}${failure.errorNumber === null ? null : ` ${failure.errorNumber}`}: ${failure.message}</p>\n`,
    viewTable(poll),
  ];
}

/** The rows as the exporter understands them: times converted, codes named. */
function rowsOf(view: ViewName, { server, views }: Snapshot): Part {
  const rows: readonly object[] | null = view === 'server' ? [server] : views[view];
  return rows === null ? null : objectTable(view, rows);
}

/** Rows of plain data under a heading, the columns by the first of them. */
function objectTable(name: string, rows: readonly object[]): Part {
  const columns = Object.keys(rows[0] ?? {});
  const heading = html`<h2>${name}</h2>\n`;
  if (columns.length === 0) return [heading, html`<p>No rows.</p>\n`];
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.slice(0, maximumRows).map((row) => {
    const cells = new Map<string, unknown>(Object.entries(row));
    return html`<tr>${columns.map((column) => html`<td>${valueText(column, cells.get(column))}</td>`)}</tr>\n`;
  });
  const rest = rows.length - maximumRows;
  return [
    heading,
    html`<div class="wide" tabindex="0" role="region" aria-label="Rows of ${name}"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody></table></div>\n`,
    rest > 0 ? html`<p class="faint">And ${rest} more rows.</p>\n` : null,
  ];
}

function valueText(column: string, value: unknown): Part {
  if (value === null || value === undefined) return html`<span class="faint">NULL</span>`;
  if (typeof value === 'number' && column.endsWith('TimestampSeconds')) return isoTime(value) ?? String(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > maximumCharacters ? `${text.slice(0, maximumCharacters)}...` : text;
}

const maximumOddities = 20;

/** What was read of Azure of one instance, reading by reading, as the exporter understands it. Asks nothing. */
export function azureDebugPage(frame: Frame, report: CheckReport, state: AzureInstanceState): string {
  const { subscription, resourceGroup, name } = state;
  return documentOf(frame, {
    title: `Debug ${name} in Azure`,
    severity: null,
    nowSeconds: report.generatedAtSeconds,
    isRefreshed: false,
    main: [
      html`<h1>Debug: ${named(name)} in Azure</h1>
<p>Subscription ${subscription}, resource group ${resourceGroup}. What Azure Resource Manager answered last; it is asked at its own times only.</p>\n`,
      readingPart('instance', state.instance, (value) => [value]),
      readingPart('links', state.links, (value) => value.map(({ databases: _, ...link }) => link)),
      databasesOf(state),
      readingPart('operations', state.operations, (value) => value),
      readingPart('endpoint_certificates', state.endpointCertificates, (value) => value),
      readingPart('server_trust_certificates', state.serverTrustCertificates, (value) => value),
    ],
  });
}

function databasesOf({ links }: AzureInstanceState): Part {
  const rows = (links.value ?? []).flatMap(({ name: link, databases }) => databases.map((each) => ({ link, ...each })));
  return rows.length === 0 ? null : objectTable('databases of links', rows);
}

function readingPart<Value>(
  name: string,
  reading: AzureReading<Value>,
  rowsOf: (value: Value) => readonly object[],
): Part {
  const { value, failure, lastPollTimestampSeconds: at, lastPollDurationSeconds: duration, oddities } = reading;
  return [
    value === null ? html`<h2>${name}</h2>\n` : objectTable(name, rowsOf(value)),
    at === null
      ? html`<p>It was not read yet.</p>\n`
      : html`<p class="faint">Read ${timeText(at)}${duration === null ? null : ` in ${secondsText(duration)}`}; ${nextText(reading)}${pollsText(reading)}.</p>\n`,
    failure === null
      ? null
      : html`<p class="bad">${failure.reason}${failure.status === null ? null : ` ${failure.status}`}${failure.code === null ? null : ` ${failure.code}`}: ${failure.message}${failure.requestId === null ? null : ` (request ${failure.requestId})`}</p>\n`,
    oddities.length === 0
      ? null
      : html`<p class="warning">Not taken: ${oddities.slice(0, maximumOddities).join('; ')}</p>\n`,
  ];
}

function nextText({ nextPollTimestampSeconds: next }: AzureReading<unknown>): string {
  return next === null ? 'not to be read again' : `next ${timeText(next)}`;
}

/** Since this program started, by how they ended. */
function pollsText({ polls }: AzureReading<unknown>): string {
  const all = Object.entries(polls).map(([outcome, count]) => `${outcome} ${countText(count, 'time')}`);
  return all.length === 0 ? '' : `; ${all.join(', ')}`;
}
