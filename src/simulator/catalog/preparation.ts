import { coded, nullable, nvarchar, required, sqlTypes, varbinary } from './column.ts';
import type { Table } from './table.ts';
import { managedInstanceOnly, since2017, since2019 } from './version.ts';

/** The views that tell whether a server is prepared for a link: subsets of the documented columns, in their order. */

/** sys.symmetric_keys of master: the database master key is one of them. */
const symmetricKeys: Table = {
  schema: 'sys',
  name: 'symmetric_keys',
  access: 'definition',
  columns: [
    required('name', sqlTypes.sysname),
    nullable('principal_id', sqlTypes.int),
    required('symmetric_key_id', sqlTypes.int),
    required('key_length', sqlTypes.int),
    required('key_algorithm', { name: 'char', length: 2 }),
    nullable('algorithm_desc', sqlTypes.description),
    required('create_date', sqlTypes.datetime),
    required('modify_date', sqlTypes.datetime),
    nullable('key_guid', sqlTypes.guid),
  ],
};

/** sys.dm_os_host_info: the public role may read it. */
const hostInfo: Table = {
  schema: 'sys',
  name: 'dm_os_host_info',
  access: 'public',
  since: since2017,
  columns: [
    required('host_platform', nvarchar(256)),
    required('host_distribution', nvarchar(256)),
    required('host_release', nvarchar(256)),
    required('host_service_pack_level', nvarchar(256)),
    nullable('host_sku', sqlTypes.int),
    required('os_language_version', sqlTypes.int),
  ],
};

const cluster: Table = {
  schema: 'sys',
  name: 'dm_hadr_cluster',
  access: 'server state',
  columns: [required('cluster_name', sqlTypes.sysname), ...coded('quorum_type'), ...coded('quorum_state')],
};

/** sys.dm_server_services: no managed instance has it. */
const serverServices: Table = {
  schema: 'sys',
  name: 'dm_server_services',
  access: 'security state',
  since: { major: 13, managedInstance: false },
  columns: [
    required('servicename', nvarchar(256)),
    nullable('startup_type', sqlTypes.int),
    nullable('startup_type_desc', nvarchar(256)),
    nullable('status', sqlTypes.int),
    nullable('status_desc', nvarchar(256)),
    nullable('process_id', sqlTypes.int),
    nullable('last_startup_time', { name: 'datetimeoffset', scale: 7 }),
    nullable('service_account', nvarchar(256)),
  ],
};

const extendedEventSessions: Table = {
  schema: 'sys',
  name: 'dm_xe_sessions',
  access: 'server state',
  columns: [
    required('address', varbinary(8)),
    required('name', nvarchar(256)),
    required('create_time', sqlTypes.datetime),
  ],
};

/** sys.all_objects: system objects are shown to every login. */
const allObjects: Table = {
  schema: 'sys',
  name: 'all_objects',
  access: 'public',
  columns: [
    required('name', sqlTypes.sysname),
    required('object_id', sqlTypes.int),
    nullable('principal_id', sqlTypes.int),
    required('schema_id', sqlTypes.int),
    required('parent_object_id', sqlTypes.int),
    required('type', { name: 'char', length: 2 }),
    nullable('type_desc', sqlTypes.description),
    required('create_date', sqlTypes.datetime),
    required('modify_date', sqlTypes.datetime),
    required('is_ms_shipped', sqlTypes.bit),
  ],
};

/** sys.objects: what users made. */
const objects: Table = { ...allObjects, name: 'objects', access: 'definition' };

const serverPrincipals: Table = {
  schema: 'sys',
  name: 'server_principals',
  access: 'definition',
  columns: [
    required('name', sqlTypes.sysname),
    required('principal_id', sqlTypes.int),
    nullable('sid', varbinary(85)),
    required('type', { name: 'char', length: 1 }),
    nullable('type_desc', sqlTypes.description),
    nullable('is_disabled', sqlTypes.bit),
    required('create_date', sqlTypes.datetime),
    required('modify_date', sqlTypes.datetime),
  ],
};

