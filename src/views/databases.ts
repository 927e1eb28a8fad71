import { view } from './view.ts';

/**
 * The databases of the server: names for the GUIDs of the other views. All of them, as a copy that is still being seeded
 * has no group_database_id yet.
 */
export const databases = view({
  name: 'databases',
  source: 'sys.databases',
  columns: {
    database_id: 'int',
    name: 'nvarchar',
    group_database_id: 'uniqueidentifier null',
    replica_id: 'uniqueidentifier null',
    state_desc: 'nvarchar null',
    log_reuse_wait_desc: 'nvarchar null',
  },
  newer: { physical_database_name: 'nvarchar null' },
  since: { physical_database_name: 15 },
  parse: (record) => ({
    databaseId: record.database_id,
    name: record.name,
    physicalDatabaseName: record.physical_database_name,
    groupDatabaseId: record.group_database_id?.toUpperCase() ?? null,
    replicaId: record.replica_id?.toUpperCase() ?? null,
    state: record.state_desc,
    logReuseWait: record.log_reuse_wait_desc,
  }),
});
