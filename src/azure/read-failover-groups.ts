import type { AzureFailoverGroup } from '../model/azure/instance.ts';
import type { AzureFailure, AzureInstanceState } from '../model/azure/state.ts';
import { type Fields, fieldsIn, itemsIn, type Parsed, textIn } from './answer/fields.ts';
import { parseItems } from './poll/resources.ts';
import type { ResourceManager } from './resource-manager.ts';

/** The failover groups of an instance's resource group and region; null where they could not be read. */
interface FailoverGroups {
  readonly value: readonly AzureFailoverGroup[] | null;
  readonly failure: AzureFailure | null;
}

/** Reads them once, for who asks: the poller does not, as an instance that carries a link is in none. */
export async function readFailoverGroups(
  resourceManager: ResourceManager,
  { subscriptionId, resourceGroup, instance }: AzureInstanceState,
  signal: AbortSignal,
): Promise<FailoverGroups> {
  const location = instance.value?.location ?? null;
  if (location === null) return { value: null, failure: instance.failure };
  const path = `/subscriptions/${subscriptionId}/resourceGroups/${encodeURIComponent(resourceGroup)}/providers/Microsoft.Sql/locations/${encodeURIComponent(location)}/instanceFailoverGroups`;
  const { items, failure } = await resourceManager.read(path, 'list', signal);
  return { value: failure === null ? parseItems(items, parseFailoverGroup).values : null, failure };
}

/** One instance failover group: Microsoft.Sql/locations/instanceFailoverGroups, as Microsoft's specification has it. */
export function parseFailoverGroup(item: Fields): Parsed<AzureFailoverGroup> {
  const name = textIn(item, 'name')?.split('/').at(-1) ?? '';
  if (name === '') return { value: null, oddity: 'a failover group without a name' };
  const pairs = itemsIn(fieldsIn(item, 'properties'), 'managedInstancePairs');
  const ids = pairs.flatMap((pair) => [
    textIn(pair, 'primaryManagedInstanceId'),
    textIn(pair, 'partnerManagedInstanceId'),
  ]);
  const instances = ids.flatMap((id) => id?.split('/').at(-1)?.toLowerCase() || []);
  return {
    value: { name, instances },
    oddity: instances.length === 0 ? `failover group ${JSON.stringify(name)} names no instance` : null,
  };
}
