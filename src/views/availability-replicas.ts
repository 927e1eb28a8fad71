import { view } from './view.ts';

/** The members of each group. */
export const availabilityReplicas = view({
  name: 'availability_replicas',
  source: 'sys.availability_replicas',
  columns: {
    replica_id: 'uniqueidentifier',
    group_id: 'uniqueidentifier',
    replica_server_name: 'nvarchar null',
    endpoint_url: 'nvarchar null',
    availability_mode_desc: 'nvarchar null',
    failover_mode_desc: 'nvarchar null',
    seeding_mode_desc: 'nvarchar null',
    session_timeout: 'int null',
  },
  lengths: { replica_server_name: 256, endpoint_url: 256 },
  parse: (record) => ({
    replicaId: record.replica_id.toUpperCase(),
    groupId: record.group_id.toUpperCase(),
    replicaServerName: record.replica_server_name,
    endpointUrl: record.endpoint_url,
    availabilityMode: record.availability_mode_desc,
    failoverMode: record.failover_mode_desc,
    seedingMode: record.seeding_mode_desc,
    sessionTimeoutSeconds: record.session_timeout,
  }),
});
