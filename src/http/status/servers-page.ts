import type { CheckReport, ServerReport } from '../../check/report/report.ts';
import type { AzureState } from '../../model/azure/state.ts';
import { countText } from '../../text/quantity.ts';
import { unreadText } from '../../words/azure.ts';
import { isTroubled } from '../../words/servers.ts';
import { azureTable } from './azure-table.ts';
import { documentOf, type Frame } from './document.ts';
import { html, type Part } from './html.ts';
import { pageLinks, sliceOf } from './pagination.ts';
import { serverTable } from './server-table.ts';

/** Every server, those of which something is not seen first. */
export function serversPage(
  frame: Frame,
  report: CheckReport,
  { wanted, azure }: { readonly wanted: string | null; readonly azure: AzureState | null },
): string {
  const { servers, generatedAtSeconds: nowSeconds } = report;
  const troubled = servers.filter(isTroubled);
  const headline = `${countText(servers.length, 'server')}, ${troubled.length} not seen in full`;
  const slice = sliceOf([...troubled, ...servers.filter((server: ServerReport) => !isTroubled(server))], wanted);
  return documentOf(frame, {
    title: headline,
    severity: null,
    nowSeconds,
    isRefreshed: true,
    main: [
      html`<h1>${headline}</h1>\n`,
      slice.items.length === 0
        ? html`<p>No server is configured.</p>\n`
        : serverTable(slice.items, { places: frame.places, nowSeconds }),
      pageLinks(slice, frame.places.servers),
      azureTable(azure, { places: frame.places, nowSeconds }),
      unread(report),
    ],
  });
}

/** What of Azure could not be read; nothing where all of it was. */
function unread({ unreadInAzure: all }: CheckReport): Part {
  if (all.length === 0) return null;
  const items = all.slice(0, maximumUnread).map((each) => html`<li>${unreadText(each)}</li>\n`);
  const rest = all.length - items.length;
  return [
    html`<ul aria-label="What of Azure could not be read">${items}</ul>\n`,
    rest > 0 ? html`<p class="faint">And ${rest} more.</p>\n` : null,
  ];
}

const maximumUnread = 50;
