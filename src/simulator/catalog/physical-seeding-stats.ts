import { nullable, nvarchar, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

/**
 * sys.dm_hadr_physical_seeding_stats: the seedings that run now, in bytes and UTC. The page gives no lengths for its
 * nvarchar columns; these hold whatever the column can carry.
 */
export const physicalSeedingStats: Table = {
  schema: 'sys',
  name: 'dm_hadr_physical_seeding_stats',
  access: 'server state',
  columns: [
    required('local_physical_seeding_id', sqlTypes.guid),
    nullable('remote_physical_seeding_id', sqlTypes.guid),
    nullable('local_database_id', sqlTypes.int),
    nullable('local_database_name', sqlTypes.sysname),
    nullable('remote_machine_name', nvarchar(256)),
    nullable('role_desc', sqlTypes.description),
    nullable('internal_state_desc', sqlTypes.description),
    nullable('transfer_rate_bytes_per_second', sqlTypes.bigint),
    nullable('transferred_size_bytes', sqlTypes.bigint),
    nullable('database_size_bytes', sqlTypes.bigint),
    nullable('start_time_utc', sqlTypes.datetime),
    nullable('end_time_utc', sqlTypes.datetime),
    nullable('estimate_time_complete_utc', sqlTypes.datetime),
    nullable('total_disk_io_wait_time_ms', sqlTypes.bigint),
    nullable('total_network_wait_time_ms', sqlTypes.bigint),
    nullable('failure_code', sqlTypes.int),
    nullable('failure_message', nvarchar(2048)),
    nullable('failure_time_utc', sqlTypes.datetime),
    nullable('is_compression_enabled', sqlTypes.bit),
  ],
};
