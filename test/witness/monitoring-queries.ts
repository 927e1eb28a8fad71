/**
 * The questions of Microsoft's troubleshooting guide for the link (facts: which views, which joins, which filters),
 * asked in our own words, with the same features of the language.
 */

/** The health that a primary sees of its partner; nothing on a secondary. */
export function linkHealth(link: string): string {
  return `
DECLARE @wanted varchar(max) = '${link}'
SELECT partner.synchronization_health_desc [Health]
FROM sys.dm_hadr_availability_replica_states partner
JOIN sys.availability_groups link ON link.group_id = partner.group_id
WHERE link.name = @wanted AND link.is_distributed = 1
  AND partner.role = 2 AND partner.is_local = 0`;
}

/** The role of the server that is asked; PRIMARY from both is a split brain. */
export function linkRole(link: string): string {
  return `
USE master
DECLARE @wanted varchar(max) = '${link}'
SELECT link.name [Link], own.role_desc [Role]
FROM sys.dm_hadr_availability_replica_states own
JOIN sys.availability_groups link ON link.group_id = own.group_id
WHERE link.name = @wanted AND link.is_distributed = 1 AND own.is_local = 1`;
}

/** Where each running seeding is; columns of the second view without qualifier. */
export const seedingProgress = `
SELECT stream.local_database_name AS 'Database here',
  attempt.current_state AS 'State', is_source AS 'Sends',
  stream.internal_state_desc AS 'Doing',
  stream.database_size_bytes / 1024 / 1024 AS 'Size in MB',
  stream.transferred_size_bytes / 1024 / 1024 AS 'Done in MB',
  stream.transfer_rate_bytes_per_second / 1024 / 1024 AS 'MB per second',
  stream.total_disk_io_wait_time_ms / 1000 AS 'Waited for disks (sec)',
  stream.total_network_wait_time_ms / 1000 AS 'Waited for network (sec)',
  is_compression_enabled as 'Compressed',
  stream.start_time_utc AS 'Since (UTC)',
  attempt.completion_time AS 'Ended',
  number_of_attempts AS 'Attempt'
FROM sys.dm_hadr_physical_seeding_stats AS stream
INNER JOIN sys.dm_hadr_automatic_seeding AS attempt ON operation_id = local_physical_seeding_id`;

/** How long each running seeding will have taken, as hours, minutes and seconds. */
export const seedingDuration = `
-- From midnight on, so that style 108 shows a length of time
SELECT DISTINCT CONVERT(VARCHAR(8), DATEADD(SECOND,
  DATEDIFF(SECOND, start_time_utc, estimate_time_complete_utc), 0), 108) as 'Takes'
FROM sys.dm_hadr_physical_seeding_stats`;

/** What the guide's network check asks a managed instance first: its name, its node's name and the port of its replicas. */
export const networkNames = `
SELECT 'server ' + value AS answer FROM sys.dm_hadr_fabric_config_parameters WHERE parameter_name = 'DnsRecordName'
UNION
SELECT 'node ' + place.Node + '.' + cluster.Name
FROM (
  SELECT SUBSTRING(replica_address, 0, CHARINDEX('\\', replica_address)) AS Node,
    RIGHT(service_name, CHARINDEX('/', REVERSE(service_name)) - 1) App, Both = 1
  FROM sys.dm_hadr_fabric_replicas r
  INNER JOIN sys.dm_hadr_fabric_partitions p ON r.partition_id = p.partition_id
  INNER JOIN sys.dm_hadr_fabric_nodes n ON n.node_name = r.node_name
  WHERE r.replica_role = 2 AND p.service_name LIKE '%ManagedServer%'
) place
LEFT JOIN (
  SELECT value AS Name, Both = 1 FROM sys.dm_hadr_fabric_config_parameters WHERE parameter_name = 'ClusterName'
) cluster ON (cluster.Both = place.Both)
INNER JOIN (
  SELECT [value] AS App FROM sys.dm_hadr_fabric_config_parameters
  WHERE parameter_name = 'InstanceName' AND section_name = 'SQL'
) instance ON (instance.App = place.App)
UNION
SELECT 'port ' + value FROM sys.dm_hadr_fabric_config_parameters WHERE parameter_name = 'HadrPort';`;
