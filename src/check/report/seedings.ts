import type { ToldAttempt } from '../../link/data/database.ts';
import type { Transfer } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { seedingDirection } from '../../link/seeding.ts';
import type { SeedingReport, TransferReport } from './report.ts';

/** The first copies of a link that run or have failed, each as one end tells it: its source where that was seen. */
export function seedingsOf(link: AssessedLink): readonly SeedingReport[] {
  const all = link.seedings.flatMap(({ database, status, told }) =>
    status === 'running' || status === 'failed' ? told.map((each) => seedingReport(each, database, status)) : [],
  );
  return [...Map.groupBy(all, ({ database, status }) => `${status} ${database}`).values()]
    .flatMap((told) => told.toSorted(bestFirst).slice(0, 1))
    .toSorted((one, other) => (one.database < other.database ? -1 : 1));
}

/** A failure that only one end gives a reason for is told by that end. */
function bestFirst(one: SeedingReport, other: SeedingReport): number {
  return worth(other) - worth(one);
}

function worth({ errorCode, transfer, direction }: SeedingReport): number {
  return (errorCode ? 4 : 0) + (transfer === null ? 0 : 2) + (direction === 'source' ? 1 : 0);
}

function seedingReport(
  { end, attempt, transfer: found }: ToldAttempt,
  name: string,
  status: SeedingReport['status'],
): SeedingReport {
  const transfer = status === 'running' ? found : null;
  return {
    database: name === attempt.groupDatabaseId ? (transfer?.row.localDatabaseName ?? name) : name,
    server: end.server,
    status,
    direction: seedingDirection(transfer?.row.role ?? null, attempt.isSource),
    currentState: attempt.currentState,
    attempts: attempt.numberOfAttempts,
    startedTimestampSeconds: attempt.startTimestampSeconds,
    completedTimestampSeconds: attempt.completionTimestampSeconds,
    errorCode: attempt.errorCode,
    failureState: attempt.failureState,
    failureStateDescription: attempt.failureStateDescription,
    transfer: transfer === null ? null : transferReport(transfer),
  };
}

function transferReport({ row, isStalled, lastProgressTimestampSeconds }: Transfer): TransferReport {
  const { transferredBytes, databaseSizeBytes, isCompressionEnabled } = row;
  const isKnown = transferredBytes !== null && databaseSizeBytes !== null && databaseSizeBytes > 0;
  return {
    internalState: row.internalState,
    transferredBytes,
    databaseSizeBytes,
    rateBytesPerSecond: row.transferRateBytesPerSecond,
    isCompressed: isCompressionEnabled,
    progress: isKnown ? Math.min(1, Math.max(0, transferredBytes / databaseSizeBytes)) : null,
    // The link compresses unless it says that it does not.
    isProgressLowerBound: isCompressionEnabled !== false,
    estimatedCompletionTimestampSeconds: row.estimatedCompletionTimestampSeconds,
    isStalled,
    lastProgressTimestampSeconds,
  };
}
