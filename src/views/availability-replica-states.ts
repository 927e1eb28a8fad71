import { ColumnError, localTimestampSeconds } from './column.ts';
import type { Tell } from './entry.ts';
import { parsedIn, type View, view } from './view.ts';

const documented = view({
  name: 'availability_replica_states',
  source: 'sys.dm_hadr_availability_replica_states',
  columns: {
    replica_id: 'uniqueidentifier',
    group_id: 'uniqueidentifier',
    is_local: 'bit null',
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
  parse: (record, { localOffsetSeconds, tell = () => undefined }) => ({
    replicaId: record.replica_id.toUpperCase(),
    groupId: record.group_id.toUpperCase(),
    isLocal: isLocal(record, tell),
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

interface Own {
  readonly is_local: boolean | null;
  readonly operational_state_desc: string | null;
}

/**
 * Whose row it is. Where that can't be read, `operational_state` tells it too: its NULL means that the replica is not local
 * (sys.dm_hadr_availability_replica_states).
 */
function isLocal({ is_local: given, operational_state_desc: state }: Own, tell: Tell): boolean {
  if (given !== null) return given;
  tell({ name: 'is_local', type: 'bit' }, 'told_otherwise', 'operational_state_desc');
  return state !== null;
}

/** Role, connection and health of each replica: without this view nothing can be said of a link. */
export const availabilityReplicaStates: View<'availability_replica_states'> = {
  ...documented,
  ...parsedIn<'availability_replica_states'>(function* steps(records, context) {
    let isTold = true;
    const tell: Tell = (column, oddity, came) => {
      if (oddity === 'told_otherwise') isTold = false;
      context.tell?.(column, oddity, came);
    };
    const rows = yield* documented.steps(records, { ...context, tell });
    // A server lists its own replica of each group: where none is known to be, both are missing.
    if (!isTold && rows.every((row) => !row.isLocal)) {
      throw new ColumnError(
        'no row of availability_replica_states has what tells it from the others: replica_id, group_id, is_local',
      );
    }
    return rows;
  }),
};
