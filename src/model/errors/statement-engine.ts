import type { Engine } from '../server.ts';

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
