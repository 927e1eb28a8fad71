import { coded, nullable, required, sqlTypes, varbinary } from './column.ts';
import type { Table } from './table.ts';
import { since2019 } from './version.ts';

/** sys.databases: a subset of the documented columns, in their order. */
export const databases: Table = {
  schema: 'sys',
  name: 'databases',
  access: 'public',
  columns: [
    required('name', sqlTypes.sysname),
    required('database_id', sqlTypes.int),
    nullable('source_database_id', sqlTypes.int),
    nullable('owner_sid', varbinary(85)),
    required('create_date', sqlTypes.datetime),
    required('compatibility_level', sqlTypes.tinyint),
    nullable('collation_name', sqlTypes.sysname),
    ...coded('user_access'),
    nullable('is_read_only', sqlTypes.bit),
    required('is_auto_close_on', sqlTypes.bit),
    ...coded('state'),
    nullable('is_in_standby', sqlTypes.bit),
    ...coded('recovery_model'),
    required('is_published', sqlTypes.bit),
    required('is_broker_enabled', sqlTypes.bit),
    ...coded('log_reuse_wait'),
    nullable('is_encrypted', sqlTypes.bit),
    nullable('replica_id', sqlTypes.guid),
    nullable('group_database_id', sqlTypes.guid),
    nullable('physical_database_name', sqlTypes.sysname, since2019),
    nullable('is_accelerated_database_recovery_on', sqlTypes.bit, since2019),
  ],
};
