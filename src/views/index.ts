import type { ViewName } from '../model/snapshot.ts';
import { automaticSeeding } from './automatic-seeding.ts';
import { availabilityGroups } from './availability-groups.ts';
import { availabilityReplicaStates } from './availability-replica-states.ts';
import { availabilityReplicas } from './availability-replicas.ts';
import { certificates } from './certificates.ts';
import { databaseMirroringEndpoints } from './database-mirroring-endpoints.ts';
import { databaseReplicaStates } from './database-replica-states.ts';
import { databases } from './databases.ts';
import { endpointCertificate } from './endpoint-certificate.ts';
import { masterFiles } from './master-files.ts';
import { performanceCounters } from './performance-counters.ts';
import { permissions } from './permissions.ts';
import { physicalSeedingStats } from './physical-seeding-stats.ts';
import { server } from './server.ts';
import { tcpEndpoints } from './tcp-endpoints.ts';
import type { View } from './view.ts';

/** Every view, keyed by its name so that none can be forgotten. */
const views: { readonly [Name in ViewName]: View<Name> } = {
  server,
  availability_replica_states: availabilityReplicaStates,
  permissions,
  availability_groups: availabilityGroups,
  availability_replicas: availabilityReplicas,
  physical_seeding_stats: physicalSeedingStats,
  automatic_seeding: automaticSeeding,
  database_mirroring_endpoints: databaseMirroringEndpoints,
  tcp_endpoints: tcpEndpoints,
  certificates,
  databases,
  performance_counters: performanceCounters,
  master_files: masterFiles,
  database_replica_states: databaseReplicaStates,
  endpoint_certificate: endpointCertificate,
};

/** The views in the order in which a poll reads them: first the essential ones. */
export const pollingOrder: readonly View[] = Object.values(views);

/** Without these a poll says nothing: what the server is, and how its replicas stand. */
export const essentialViews: readonly View[] = [server, availabilityReplicaStates];
