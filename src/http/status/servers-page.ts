import type { CheckReport, ServerReport } from '../../check/report/report.ts';
import type { AzureInstanceState, AzureState } from '../../model/azure/state.ts';
import { countText, durationText } from '../../text/quantity.ts';
import { unreadText } from '../../words/azure.ts';
import { isTroubled } from '../../words/servers.ts';
import type { Route } from '../route.ts';
import { documentOf, type Frame } from './document.ts';
import { html, named, type Part, pageLinks, sliceOf, table } from './html.ts';
import { frameOf, pageRoute, type StatusOptions } from './page-route.ts';
import { type Places, pagePaths, queryOf } from './places.ts';
import { serverTable } from './server-table.ts';

/** Every server in one table. */
export function serversRoute(options: StatusOptions): Route {
  return pageRoute(options, pagePaths.servers, (url) => ({
    code: 200,
    html: serversPage(frameOf(options), options.status.readReport(), {
      wanted: queryOf(url).get('page'),
      azure: options.readState().azure ?? null,
    }),
  }));
}

/** Every server, those of which something is not seen first. */
function serversPage(
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

/** More instances are in the metrics. */
const maximumInstances = 100;

const columns = [
  { heading: 'managed instance' },
  { heading: 'subscription' },
  { heading: 'state' },
  { heading: 'links', align: 'right' },
  { heading: 'links read', align: 'right' },
] as const;

interface Scene {
  readonly places: Places;
  readonly nowSeconds: number;
}

/** What is read of Azure, each instance with the way to what was read; nothing where Azure is not read. */
function azureTable(azure: AzureState | null, scene: Scene): Part {
  if (azure === null) return null;
  const instances = azure.subscriptions.flatMap((each) => each.instances);
  const rest = instances.length - maximumInstances;
  const rows = instances.slice(0, maximumInstances).map((each) => rowOf(each, scene));
  return [
    html`<h2>Azure</h2>\n`,
    rows.length === 0
      ? html`<p>No managed instance is known there yet.</p>\n`
      : table({ caption: 'What is read of Azure Resource Manager', columns, rows }),
    rest > 0 ? html`<p class="faint">And ${countText(rest, 'more instance')}.</p>\n` : null,
  ];
}

function rowOf({ subscription, name, instance, links }: AzureInstanceState, { places, nowSeconds }: Scene): Part[] {
  const at = links.lastSuccessTimestampSeconds;
  const read =
    links.failure !== null
      ? html`<span class="bad">${links.failure.reason}</span>`
      : at === null
        ? 'not yet'
        : `${durationText(Math.max(0, nowSeconds - at))} ago`;
  return [
    html`<a href="${places.debugAzure({ subscription, name })}">${named(name)}</a>`,
    subscription,
    instance.value?.state ?? '-',
    links.value === null ? '-' : String(links.value.length),
    read,
  ];
}
