import { agentRows } from '../../agent/rows.ts';
import type { Row } from '../../row.ts';
import type { World } from '../state.ts';
import type { EndName } from '../topology.ts';
import { type EndView, viewFrom } from '../view.ts';
import { backupRows } from './backups.ts';
import { certificateRows } from './certificates.ts';
import { databaseClusterStateRows } from './database-cluster-states.ts';
import { databaseStateRows } from './database-states.ts';
import { databaseRows } from './databases.ts';
import { endpointRows, mirroringEndpointRows, tcpEndpointRows } from './endpoints.ts';
import { execSessionRows } from './exec-sessions.ts';
import { fabricConfigParameterRows, fabricNodeRows, fabricPartitionRows, fabricReplicaRows } from './fabric.ts';
import { availabilityDatabaseRows, availabilityGroupRows, availabilityReplicaRows } from './groups.ts';
import { internalGroupRows, internalReplicaRows } from './internal-groups.ts';
import { masterFileRows, performanceCounterRows } from './log-space.ts';
import { messageRows } from './messages.ts';
import { rowsOnNode } from './node.ts';
import {
  allObjectRows,
  clusterRows,
  databaseRecoveryStatusRows,
  encryptionKeyRows,
  extendedEventSessionRows,
  filegroupRows,
  hostInfoRows,
  serverPrincipalRows,
  serverResourceRows,
  serverServiceRows,
  symmetricKeyRows,
  versionStoreRows,
} from './preparation.ts';
import { groupStateRows, replicaClusterStateRows, replicaStateRows } from './replica-states.ts';
import { automaticSeedingRows, physicalSeedingRows } from './seeding.ts';

/** `database` is the one in which a view is asked that has rows of its own in each. */
type RowsOf = (view: EndView, database: string) => readonly Row[];

/** What fills each view of the catalogue. */
const sources: ReadonlyMap<string, RowsOf> = new Map<string, RowsOf>([
  ['availability_groups', availabilityGroupRows],
  ['availability_replicas', availabilityReplicaRows],
  ['dm_hadr_availability_replica_states', replicaStateRows],
  ['dm_hadr_availability_group_states', groupStateRows],
  ['dm_hadr_database_replica_states', databaseStateRows],
  ['dm_hadr_database_replica_cluster_states', databaseClusterStateRows],
  ['dm_hadr_availability_replica_cluster_states', replicaClusterStateRows],
  ['dm_hadr_physical_seeding_stats', physicalSeedingRows],
  ['dm_hadr_automatic_seeding', automaticSeedingRows],
  ['certificates', certificateRows],
  ['endpoints', endpointRows],
  ['tcp_endpoints', tcpEndpointRows],
  ['database_mirroring_endpoints', mirroringEndpointRows],
  ['databases', databaseRows],
  ['backupset', backupRows],
  ['master_files', masterFileRows],
  ['dm_os_performance_counters', performanceCounterRows],
  ['availability_databases_cluster', availabilityDatabaseRows],
  ['dm_hadr_internal_availability_groups', internalGroupRows],
  ['dm_hadr_internal_availability_replicas', internalReplicaRows],
  ['messages', messageRows],
  ['dm_exec_sessions', execSessionRows],
  ['dm_hadr_fabric_config_parameters', fabricConfigParameterRows],
  ['dm_hadr_fabric_partitions', fabricPartitionRows],
  ['dm_hadr_fabric_replicas', fabricReplicaRows],
  ['dm_hadr_fabric_nodes', fabricNodeRows],
  ['symmetric_keys', symmetricKeyRows],
  ['dm_os_host_info', hostInfoRows],
  ['dm_hadr_cluster', clusterRows],
  ['dm_server_services', serverServiceRows],
  ['dm_xe_sessions', extendedEventSessionRows],
  ['all_objects', allObjectRows],
  ['objects', () => []],
  ['server_principals', serverPrincipalRows],
  ['database_recovery_status', databaseRecoveryStatusRows],
  ['filegroups', filegroupRows],
  ['dm_database_encryption_keys', encryptionKeyRows],
  ['dm_tran_persistent_version_store_stats', versionStoreRows],
  ['server_resource_stats', serverResourceRows],
]);

/**
 * The rows that an end shows in a view, by lower-case name, in the newest version's columns; an older version leaves some out.
 * Throws for a view that the catalogue does not have.
 * `node` other than 0 is a further node of SQL Server's.
 */
export function rowsOf(
  world: World,
  end: EndName,
  table: string,
  { node = 0, database = 'master' } = {},
): readonly Row[] {
  // Jobs are no part of a world that a scenario makes: the Agent has their rows.
  if (agentRows.has(table)) return [];
  const source = sources.get(table);
  if (source === undefined) {
    throw new Error(`no rows are known for the view ${table}: add it to the simulator's list of rows`);
  }
  const view = viewFrom(world, end, node);
  return rowsOnNode(view, table, source(view, database));
}
