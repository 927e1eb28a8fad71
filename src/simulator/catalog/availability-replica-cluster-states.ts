import { coded, nullable, nvarchar, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

/** sys.dm_hadr_availability_replica_cluster_states: a row per member of every group, joined or not. */
export const availabilityReplicaClusterStates: Table = {
  schema: 'sys',
  name: 'dm_hadr_availability_replica_cluster_states',
  access: 'server state',
  columns: [
    required('replica_id', sqlTypes.guid),
    nullable('replica_server_name', nvarchar(256)),
    required('group_id', sqlTypes.guid),
    ...coded('join_state'),
  ],
};
