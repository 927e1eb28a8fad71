import type { AzureFailoverGroup } from '../../model/azure/failover-group.ts';
import { type Fields, fieldsIn, itemsIn, textIn } from './fields.ts';
import type { Parsed } from './parsed.ts';

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
