import { coded, nullable, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

/** sys.dm_hadr_availability_group_states: a row per group with a replica here. */
export const availabilityGroupStates: Table = {
  schema: 'sys',
  name: 'dm_hadr_availability_group_states',
  access: 'server state',
  columns: [
    required('group_id', sqlTypes.guid),
    nullable('primary_replica', { name: 'varchar', length: 128 }),
    ...coded('primary_recovery_health'),
    ...coded('secondary_recovery_health'),
    ...coded('synchronization_health'),
  ],
};
