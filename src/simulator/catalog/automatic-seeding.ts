import { nullable, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

/** sys.dm_hadr_automatic_seeding: a row per attempt, kept. The page calls current_state a bit; it is text. */
export const automaticSeeding: Table = {
  schema: 'sys',
  name: 'dm_hadr_automatic_seeding',
  access: 'server state',
  columns: [
    required('start_time', sqlTypes.datetime),
    nullable('completion_time', sqlTypes.datetime),
    required('ag_id', sqlTypes.guid),
    required('ag_db_id', sqlTypes.guid),
    required('ag_remote_replica_id', sqlTypes.guid),
    required('operation_id', sqlTypes.guid),
    required('is_source', sqlTypes.bit),
    nullable('current_state', sqlTypes.description),
    nullable('performed_seeding', sqlTypes.bit),
    nullable('failure_state', sqlTypes.int),
    nullable('failure_state_desc', sqlTypes.description),
    nullable('error_code', sqlTypes.int),
    nullable('number_of_attempts', sqlTypes.int),
  ],
};
