import { nullable, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

/** sys.dm_hadr_database_replica_cluster_states. */
export const databaseReplicaClusterStates: Table = {
  schema: 'sys',
  name: 'dm_hadr_database_replica_cluster_states',
  access: 'server state',
  columns: [
    required('replica_id', sqlTypes.guid),
    required('group_database_id', sqlTypes.guid),
    nullable('database_name', sqlTypes.sysname),
    nullable('is_failover_ready', sqlTypes.bit),
    nullable('is_pending_secondary_suspend', sqlTypes.bit),
    nullable('is_database_joined', sqlTypes.bit),
    nullable('recovery_lsn', sqlTypes.lsn),
    nullable('truncation_lsn', sqlTypes.lsn),
  ],
};
