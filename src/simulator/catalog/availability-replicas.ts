import { coded, nullable, nvarchar, required, sqlTypes, varbinary } from './column.ts';
import type { Table } from './table.ts';
import { since2019 } from './version.ts';

/** sys.availability_replicas: the members of every group; of a distributed group, its two member groups. */
export const availabilityReplicas: Table = {
  schema: 'sys',
  name: 'availability_replicas',
  access: 'definition',
  columns: [
    required('replica_id', sqlTypes.guid),
    required('group_id', sqlTypes.guid),
    nullable('replica_metadata_id', sqlTypes.int),
    nullable('replica_server_name', nvarchar(256)),
    nullable('owner_sid', varbinary(85)),
    nullable('endpoint_url', nvarchar(128)),
    ...coded('availability_mode'),
    ...coded('failover_mode'),
    nullable('session_timeout', sqlTypes.int),
    ...coded('primary_role_allow_connections'),
    ...coded('secondary_role_allow_connections'),
    nullable('create_date', sqlTypes.datetime),
    nullable('modify_date', sqlTypes.datetime),
    nullable('backup_priority', sqlTypes.int),
    nullable('read_only_routing_url', nvarchar(256)),
    ...coded('seeding_mode'),
    nullable('read_write_routing_url', nvarchar(256), since2019),
  ],
};
