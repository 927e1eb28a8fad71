import { quoteText } from '../text/tsql.ts';
import { marker, namePrefix } from './job.ts';

/** What `test-network` reads; none of these changes a server. */
export const reads = {
  fabricParameters:
    "SELECT section_name, parameter_name, value FROM sys.dm_hadr_fabric_config_parameters WHERE parameter_name IN (N'DnsRecordName', N'ClusterName', N'HadrPort', N'InstanceName')",
  fabricPartitions:
    'SELECT CAST(partition_id AS nvarchar(36)) AS partition_id, service_name FROM sys.dm_hadr_fabric_partitions',
  fabricReplicas:
    'SELECT CAST(partition_id AS nvarchar(36)) AS partition_id, replica_address FROM sys.dm_hadr_fabric_replicas WHERE replica_role = 2',
  endpoints: 'SELECT endpoint_id, name, state_desc FROM sys.database_mirroring_endpoints',
  listeners: 'SELECT endpoint_id, port FROM sys.tcp_endpoints',
  addresses: 'SELECT endpoint_url FROM sys.availability_replicas',
  platform: 'SELECT host_platform FROM sys.dm_os_host_info',
  leftOverJobs: `SELECT name, CASE WHEN owner_sid = SUSER_SID() THEN 1 ELSE 0 END AS is_own FROM msdb.dbo.sysjobs_view WHERE name LIKE ${quoteText(`${namePrefix}%`)} AND description = ${quoteText(marker)}`,
  leftOverEndpoints: `SELECT name FROM sys.endpoints WHERE name LIKE ${quoteText(`${namePrefix}%`)}`,
  /** Every run is its connection's program while it lives. Without the right a login sees its own connections only. */
  runs: `SELECT program_name, HAS_PERMS_BY_NAME(NULL, NULL, N'VIEW SERVER STATE') AS sees_all FROM sys.dm_exec_sessions WHERE program_name LIKE ${quoteText(`${namePrefix}%`)}`,
  leftOverCertificates: `SELECT name FROM master.sys.certificates WHERE name LIKE ${quoteText(`${namePrefix}%`)}`,
} as const;

export function jobId(name: string): string {
  return `SELECT CAST(job_id AS nvarchar(36)) AS job_id FROM msdb.dbo.sysjobs_view WHERE name = ${quoteText(name)}`;
}

/** Of the Agent's present session alone: an earlier one may have left a row. */
export function activity(id: string): string {
  return `SELECT start_execution_date, stop_execution_date FROM msdb.dbo.sysjobactivity WHERE job_id = ${quoteText(id)} AND session_id = (SELECT MAX(session_id) FROM msdb.dbo.syssessions)`;
}

export function steps(id: string): string {
  return `SELECT step_id, CAST(step_uid AS nvarchar(36)) AS step_uid FROM msdb.dbo.sysjobsteps WHERE job_id = ${quoteText(id)}`;
}

export function logs(id: string): string {
  return `SELECT CAST(logs.step_uid AS nvarchar(36)) AS step_uid, logs.log, logs.date_modified FROM msdb.dbo.sysjobstepslogs AS logs INNER JOIN msdb.dbo.sysjobsteps AS steps ON steps.step_uid = logs.step_uid WHERE steps.job_id = ${quoteText(id)}`;
}

type Row = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The node that runs the instance, joined as Microsoft's script joins it; null where a part is missing. */
export function fabricNode(
  parameters: readonly Row[],
  partitions: readonly Row[],
  replicas: readonly Row[],
): string | null {
  const cluster = parameterOf(parameters, 'ClusterName');
  const instance = parameterOf(parameters, 'InstanceName');
  const own = partitions.filter(({ service_name: name }) => {
    const service = textOf(name) ?? '';
    return service.includes('ManagedServer') && service.slice(service.lastIndexOf('/') + 1) === instance;
  });
  const replica = replicas.find(({ partition_id: id }) => own.some((partition) => partition.partition_id === id));
  const node = textOf(replica?.replica_address)?.split('\\')[0] ?? '';
  return node === '' || cluster === null ? null : `${node}.${cluster}`;
}

/** A parameter of the fabric; that of the section SQL where several have the name. */
export function parameterOf(parameters: readonly Row[], name: string): string | null {
  const found = parameters.filter(({ parameter_name: each }) => each === name);
  return textOf((found.find(({ section_name: section }) => section === 'SQL') ?? found[0])?.value);
}
