import { bothSides, type Need, question } from './question.ts';

/** What the conditions are judged by. Sizes in `master_files` are pages of 8 KiB. */

const definition: Need = { right: 'VIEW ANY DEFINITION', hidesRows: true };
const state: Need = { right: 'VIEW SERVER STATE', narrowRight: 'VIEW SERVER PERFORMANCE STATE' };
const security: Need = { right: 'VIEW SERVER STATE', narrowRight: 'VIEW SERVER SECURITY STATE' };
const enter: Need = { right: 'CONNECT ANY DATABASE' };
const job: Need = { right: 'a role of SQL Server Agent in msdb (SQLAgentReaderRole)' };
const sqlServer = ['sql_server'] as const;
const managedInstance = ['managed_instance'] as const;

export const rights = question({
  id: 'rights',
  sides: bothSides,
  source: 'HAS_PERMS_BY_NAME',
  columns: { view_any_definition: 'int null', connect_any_database: 'int null' },
  expressions: {
    view_any_definition: "HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DEFINITION')",
    connect_any_database: "HAS_PERMS_BY_NAME(NULL, NULL, 'CONNECT ANY DATABASE')",
  },
});

export const updatePolicy = question({
  id: 'update_policy',
  sides: managedInstance,
  source: "SERVERPROPERTY('ProductUpdateType')",
  columns: { update_type: 'nvarchar null' },
  expressions: { update_type: "CAST(SERVERPROPERTY('ProductUpdateType') AS nvarchar(128))" },
});

export const hostInfo = question({
  id: 'host_info',
  sides: sqlServer,
  since: 14,
  source: 'sys.dm_os_host_info',
  columns: { host_platform: 'nvarchar', host_distribution: 'nvarchar null' },
  lengths: { host_platform: 256, host_distribution: 256 },
});

export const cluster = question({
  id: 'cluster',
  sides: sqlServer,
  source: 'sys.dm_hadr_cluster',
  columns: { cluster_name: 'nvarchar null' },
  need: state,
});

export const linkProcedures = question({
  id: 'link_procedures',
  sides: sqlServer,
  source: 'sys.all_objects',
  columns: { name: 'nvarchar' },
  where: "name IN (N'sp_certificate_add_issuer', N'sp_get_endpoint_certificate')",
});

export const masterKey = question({
  id: 'master_key',
  sides: sqlServer,
  source: 'master.sys.symmetric_keys',
  columns: { name: 'nvarchar' },
  where: "name = N'##MS_DatabaseMasterKey##'",
  need: definition,
});

export const traceFlags = question({
  id: 'trace_flags',
  sides: sqlServer,
  source: 'DBCC TRACESTATUS',
  statement: 'DBCC TRACESTATUS (1800, 9567) WITH NO_INFOMSGS',
  columns: { TraceFlag: 'smallint', Global: 'smallint' },
});

export const healthSession = question({
  id: 'health_session',
  sides: sqlServer,
  source: 'sys.dm_xe_sessions',
  columns: { name: 'nvarchar' },
  where: "name = N'AlwaysOn_health'",
  need: state,
});

export const endpoints = question({
  id: 'endpoints',
  sides: sqlServer,
  source: 'sys.database_mirroring_endpoints',
  columns: {
    endpoint_id: 'int',
    name: 'nvarchar',
    state_desc: 'nvarchar null',
    role_desc: 'nvarchar null',
    connection_auth_desc: 'nvarchar null',
    encryption_algorithm_desc: 'nvarchar null',
    certificate_id: 'int null',
  },
  need: definition,
});

export const listeners = question({
  id: 'listeners',
  sides: sqlServer,
  source: 'sys.tcp_endpoints',
  columns: { endpoint_id: 'int', port: 'int null', ip_address: 'nvarchar null' },
  need: definition,
});

export const certificates = question({
  id: 'certificates',
  sides: bothSides,
  source: 'master.sys.certificates',
  columns: {
    certificate_id: 'int',
    name: 'nvarchar',
    pvt_key_encryption_type: 'nvarchar null',
    issuer_name: 'nvarchar null',
    subject: 'nvarchar null',
    start_date: 'datetime null',
    expiry_date: 'datetime null',
    thumbprint: 'varbinary null',
  },
  lengths: { issuer_name: 442, subject: 4000, thumbprint: 32 },
  need: definition,
});

export const databases = question({
  id: 'databases',
  sides: bothSides,
  source: 'sys.databases',
  columns: {
    database_id: 'int',
    name: 'nvarchar',
    state_desc: 'nvarchar null',
    user_access_desc: 'nvarchar null',
    is_read_only: 'bit null',
    is_auto_close_on: 'bit',
    recovery_model_desc: 'nvarchar null',
    log_reuse_wait_desc: 'nvarchar null',
    is_published: 'bit',
    is_broker_enabled: 'bit',
    is_encrypted: 'bit null',
    replica_id: 'uniqueidentifier null',
  },
});

