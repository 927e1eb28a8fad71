import { stallSeconds } from '../../link/seeding.ts';
import type { PhysicalSeeding, SeedingAttempt } from '../../model/seeding.ts';
import { type Family, family, type State } from '../family.ts';
import { flag, known, ofEach, stateFlags } from './made-of.ts';
import { newestAttempts, runningTransfers } from './seeding-rows.ts';

const transferView = 'sys.dm_hadr_physical_seeding_stats';
const attemptView = 'sys.dm_hadr_automatic_seeding';
const labels = ['server', 'link', 'managed_instance', 'database', 'direction'] as const;

/** The texts of current_state that Microsoft's pages show; the set is open. */
const attemptStates = [
  'PENDING',
  'CHECK_IF_SEEDING_NEEDED',
  'LIMIT_CONCURRENT_BACKUPS',
  'COMPLETED',
  'FAILED',
] as const;

interface TransferFamily {
  readonly name: string;
  readonly help: string;
  readonly column: string;
  readonly value: (row: PhysicalSeeding) => number | null;
}

export const seedingDatabaseSizeBytes = transferFamily({
  name: 'milink_seeding_database_size_bytes',
  help: 'Uncompressed size of the database that is being seeded, absent where more was sent than that',
  column: 'database_size_bytes',
  value: (row) => row.databaseSizeBytes,
});

export const seedingTransferredBytes = transferFamily({
  name: 'milink_seeding_transferred_bytes',
  help: 'Bytes transferred so far, compressed where the link compresses: need not reach the size of the database, absent where they exceed it',
  column: 'transferred_size_bytes',
  value: (row) => row.transferredBytes,
});

export const seedingRateBytesPerSecond = transferFamily({
  name: 'milink_seeding_rate_bytes_per_second',
  help: 'Rate of the transfer',
  column: 'transfer_rate_bytes_per_second',
  value: (row) => row.transferRateBytesPerSecond,
});

export const seedingStartTimestampSeconds = transferFamily({
  name: 'milink_seeding_start_timestamp_seconds',
  help: 'When the transfer started, Unix time',
  column: 'start_time_utc',
  value: (row) => row.startTimestampSeconds,
});

export const seedingEstimatedCompletionTimestampSeconds = transferFamily({
  name: 'milink_seeding_estimated_completion_timestamp_seconds',
  help: 'When the server expects the transfer to end, too late where the link compresses, absent where it can not be true, Unix time',
  column: 'estimate_time_complete_utc',
  value: (row) => row.estimatedCompletionTimestampSeconds,
});

export const seedingDiskIoWaitSeconds = transferFamily({
  name: 'milink_seeding_disk_io_wait_seconds',
  help: 'How long the transfer has waited for disks so far',
  column: 'total_disk_io_wait_time_ms',
  value: (row) => row.diskIoWaitSeconds,
});

export const seedingNetworkWaitSeconds = transferFamily({
  name: 'milink_seeding_network_wait_seconds',
  help: 'How long the transfer has waited for the network so far',
  column: 'total_network_wait_time_ms',
  value: (row) => row.networkWaitSeconds,
});

export const seedingCompressionEnabled = transferFamily({
  name: 'milink_seeding_compression_enabled',
  help: 'Whether the transfer is compressed (1 or 0)',
  column: 'is_compression_enabled',
  value: (row) => flag(row.isCompressionEnabled),
});

export const seedingLastProgressTimestampSeconds = family({
  name: 'milink_seeding_last_progress_timestamp_seconds',
  help: `When the exporter last saw the bytes of the transfer move, or first saw the transfer: transferred_size_bytes in ${transferView} from one poll to the next. Only while the transfer runs. Unix time.`,
  type: 'gauge',
  labels,
  source: `${transferView}.transferred_size_bytes`,
  scope: 'server',
  samples: (state) =>
    runningTransfers(state).flatMap(({ labels, row }) => known({ ...labels }, row.lastProgressTimestampSeconds)),
});

export const seedingStalled = family({
  name: 'milink_seeding_stalled',
  help: `Whether the bytes of the transfer have not moved for ${stallSeconds} seconds although it runs (1 or 0): transferred_size_bytes in ${transferView} from one poll to the next. Only while the transfer runs.`,
  type: 'gauge',
  labels,
  source: `${transferView}.transferred_size_bytes`,
  scope: 'server',
  samples: (state) => runningTransfers(state).flatMap(({ labels, row }) => known({ ...labels }, flag(row.isStalled))),
});

const transferFamilies: readonly Family[] = [
  seedingDatabaseSizeBytes,
  seedingTransferredBytes,
  seedingRateBytesPerSecond,
  seedingStartTimestampSeconds,
  seedingEstimatedCompletionTimestampSeconds,
  seedingDiskIoWaitSeconds,
  seedingNetworkWaitSeconds,
  seedingCompressionEnabled,
  seedingLastProgressTimestampSeconds,
  seedingStalled,
];

function transferFamily({ name, help, column, value }: TransferFamily): Family<(typeof labels)[number]> {
  return family({
    name,
    help: `${help}: ${column} in ${transferView}. Only while the transfer runs.`,
    type: 'gauge',
    labels,
    source: `${transferView}.${column}`,
    scope: 'server',
    samples: (state) => runningTransfers(state).flatMap(({ labels, row: { row } }) => known({ ...labels }, value(row))),
  });
}

/** Samples that are made of one value of each attempt. */
const ofEachAttempt = ofEach(newestAttempts, ({ row }) => row);

export const seedingAttempts = family({
  name: 'milink_seeding_attempts',
  help: `How often the server has tried to seed the database: number_of_attempts of the newest row for it in ${attemptView}.`,
  type: 'gauge',
  labels,
  source: `${attemptView}.number_of_attempts`,
  ...ofEachAttempt((row) => row.numberOfAttempts, known),
});

export const seedingState = family({
  name: 'milink_seeding_state',
  help: `State of the newest attempt to seed the database: 1 for the current_state in ${attemptView}, 0 for the other states that are documented. It stays after the attempt has ended.`,
  type: 'gauge',
  labels: [...labels, 'state'],
  source: `${attemptView}.current_state`,
  ...ofEachAttempt(
    (row) => row.currentState,
    (names, current) =>
      stateFlags(attemptStates, current).map(({ state, value }) => ({ labels: { ...names, state }, value })),
  ),
});

export const seedingFailed = family({
  name: 'milink_seeding_failed',
  help: `The newest attempt to seed the database failed and its copy is not there: one series with value 1, and error is the SQL Server error number (error_code in ${attemptView}), empty where there is none.`,
  type: 'gauge',
  labels: [...labels, 'error'],
  source: `${attemptView}.error_code`,
  samples: (state) =>
    newestAttempts(state)
      .filter(({ row }) => failedAttempts(state).has(row))
      .map(({ labels, row }) => ({
        labels: { ...labels, error: row.errorCode ? String(row.errorCode) : '' },
        value: 1,
      })),
});

/** Those that a copy has not come after: the view keeps every failure that once was. */
function failedAttempts({ links }: State): ReadonlySet<SeedingAttempt> {
  const failed = links.flatMap(({ seedings }) => seedings.filter(({ status }) => status === 'failed'));
  return new Set(failed.flatMap(({ told }) => told.map(({ attempt }) => attempt)));
}

const attemptFamilies: readonly Family[] = [seedingAttempts, seedingState, seedingFailed];

/** The first copy of each database over the link. `database` is a group_database_id where the server gives no name. */
export const seedingFamilies: readonly Family[] = [...transferFamilies, ...attemptFamilies];
