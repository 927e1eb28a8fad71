import { coded, nullable, nvarchar, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';
import { since2017, since2022 } from './version.ts';

/**
 * sys.dm_hadr_availability_replica_states. Microsoft's page does not say since when the three internal columns exist:
 * the versions are a guess, on the safe side.
 */
export const availabilityReplicaStates: Table = {
  schema: 'sys',
  name: 'dm_hadr_availability_replica_states',
  access: 'server state',
  columns: [
    required('replica_id', sqlTypes.guid),
    required('group_id', sqlTypes.guid),
    required('is_local', sqlTypes.bit),
    ...coded('role'),
    ...coded('operational_state'),
    ...coded('connected_state'),
    ...coded('recovery_health'),
    ...coded('synchronization_health'),
    nullable('last_connect_error_number', sqlTypes.int),
    nullable('last_connect_error_description', nvarchar(1024)),
    nullable('last_connect_error_timestamp', sqlTypes.datetime),
    nullable('write_lease_remaining_ticks', sqlTypes.bigint, since2017),
    nullable('current_configuration_commit_start_time_utc', sqlTypes.datetime, since2017),
    nullable('is_internal', sqlTypes.bit, since2022),
  ],
};
