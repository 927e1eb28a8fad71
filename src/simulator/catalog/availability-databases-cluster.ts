import { nullable, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

/** sys.availability_databases_cluster: the databases of every group, joined or not. */
export const availabilityDatabasesCluster: Table = {
  schema: 'sys',
  name: 'availability_databases_cluster',
  access: 'definition',
  columns: [
    nullable('group_id', sqlTypes.guid),
    nullable('group_database_id', sqlTypes.guid),
    nullable('database_name', sqlTypes.sysname),
  ],
};
