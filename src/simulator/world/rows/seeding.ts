import type { Row } from '../../row.ts';
import { guid } from '../guid.ts';
import type { DatabaseState, SeedingAttempt } from '../state.ts';
import { type DatabaseIdentity, type EndName, otherEnd } from '../topology.ts';
import { databaseGroup, type EndView, type LinkView, shownDatabaseName } from '../view.ts';

/** A datetime that nobody has set. */
const datetimeZero = '1900-01-01T00:00:00.000';

/** sys.dm_hadr_automatic_seeding.failure_state_desc, by failure_state. */
const failureTexts: readonly string[] = [
  'Internal Error',
  'User Cancellation',
  'SQL Error',
  'Request Denied',
  'Thread Abort',
  'Primary Failure',
  'Transport',
  'Transport Replica',
  'Check If Seeding Needed',
  'Send Database File Info',
  'Create Callback',
  'Create Operation',
  'Create VDI Client',
  'Open VDI Client',
  'Create USC Session',
  'Seeding',
  'Restore String Creation',
  'Database ID Lookup',
  'Create Async Task',
  'Create Timeout Task',
  'Async Task Failure',
  'Seeding Check Message Timeout',
  'File Message Timeout',
  'Database With Name Already Exists',
  'Secondary Catchup Timeout',
  'Secondary Restore Stream Ready Timeout',
];

/** sys.dm_hadr_automatic_seeding: every attempt, on both ends, with times in the server's local time. */
export function automaticSeedingRows(view: EndView): readonly Row[] {
  return eachAttempt(view, (link, database, attempt) => {
    const failed = attempt.outcome.kind === 'failed' ? attempt.outcome : null;
    return {
      start_time: view.local(attempt.startedAtMilliseconds),
      completion_time: attempt.outcome.kind === 'running' ? null : view.local(attempt.outcome.atMilliseconds),
      ag_id: databaseGroup(view, link, database).groupId,
      ag_db_id: database.identity.groupDatabaseId,
      ag_remote_replica_id:
        attempt.isTowardsFormerPartner === true
          ? guid('former replica', databaseGroup(view, link, database).otherReplicaId)
          : databaseGroup(view, link, database).otherReplicaId,
      operation_id: operationId(view, database, { attempt, end: view.end }),
      is_source: attempt.source === view.end,
      current_state: currentState(attempt),
      performed_seeding: attempt.reachedPhysicalSeeding,
      failure_state: failed?.failureState ?? null,
      // The hundreds say on which side it failed.
      failure_state_desc: failed === null ? null : (failureTexts[failed.failureState % 100] ?? null),
      error_code: failed?.errorCode ?? null,
      number_of_attempts: 1 + database.seeding.indexOf(attempt),
    };
  });
}

function currentState({ outcome }: SeedingAttempt): string {
  switch (outcome.kind) {
    case 'running':
      return outcome.waitsIn ?? 'SEEDING';
    case 'completed':
      return 'COMPLETED';
    case 'failed':
      return 'FAILED';
  }
}

/** sys.dm_hadr_physical_seeding_stats: what runs now, in bytes and UTC. A managed instance names the database by its GUID. */
export function physicalSeedingRows(view: EndView): readonly Row[] {
  return eachAttempt(view, (_, database, attempt) => {
    if (attempt.outcome.kind !== 'running') {
      return null;
    }
    const { identity } = database;
    const elapsed = Math.max(view.world.nowMilliseconds - attempt.startedAtMilliseconds, 0);
    return {
      local_physical_seeding_id: operationId(view, database, { attempt, end: view.end }),
      remote_physical_seeding_id: operationId(view, database, { attempt, end: otherEnd(view.end) }),
      local_database_id: identity.databaseIds[view.end],
      local_database_name: shownDatabaseName(view, identity),
      remote_machine_name: view.other.hostName,
      role_desc: attempt.source === view.end ? 'Source' : 'Destination',
      // The states before the first byte are not published.
      internal_state_desc: attempt.outcome.waitsIn === undefined ? 'ReadingAndSendingData' : null,
      ...progressOf(view, identity, attempt),
      start_time_utc: view.utc(attempt.startedAtMilliseconds),
      total_disk_io_wait_time_ms: BigInt(Math.floor(elapsed * 0.12)),
      total_network_wait_time_ms: BigInt(Math.floor(elapsed * 0.31)),
      is_compression_enabled: true,
    };
  });
}

/** The estimate is from the uncompressed remainder, so too late for a compressed stream, as documented. */
function progressOf(view: EndView, identity: DatabaseIdentity, attempt: SeedingAttempt): Row {
  if (attempt.isUnmeasured === true) {
    return { transfer_rate_bytes_per_second: 0n, estimate_time_complete_utc: datetimeZero };
  }
  const remainingSeconds = (identity.sizeBytes - attempt.transferredBytes) / attempt.bytesPerSecond;
  return {
    transfer_rate_bytes_per_second: BigInt(Math.floor(attempt.bytesPerSecond)),
    transferred_size_bytes: BigInt(Math.floor(attempt.transferredBytes)),
    database_size_bytes: BigInt(identity.sizeBytes),
    estimate_time_complete_utc: Number.isFinite(remainingSeconds)
      ? view.utc(view.world.nowMilliseconds + remainingSeconds * 1000)
      : null,
  };
}

type AttemptRow = (link: LinkView, database: DatabaseState, attempt: SeedingAttempt) => Row | null;

function eachAttempt(view: EndView, row: AttemptRow): readonly Row[] {
  return view.links.flatMap((link) =>
    link.state.databases.flatMap((database) =>
      database.seeding.map((attempt) => row(link, database, attempt)).filter((made) => made !== null),
    ),
  );
}

interface OperationOf {
  readonly attempt: SeedingAttempt;
  readonly end: EndName;
}

function operationId(view: EndView, { identity }: DatabaseState, { attempt, end }: OperationOf): string {
  return guid(view.world.topology.seed, 'seeding', identity.groupDatabaseId, attempt.startedAtMilliseconds, end);
}
