import type { DatabaseReplicaState } from '../../model/database.ts';
import { type Family, family } from '../family.ts';
import {
  copyLabels,
  databaseCopies,
  databaseEnds,
  databaseLabels,
  ofEachCopy,
  ofEachEnd,
  rowsWithoutLink,
  databaseView as view,
  whichCopy,
} from './database-rows.ts';
import { known } from './made-of.ts';

interface CopyFamily {
  readonly name: string;
  readonly help: string;
  readonly column: string;
  readonly value: (row: DatabaseReplicaState) => number | null;
}

export const databaseLogSendQueueBytes = copyFamily({
  name: 'milink_database_log_send_queue_bytes',
  help: 'Log that has not been sent yet',
  column: 'log_send_queue_size',
  value: (row) => row.logSendQueueBytes,
});

export const databaseLogSendRateBytesPerSecond = copyFamily({
  name: 'milink_database_log_send_rate_bytes_per_second',
  help: 'Rate at which log was sent when last there was any, stale while there is none',
  column: 'log_send_rate',
  value: (row) => row.logSendRateBytesPerSecond,
});

export const databaseRedoQueueBytes = copyFamily({
  name: 'milink_database_redo_queue_bytes',
  help: 'Log that has not been redone yet',
  column: 'redo_queue_size',
  value: (row) => row.redoQueueBytes,
});

export const databaseRedoRateBytesPerSecond = copyFamily({
  name: 'milink_database_redo_rate_bytes_per_second',
  help: 'Rate at which log is redone, averaged over the time that redo was running',
  column: 'redo_rate',
  value: (row) => row.redoRateBytesPerSecond,
});

export const databaseLastHardenedTimestampSeconds = copyFamily({
  name: 'milink_database_last_hardened_timestamp_seconds',
  help: 'When the last log block was hardened, Unix time',
  column: 'last_hardened_time',
  value: (row) => row.lastHardenedTimestampSeconds,
});

function copyFamily({ name, help, column, value }: CopyFamily): Family<(typeof copyLabels)[number]> {
  return family({
    name,
    help: `${help}: ${column} in ${view}. ${whichCopy}`,
    type: 'gauge',
    labels: copyLabels,
    source: `${view}.${column}`,
    ...ofEachCopy(value, known),
  });
}

const copyFamilies: readonly Family[] = [
  databaseLogSendQueueBytes,
  databaseLogSendRateBytesPerSecond,
  databaseRedoQueueBytes,
  databaseRedoRateBytesPerSecond,
  databaseLastHardenedTimestampSeconds,
];

export const databaseLastCommitTimestampSeconds = family({
  name: 'milink_database_last_commit_timestamp_seconds',
  help: `When the last commit that the copy has was made, by the clock of the primary: last_commit_time in ${view}. Only from the primary: a secondary shows it in the time zone of the primary, without saying which. ${whichCopy} Unix time.`,
  type: 'gauge',
  labels: copyLabels,
  source: `${view}.last_commit_time`,
  samples: (state) =>
    databaseEnds(state).flatMap(({ labels: names, end }) => [
      ...known({ ...names, replica: 'local' }, end.role === 'PRIMARY' ? end.lastCommitTimestampSeconds : null),
      ...known({ ...names, replica: 'partner' }, end.partner?.lastCommitTimestampSeconds ?? null),
    ]),
});

export const databaseSecondaryLagSeconds = family({
  name: 'milink_database_secondary_lag_seconds',
  help: `How far the copy of the partner is behind, as the primary says: secondary_lag_seconds in ${view}. A 0 is absent unless the ends are connected, data movement is not suspended and the copy is SYNCHRONIZING or SYNCHRONIZED.`,
  type: 'gauge',
  labels: databaseLabels,
  source: `${view}.secondary_lag_seconds`,
  ...ofEachEnd((end) => end.figures.secondaryLagSeconds, known),
});

export const databaseEstimatedDataLossSeconds = family({
  name: 'milink_database_estimated_data_loss_seconds',
  help: `Seconds of commits that a forced failover would lose: last_commit_time of the primary minus that of its partner, both as the primary says in ${view}; at most the time since the partner last hardened log, and since the exporter last saw it with every commit.`,
  type: 'gauge',
  labels: databaseLabels,
  source: `${view}.last_commit_time`,
  ...ofEachEnd((end) => end.figures.estimatedDataLossSeconds, known),
});

export const databaseEstimatedRecoverySeconds = family({
  name: 'milink_database_estimated_recovery_seconds',
  help: `Seconds that the copy needs to redo what it has: redo_queue_size by redo_rate in ${view}. Absent where there is no rate and while redo does not move: the copy is suspended, not connected, not being synchronized, or its queue stood still between two polls. ${whichCopy}`,
  type: 'gauge',
  labels: copyLabels,
  source: `${view}.redo_queue_size`,
  samples: (state) =>
    databaseCopies(state).flatMap(({ labels: names, figures }) =>
      known({ ...names }, figures.estimatedRecoverySeconds[names.replica]),
    ),
});

export const databaseLogReuseWait = family({
  name: 'milink_database_log_reuse_wait',
  help: 'Why the log of the database can not be truncated: one series with value 1, and reason is log_reuse_wait_desc in sys.databases, NOTHING where it can.',
  type: 'gauge',
  labels: [...databaseLabels, 'reason'],
  source: 'sys.databases.log_reuse_wait_desc',
  ...ofEachEnd(
    ({ catalog }) => catalog?.logReuseWait ?? null,
    (names, reason) => (reason === null ? [] : [{ labels: { ...names, reason }, value: 1 }]),
  ),
});

export const databaseRowsWithoutLink = family({
  name: 'milink_database_rows_without_link',
  help: `How many rows of ${view} are of a group_id that sys.availability_groups does not show and that belongs to no link as far as can be told: their databases have no series. Groups within a multi-database link are hidden like that.`,
  type: 'gauge',
  labels: ['server'],
  source: `${view}.group_id`,
  samples: (state) => rowsWithoutLink(state).map(({ server, count }) => ({ labels: { server }, value: count })),
});

const endFamilies: readonly Family[] = [
  databaseLastCommitTimestampSeconds,
  databaseSecondaryLagSeconds,
  databaseEstimatedDataLossSeconds,
  databaseEstimatedRecoverySeconds,
  databaseLogReuseWait,
  databaseRowsWithoutLink,
];

/** Queues, rates, times and what they mean, of each database of each link as each end knows it. */
export const databaseFamilies: readonly Family[] = [...copyFamilies, ...endFamilies];
