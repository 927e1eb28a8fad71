import { nullable, nvarchar, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';
import { since2022 } from './version.ts';

/**
 * sys.dm_hadr_internal_availability_groups: the hidden groups of links of several databases. Microsoft names the view but
 * not its columns: these are a guess by those of sys.availability_groups. It came with updates of 2022 and 2025.
 */
export const internalAvailabilityGroups: Table = {
  schema: 'sys',
  name: 'dm_hadr_internal_availability_groups',
  access: 'server state',
  since: since2022,
  columns: [required('group_id', sqlTypes.guid), nullable('name', sqlTypes.sysname)],
};

/** sys.dm_hadr_internal_availability_replicas: columns as guessed as those of the groups. */
export const internalAvailabilityReplicas: Table = {
  schema: 'sys',
  name: 'dm_hadr_internal_availability_replicas',
  access: 'server state',
  since: since2022,
  columns: [
    required('replica_id', sqlTypes.guid),
    required('group_id', sqlTypes.guid),
    nullable('replica_server_name', nvarchar(256)),
  ],
};
