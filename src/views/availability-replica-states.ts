import { localTimestampSeconds } from './value.ts';
import { view } from './view.ts';

/** Role, connection and health of each replica: without this view nothing can be said of a link. */
export const availabilityReplicaStates = view({
  name: 'availability_replica_states',
  source: 'sys.dm_hadr_availability_replica_states',
  columns: {
    replica_id: 'uniqueidentifier',
    group_id: 'uniqueidentifier',
    is_local: 'bit',
    role_desc: 'nvarchar null',
    operational_state_desc: 'nvarchar null',
    connected_state_desc: 'nvarchar null',
    recovery_health_desc: 'nvarchar null',
    synchronization_health_desc: 'nvarchar null',
    last_connect_error_number: 'int null',
    last_connect_error_description: 'nvarchar null',
    last_connect_error_timestamp: 'datetime null',
  },
  lengths: { last_connect_error_description: 1024 },
  parse: (record, { localOffsetSeconds }) => ({
    replicaId: record.replica_id.toUpperCase(),
    groupId: record.group_id.toUpperCase(),
    isLocal: record.is_local,
    role: record.role_desc,
    operationalState: record.operational_state_desc,
    connectedState: record.connected_state_desc,
    recoveryHealth: record.recovery_health_desc,
    synchronizationHealth: record.synchronization_health_desc,
    lastConnectErrorNumber: record.last_connect_error_number,
    lastConnectErrorDescription: record.last_connect_error_description,
    lastConnectErrorTimestampSeconds: localTimestampSeconds(record.last_connect_error_timestamp, localOffsetSeconds),
  }),
});
