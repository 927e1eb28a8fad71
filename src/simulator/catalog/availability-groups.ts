import { coded, nullable, nvarchar, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';
import { since2017, since2019 } from './version.ts';

/** sys.availability_groups: a row per group that has a replica here, the distributed ones included. */
export const availabilityGroups: Table = {
  schema: 'sys',
  name: 'availability_groups',
  access: 'definition',
  columns: [
    required('group_id', sqlTypes.guid),
    required('name', sqlTypes.sysname),
    nullable('resource_id', nvarchar(40)),
    nullable('resource_group_id', nvarchar(40)),
    nullable('failure_condition_level', sqlTypes.int),
    nullable('health_check_timeout', sqlTypes.int),
    ...coded('automated_backup_preference'),
    nullable('version', sqlTypes.smallint),
    nullable('basic_features', sqlTypes.bit),
    nullable('dtc_support', sqlTypes.bit),
    nullable('db_failover', sqlTypes.bit),
    nullable('is_distributed', sqlTypes.bit),
    ...coded('cluster_type', since2017),
    nullable('required_synchronized_secondaries_to_commit', sqlTypes.int, since2017),
    nullable('sequence_number', sqlTypes.bigint, since2017),
    nullable('is_contained', sqlTypes.bit, since2019),
  ],
};