/** sys.database_recovery_status: whoever may see the databases sees it. */
const databaseRecoveryStatus: Table = {
  schema: 'sys',
  name: 'database_recovery_status',
  access: 'public',
  columns: [
    required('database_id', sqlTypes.int),
    nullable('database_guid', sqlTypes.guid),
    nullable('family_guid', sqlTypes.guid),
    nullable('last_log_backup_lsn', sqlTypes.lsn),
    nullable('recovery_fork_guid', sqlTypes.guid),
    nullable('first_recovery_fork_guid', sqlTypes.guid),
    nullable('fork_point_lsn', sqlTypes.lsn),
  ],
};

/** sys.filegroups, of the database in which it is asked. */
const filegroups: Table = {
  schema: 'sys',
  name: 'filegroups',
  access: 'definition',
  isPerDatabase: true,
  columns: [
    required('name', sqlTypes.sysname),
    required('data_space_id', sqlTypes.int),
    required('type', { name: 'char', length: 2 }),
    nullable('type_desc', sqlTypes.description),
    nullable('is_default', sqlTypes.bit),
    nullable('is_system', sqlTypes.bit),
    nullable('filegroup_guid', sqlTypes.guid),
    nullable('log_filegroup_id', sqlTypes.int),
    nullable('is_read_only', sqlTypes.bit),
  ],
};

const encryptionKeys: Table = {
  schema: 'sys',
  name: 'dm_database_encryption_keys',
  access: 'security state',
  columns: [
    nullable('database_id', sqlTypes.int),
    nullable('encryption_state', sqlTypes.int),
    nullable('create_date', sqlTypes.datetime),
    nullable('key_algorithm', nvarchar(32)),
    nullable('key_length', sqlTypes.int),
    nullable('encryptor_thumbprint', varbinary(20)),
    nullable('encryptor_type', nvarchar(32)),
    nullable('percent_complete', { name: 'float' }),
    nullable('encryption_state_desc', nvarchar(32), since2019),
  ],
};

const versionStore: Table = {
  schema: 'sys',
  name: 'dm_tran_persistent_version_store_stats',
  access: 'server state',
  since: since2019,
  columns: [
    nullable('database_id', sqlTypes.int),
    nullable('pvs_filegroup_id', sqlTypes.smallint),
    nullable('persistent_version_store_size_kb', sqlTypes.bigint),
    nullable('online_index_version_store_size_kb', sqlTypes.bigint),
    nullable('current_aborted_transaction_count', sqlTypes.bigint),
  ],
};

/** sys.server_resource_stats of a managed instance's master: what it is made of, every quarter of a minute. */
const serverResourceStats: Table = {
  schema: 'sys',
  name: 'server_resource_stats',
  access: 'server state',
  since: managedInstanceOnly,
  columns: [
    required('start_time', sqlTypes.datetime),
    required('end_time', sqlTypes.datetime),
    nullable('resource_type', nvarchar(128)),
    nullable('resource_name', nvarchar(128)),
    nullable('sku', nvarchar(128)),
    nullable('hardware_generation', nvarchar(128)),
    nullable('virtual_core_count', sqlTypes.int),
    nullable('avg_cpu_percent', { name: 'numeric', precision: 5, scale: 2 }),
    nullable('reserved_storage_mb', sqlTypes.bigint),
    nullable('storage_space_used_mb', { name: 'numeric', precision: 18, scale: 2 }),
  ],
};

export const preparationTables: readonly Table[] = [
  symmetricKeys,
  hostInfo,
  cluster,
  serverServices,
  extendedEventSessions,
  allObjects,
  objects,
  serverPrincipals,
  databaseRecoveryStatus,
  filegroups,
  encryptionKeys,
  versionStore,
  serverResourceStats,
];
