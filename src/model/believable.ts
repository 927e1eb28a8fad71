import type { ReplicaState } from './availability.ts';
import type { DatabaseReplicaState } from './database.ts';
import type { PhysicalSeeding, SeedingAttempt } from './seeding.ts';

/** 2012-01-01: availability groups came with SQL Server 2012. An earlier instant, as 1900-01-01, stands for no value. */
const earliestTimestampSeconds = 1_325_376_000;
const daySeconds = 86_400;
/** What is over can't lie ahead: a day leaves room for a zone that was taken wrongly. */
const skewSeconds = daySeconds;
/** A transfer that would take longer never ends: making a link is given up after six days. */
const longestSeconds = 366 * daySeconds;

/** A count of bytes, a rate or a duration; null for one that can't be true. */
export function amount(value: number | null): number | null {
  return value !== null && Number.isFinite(value) && value >= 0 ? value : null;
}

/** An instant that is over, Unix seconds; null for one that can't be true. `nowSeconds`: by the clock that it is of. */
export function pastInstant(value: number | null, nowSeconds: number): number | null {
  return isBetween(value, earliestTimestampSeconds, nowSeconds + skewSeconds) ? value : null;
}

/** An instant at which something is expected to end, Unix seconds; null for one that can't be true. */
export function expectedInstant(value: number | null, nowSeconds: number): number | null {
  return isBetween(value, earliestTimestampSeconds, nowSeconds + longestSeconds) ? value : null;
}

function isBetween(value: number | null, from: number, to: number): boolean {
  return value !== null && value >= from && value <= to;
}

/** The row with null in place of what can't be true; the same object where all of it can. */
export function believableCopy(row: DatabaseReplicaState, nowSeconds: number): DatabaseReplicaState {
  return corrected(row, {
    lastSentTimestampSeconds: pastInstant(row.lastSentTimestampSeconds, nowSeconds),
    lastReceivedTimestampSeconds: pastInstant(row.lastReceivedTimestampSeconds, nowSeconds),
    lastHardenedTimestampSeconds: pastInstant(row.lastHardenedTimestampSeconds, nowSeconds),
    lastRedoneTimestampSeconds: pastInstant(row.lastRedoneTimestampSeconds, nowSeconds),
    lastCommitTimestampSeconds: pastInstant(row.lastCommitTimestampSeconds, nowSeconds),
    logSendQueueBytes: amount(row.logSendQueueBytes),
    logSendRateBytesPerSecond: amount(row.logSendRateBytesPerSecond),
    redoQueueBytes: amount(row.redoQueueBytes),
    redoRateBytesPerSecond: amount(row.redoRateBytesPerSecond),
    secondaryLagSeconds: amount(row.secondaryLagSeconds),
  });
}

/** As `believableCopy`. */
export function believableReplica(row: ReplicaState, nowSeconds: number): ReplicaState {
  const { lastConnectErrorTimestampSeconds } = row;
  return corrected(row, {
    lastConnectErrorTimestampSeconds: pastInstant(lastConnectErrorTimestampSeconds, nowSeconds),
  });
}

/** As `believableCopy`. */
export function believableAttempt(row: SeedingAttempt, nowSeconds: number): SeedingAttempt {
  return corrected(row, {
    startTimestampSeconds: pastInstant(row.startTimestampSeconds, nowSeconds),
    completionTimestampSeconds: pastInstant(row.completionTimestampSeconds, nowSeconds),
    numberOfAttempts: amount(row.numberOfAttempts),
  });
}

/**
 * As `believableCopy`. More bytes sent than the database has: one of the two is wrong and it can't be told which, so
 * neither is told. The server makes its estimate from both, and so it is gone with them.
 */
export function believableTransfer(row: PhysicalSeeding, nowSeconds: number): PhysicalSeeding {
  const start = pastInstant(row.startTimestampSeconds, nowSeconds);
  const estimate = expectedInstant(row.estimatedCompletionTimestampSeconds, nowSeconds);
  const sizes = believableSizes(row);
  const isEstimated = sizes.databaseSizeBytes !== null && estimate !== null && (start === null || estimate >= start);
  return corrected(row, {
    ...sizes,
    transferRateBytesPerSecond: amount(row.transferRateBytesPerSecond),
    startTimestampSeconds: start,
    endTimestampSeconds: pastInstant(row.endTimestampSeconds, nowSeconds),
    estimatedCompletionTimestampSeconds: isEstimated ? estimate : null,
    diskIoWaitSeconds: amount(row.diskIoWaitSeconds),
    networkWaitSeconds: amount(row.networkWaitSeconds),
    failureTimestampSeconds: pastInstant(row.failureTimestampSeconds, nowSeconds),
  });
}

function believableSizes(row: PhysicalSeeding): Pick<PhysicalSeeding, 'transferredBytes' | 'databaseSizeBytes'> {
  const transferredBytes = amount(row.transferredBytes);
  // No database is empty: 0 is a size that is not known yet.
  const databaseSizeBytes = amount(row.databaseSizeBytes) || null;
  const isPossible = transferredBytes === null || databaseSizeBytes === null || transferredBytes <= databaseSizeBytes;
  return isPossible ? { transferredBytes, databaseSizeBytes } : { transferredBytes: null, databaseSizeBytes: null };
}

/** The same object where nothing changes: whoever compares links by identity sees that they are the same. */
function corrected<Row extends object>(row: Row, values: Partial<Row>): Row {
  const names = Object.keys(values) as (keyof Row)[];
  return names.every((name) => values[name] === row[name]) ? row : { ...row, ...values };
}
