import type { Engine } from '../server.ts';

/** Steps that several errors share. */
export const testNetwork =
  'Test TCP from each end to the other: port 5022 both ways, and 11000 to 11999 from SQL Server to the managed instance. `milink-exporter test-network` does it (docs/network.md).';

export const openFirewall =
  "Open what is closed in the firewall of the host, the network's firewalls and the network security group of the managed instance's subnet.";

export const compareNames =
  'Compare names and addresses at both ends: `SELECT g.name, r.replica_server_name, r.endpoint_url FROM sys.availability_groups AS g JOIN sys.availability_replicas AS r ON r.group_id = g.group_id;`';

export const readPartnerLog =
  "Look for the cause in the partner's error log at the same time: `EXEC sys.sp_readerrorlog 0, 1;`";

export const createAgain =
  'Delete what is left of the link and create it again; before that, `milink-exporter preflight` says what stands in its way.';

export const runCheck = 'Run `milink-exporter check` to see how both ends stand now.';

export const showEndpoint =
  "Look at SQL Server's endpoint: `SELECT e.name, e.state_desc, e.connection_auth_desc, e.is_encryption_enabled, t.port FROM sys.database_mirroring_endpoints AS e JOIN sys.tcp_endpoints AS t ON t.endpoint_id = e.endpoint_id;`";

export const startEndpoint =
  "Start SQL Server's endpoint if it is not STARTED: `ALTER ENDPOINT [endpoint] STATE = STARTED;`";

export const showEndpointCertificate =
  "Find SQL Server's endpoint certificate: `SELECT c.name, c.thumbprint, c.expiry_date FROM sys.database_mirroring_endpoints AS e JOIN master.sys.certificates AS c ON c.certificate_id = e.certificate_id;`";

export const uploadCertificate =
  'Upload the whole certificate, as `CERTENCODED` gives it, to the managed instance, for every node of the availability group: `New-AzSqlInstanceServerTrustCertificate` or `az sql mi partner-cert create`.';

export const showReplicaStates =
  'Look at the connection from both ends: `SELECT g.name, s.is_local, connected_state_desc, last_connect_error_number, last_connect_error_timestamp, last_connect_error_description FROM sys.dm_hadr_availability_replica_states AS s LEFT JOIN sys.availability_groups AS g ON g.group_id = s.group_id;`';

export const showDatabaseStates =
  'See which database is affected: `SELECT g.name, DB_NAME(s.database_id) AS database_name, s.is_local, s.synchronization_state_desc, s.is_suspended, s.suspend_reason_desc FROM sys.dm_hadr_database_replica_states AS s LEFT JOIN sys.availability_groups AS g ON g.group_id = s.group_id;`';

// Microsoft's page on T-SQL differences has HADR among the options that a managed instance does not let people change.
export const resume =
  'Resume data movement on the server that shows it suspended (if a managed instance refuses that, ask Azure support): `ALTER DATABASE [database] SET HADR RESUME;`';

export const askSupport = 'If it goes on for more than an hour, open a support request for the managed instance.';

export const updateBuild =
  'Update SQL Server to a build that can carry a link: 2016 SP3 and 2017 CU31 need the Azure Connect Pack, 2019 needs CU20, 2022 and 2025 none.';

export const readGroupLog =
  "Read the error log of this server around that time: `EXEC sys.sp_readerrorlog 0, 1;` and, for SQL Server on Windows, the cluster's log.";

export const showGroups =
  'See what this server has: `SELECT g.name, g.is_distributed, c.database_name FROM sys.availability_groups AS g LEFT JOIN sys.availability_databases_cluster AS c ON c.group_id = g.group_id;`';

export const removeLeftovers =
  'Remove what an earlier attempt left, in the order of the runbook on recreating a link, then run the statement again.';

export const checkFailover =
  'See what stands against a planned failover: `milink-exporter check` names each reason, and its server.';

export const keepAuthentication =
  'AUTHENTICATION replaces all that an endpoint has: where its `connection_auth_desc` is more than CERTIFICATE, say that again beside it, as `WINDOWS NEGOTIATE CERTIFICATE [<certificate>]`, or its own replicas are cut off.';

/**
 * What only SQL Server lets people do: on a managed instance the endpoint, the groups, the backups of the log and these options of a
 * database are the service's (Microsoft's pages on T-SQL differences and on the link).
 */
const ofSqlServer =
  /\bENDPOINT\b|\b(?:database_mirroring|tcp)_endpoints\b|\bTO DISK\b|\bBACKUP LOG\b|\bDBCC TRACEO|\bCREATE CERTIFICATE\b|\bmaster\.sys\.certificates\b|\bsp_configure\b|\bdm_hadr_cluster_members\b|\bdm_server_services\b|\bSET (?:RECOVERY|AUTO_CLOSE|MULTI_USER|READ_WRITE)\b|\bREMOVE FILE\b|\bAVAILABILITY GROUP \[group\]/;

const ofManagedInstance = /\bsp_get_endpoint_certificate\b/;

/** The engine that alone takes this statement of the catalogue; null where both do. */
export function statementEngine(statement: string): Engine | null {
  if (ofManagedInstance.test(statement)) return 'managed_instance';
  return ofSqlServer.test(statement) ? 'sql_server' : null;
}
