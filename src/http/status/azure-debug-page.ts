import type { CheckReport } from '../../check/report/report.ts';
import type { AzureInstanceState, AzureReading } from '../../model/azure/state.ts';
import { countText, timeText } from '../../text/quantity.ts';
import { objectTable } from './debug-page.ts';
import { documentOf, type Frame } from './document.ts';
import { html, named, type Part } from './html.ts';
import { secondsText } from './server-table.ts';

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
