import { bigintNumber, bytesOfKilobytes, localTimestampSeconds } from './column.ts';
import { view } from './view.ts';

/**
 * Each copy of each database in each group. The slowest view of all: a large instance takes a minute and more for it, so
 * it has its own time limit and comes last.
 */
export const databaseReplicaStates = view({
  name: 'database_replica_states',
  source: 'sys.dm_hadr_database_replica_states',
  columns: {
    database_id: 'int null',
    group_id: 'uniqueidentifier',
    replica_id: 'uniqueidentifier',
    group_database_id: 'uniqueidentifier',
    is_local: 'bit null',
    is_primary_replica: 'bit null',
    synchronization_state_desc: 'nvarchar null',
    synchronization_health_desc: 'nvarchar null',
    database_state_desc: 'nvarchar null',
    is_suspended: 'bit null',
    suspend_reason_desc: 'nvarchar null',
    last_sent_lsn: 'lsn null',
    last_received_lsn: 'lsn null',
    last_hardened_lsn: 'lsn null',
    last_redone_lsn: 'lsn null',
    end_of_log_lsn: 'lsn null',
    last_commit_lsn: 'lsn null',
    last_sent_time: 'datetime null',
    last_received_time: 'datetime null',
    last_hardened_time: 'datetime null',
    last_redone_time: 'datetime null',
    last_commit_time: 'datetime null',
    log_send_queue_size: 'bigint null',
    log_send_rate: 'bigint null',
    redo_queue_size: 'bigint null',
    redo_rate: 'bigint null',
    secondary_lag_seconds: 'bigint null',
  },
  expressions: {
    last_sent_lsn: asText('last_sent_lsn'),
    last_received_lsn: asText('last_received_lsn'),
    last_hardened_lsn: asText('last_hardened_lsn'),
    last_redone_lsn: asText('last_redone_lsn'),
    end_of_log_lsn: asText('end_of_log_lsn'),
    last_commit_lsn: asText('last_commit_lsn'),
  },
  parse: (record, { localOffsetSeconds }) => ({
    databaseId: record.database_id,
    groupId: record.group_id.toUpperCase(),
    replicaId: record.replica_id.toUpperCase(),
    groupDatabaseId: record.group_database_id.toUpperCase(),
    isLocal: record.is_local,
    isPrimaryReplica: record.is_primary_replica,
    synchronizationState: record.synchronization_state_desc,
    synchronizationHealth: record.synchronization_health_desc,
    databaseState: record.database_state_desc,
    isSuspended: record.is_suspended,
    suspendReason: record.suspend_reason_desc,
    lastSentLsn: record.last_sent_lsn,
    lastReceivedLsn: record.last_received_lsn,
    lastHardenedLsn: record.last_hardened_lsn,
    lastRedoneLsn: record.last_redone_lsn,
    endOfLogLsn: record.end_of_log_lsn,
    lastCommitLsn: record.last_commit_lsn,
    lastSentTimestampSeconds: localTimestampSeconds(record.last_sent_time, localOffsetSeconds),
    lastReceivedTimestampSeconds: localTimestampSeconds(record.last_received_time, localOffsetSeconds),
    lastHardenedTimestampSeconds: localTimestampSeconds(record.last_hardened_time, localOffsetSeconds),
    lastRedoneTimestampSeconds: localTimestampSeconds(record.last_redone_time, localOffsetSeconds),
    lastCommitTimestampSeconds: localTimestampSeconds(record.last_commit_time, localOffsetSeconds),
    logSendQueueBytes: bytesOfKilobytes(record.log_send_queue_size),
    logSendRateBytesPerSecond: bytesOfKilobytes(record.log_send_rate),
    redoQueueBytes: bytesOfKilobytes(record.redo_queue_size),
    redoRateBytesPerSecond: bytesOfKilobytes(record.redo_rate),
    secondaryLagSeconds: bigintNumber(record.secondary_lag_seconds),
  }),
});

/** numeric(25,0): the driver would round it. 25 digits and a sign. */
function asText(column: string): string {
  return `CAST(${column} AS varchar(26))`;
}
