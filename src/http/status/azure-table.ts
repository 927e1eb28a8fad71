import type { AzureInstanceState, AzureState } from '../../model/azure/state.ts';
import { countText, durationText } from '../../text/quantity.ts';
import { html, named, type Part } from './html.ts';
import type { Places } from './places.ts';
import { table } from './table.ts';

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
export function azureTable(azure: AzureState | null, scene: Scene): Part {
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
