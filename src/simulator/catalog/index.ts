import { agentTables } from './agent.ts';
import { automaticSeeding } from './automatic-seeding.ts';
import { availabilityDatabasesCluster } from './availability-databases-cluster.ts';
import { availabilityGroupStates } from './availability-group-states.ts';
import { availabilityGroups } from './availability-groups.ts';
import { availabilityReplicaClusterStates } from './availability-replica-cluster-states.ts';
import { availabilityReplicaStates } from './availability-replica-states.ts';
import { availabilityReplicas } from './availability-replicas.ts';
import { backupset } from './backupset.ts';
import { certificates } from './certificates.ts';
import { databaseMirroringEndpoints } from './database-mirroring-endpoints.ts';
import { databaseReplicaClusterStates } from './database-replica-cluster-states.ts';
import { databaseReplicaStates } from './database-replica-states.ts';
import { databases } from './databases.ts';
import { endpoints } from './endpoints.ts';
import { execSessions } from './exec-sessions.ts';
import { fabricConfigParameters, fabricNodes, fabricPartitions, fabricReplicas } from './fabric.ts';
import { internalAvailabilityGroups, internalAvailabilityReplicas } from './internal-availability-groups.ts';
import { masterFiles } from './master-files.ts';
import { messages } from './messages.ts';
import { performanceCounters } from './performance-counters.ts';
import { physicalSeedingStats } from './physical-seeding-stats.ts';
import { preparationTables } from './preparation.ts';
import type { Table } from './table.ts';
import { tcpEndpoints } from './tcp-endpoints.ts';

/** Every system view that the simulator has, in every version; `tablesOf` says which a version has. */
export const tables: readonly Table[] = [
  availabilityGroups,
  availabilityReplicas,
  availabilityReplicaStates,
  availabilityGroupStates,
  databaseReplicaStates,
  databaseReplicaClusterStates,
  availabilityReplicaClusterStates,
  physicalSeedingStats,
  automaticSeeding,
  certificates,
  endpoints,
  tcpEndpoints,
  databaseMirroringEndpoints,
  databases,
  backupset,
  masterFiles,
  performanceCounters,
  availabilityDatabasesCluster,
  internalAvailabilityGroups,
  internalAvailabilityReplicas,
  messages,
  execSessions,
  fabricConfigParameters,
  fabricPartitions,
  fabricReplicas,
  fabricNodes,
  ...preparationTables,
  ...agentTables,
];
