import type { AzureFailoverGroup } from '../model/azure/failover-group.ts';
import type { AzureFailure } from '../model/azure/failure.ts';
import type { AzureInstanceState } from '../model/azure/state.ts';
import { parseFailoverGroup } from './answer/failover-groups.ts';
import { parseItems } from './poll/resources.ts';
import type { ResourceManager } from './resource-manager.ts';

/** The failover groups of an instance's resource group and region; null where they could not be read. */
export interface FailoverGroups {
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