export const acceleratedRecovery = question({
  id: 'accelerated_recovery',
  sides: sqlServer,
  since: 15,
  source: 'sys.databases',
  columns: { name: 'nvarchar', is_accelerated_database_recovery_on: 'bit null' },
});

export const versionStore = question({
  id: 'version_store',
  sides: sqlServer,
  since: 15,
  source: 'sys.dm_tran_persistent_version_store_stats',
  columns: { database_id: 'int null', pvs_filegroup_id: 'smallint null' },
  need: state,
});

export const recoveryStatus = question({
  id: 'recovery_status',
  sides: sqlServer,
  source: 'sys.database_recovery_status',
  columns: { database_id: 'int', has_chain: 'int' },
  expressions: { has_chain: 'CASE WHEN last_log_backup_lsn IS NULL THEN 0 ELSE 1 END' },
});

export const files = question({
  id: 'files',
  sides: bothSides,
  source: 'sys.master_files',
  columns: { database_id: 'int', type_desc: 'nvarchar null', size: 'int' },
  need: definition,
});

export const filegroups = question({
  id: 'filegroups',
  sides: sqlServer,
  source: '[database].sys.filegroups',
  columns: { type: 'nvarchar' },
  expressions: { type: 'CAST(type AS nvarchar(2))' },
  isPerDatabase: true,
  need: enter,
});

export const encryption = question({
  id: 'encryption',
  sides: bothSides,
  source: 'sys.dm_database_encryption_keys',
  columns: { database_id: 'int null', encryptor_type: 'nvarchar null' },
  need: security,
});

export const resources = question({
  id: 'resources',
  sides: managedInstance,
  source: 'master.sys.server_resource_stats',
  columns: {
    end_time: 'datetime',
    sku: 'nvarchar null',
    virtual_core_count: 'int null',
    reserved_storage_mb: 'bigint null',
    storage_space_used_mb: 'bigint null',
  },
  expressions: { storage_space_used_mb: 'CAST(storage_space_used_mb AS bigint)' },
  where: 'end_time > DATEADD(minute, -30, GETUTCDATE())',
  need: state,
});

export const jobs = question({
  id: 'jobs',
  sides: bothSides,
  source: 'msdb.dbo.sysjobs_view',
  columns: { name: 'nvarchar' },
  where: "name IN (N'TestMILinkConnection', N'NetHelper') OR name LIKE N'milink-exporter test-network %'",
  need: job,
});

/** A test of ours is the program of its connection while it runs; this connection is among them. */
export const networkTests = question({
  id: 'network_tests',
  sides: bothSides,
  source: 'sys.dm_exec_sessions',
  columns: { program_name: 'nvarchar null', sees_all: 'int null' },
  expressions: { sees_all: "HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE')" },
  where: "program_name LIKE N'milink-exporter%'",
});

export const logins = question({
  id: 'logins',
  sides: bothSides,
  source: 'sys.server_principals',
  columns: { name: 'nvarchar', type: 'nvarchar' },
  expressions: { type: 'CAST(type AS nvarchar(1))' },
  where: "type IN ('S', 'U', 'G', 'E', 'X') AND principal_id > 255",
  need: definition,
});

export const replicas = question({
  id: 'replicas',
  sides: bothSides,
  source: 'sys.availability_replicas',
  columns: {
    group_id: 'uniqueidentifier',
    replica_server_name: 'nvarchar null',
    endpoint_url: 'nvarchar null',
    availability_mode_desc: 'nvarchar null',
    session_timeout: 'int null',
  },
  lengths: { replica_server_name: 256, endpoint_url: 256 },
  need: definition,
});

export const groups = question({
  id: 'groups',
  sides: sqlServer,
  source: 'sys.availability_groups',
  columns: { name: 'nvarchar', is_distributed: 'bit null', automated_backup_preference_desc: 'nvarchar null' },
  need: definition,
});

/** What every database has written since the server was started: a counter that is called a rate. */
export const logFlushed = question({
  id: 'log_flushed',
  sides: sqlServer,
  source: 'sys.dm_os_performance_counters',
  columns: { instance_name: 'nvarchar null', cntr_value: 'bigint null' },
  where: "object_name LIKE N'%:Databases%' AND counter_name = N'Log Bytes Flushed/sec'",
  need: state,
});

/** tempdb is made anew at each start. */
export const upSince = question({
  id: 'up_since',
  sides: sqlServer,
  source: 'sys.databases',
  columns: { up_seconds: 'bigint null' },
  expressions: { up_seconds: 'DATEDIFF_BIG(second, create_date, GETDATE())' },
  where: "name = N'tempdb'",
});
