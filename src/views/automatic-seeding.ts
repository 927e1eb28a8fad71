import { localTimestampSeconds } from './column.ts';
import { view } from './view.ts';

/** Attempts to seed, with their history. `current_state` is documented as bit but is text: samples compare strings. */
export const automaticSeeding = view({
  name: 'automatic_seeding',
  source: 'sys.dm_hadr_automatic_seeding',
  columns: {
    ag_id: 'uniqueidentifier null',
    ag_db_id: 'uniqueidentifier null',
    ag_remote_replica_id: 'uniqueidentifier null',
    operation_id: 'uniqueidentifier null',
    is_source: 'bit null',
    current_state: 'nvarchar null',
    start_time: 'datetime null',
    completion_time: 'datetime null',
    performed_seeding: 'bit null',
    failure_state: 'int null',
    failure_state_desc: 'nvarchar null',
    error_code: 'int null',
    number_of_attempts: 'int null',
  },
  // The documented type and the samples disagree: as text it reads the same either way.
  expressions: { current_state: 'CAST(current_state AS nvarchar(60))' },
  parse: (record, { localOffsetSeconds }) => ({
    groupId: record.ag_id?.toUpperCase() ?? null,
    groupDatabaseId: record.ag_db_id?.toUpperCase() ?? null,
    remoteReplicaId: record.ag_remote_replica_id?.toUpperCase() ?? null,
    operationId: record.operation_id?.toUpperCase() ?? null,
    isSource: record.is_source,
    currentState: record.current_state,
    startTimestampSeconds: localTimestampSeconds(record.start_time, localOffsetSeconds),
    completionTimestampSeconds: localTimestampSeconds(record.completion_time, localOffsetSeconds),
    performedSeeding: record.performed_seeding,
    failureState: record.failure_state,
    failureStateDescription: record.failure_state_desc,
    errorCode: record.error_code,
    numberOfAttempts: record.number_of_attempts,
  }),
});
