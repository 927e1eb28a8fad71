import type { DatabaseEnd, LinkDatabase, ToldAttempt } from '../../link/data/database.ts';
import type { Transfer } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { seedingDirection } from '../../link/seeding.ts';
import type { DatabaseReplicaState } from '../../model/database.ts';
import type { CopyReport, DatabaseReport, FailoverReport, LogReport, SeedingReport, TransferReport } from './report.ts';

/** Every database of a link with each copy that an end tells of. */
export function databasesOf(link: AssessedLink): readonly DatabaseReport[] {
  return link.databases.map(({ name, isExpected, isPresent, isCarried, ends, isFailoverReady, failoverChecks }) => ({
    name,
    isExpected,
    isPresent,
    isCarried,
    copies: ends.flatMap((end) => copiesOf(end, link)),
    logs: ends.flatMap(logOf),
    isFailoverReady,
    failoverChecks,
  }));
}

function logOf({ server, role, log, catalog }: DatabaseEnd): readonly LogReport[] {
  return log === null ? [] : [{ ...log, server, role, reuseWait: catalog?.logReuseWait ?? null }];
}

function copiesOf(end: DatabaseEnd, link: AssessedLink): readonly CopyReport[] {
  const { local, own, partner, catalog, figures } = end;
  const row = local ?? own;
  const ownCopy: readonly CopyReport[] =
    row === null && catalog === null
      ? []
      : [
          {
            ...copyReport(row),
            ...teller(end),
            server: end.server,
            isOwn: true,
            estimatedRecoverySeconds: figures.estimatedRecoverySeconds.local,
            databaseState: row?.databaseState ?? catalog?.state ?? null,
            lastCommitTimestampSeconds: end.lastCommitTimestampSeconds,
            hardenedLsn: end.hardenedLsn,
          },
        ];
  if (partner === null) return ownCopy;
  const partnerCopy: CopyReport = {
    ...copyReport(partner),
    ...teller(end),
    server: otherServer(end, link),
    isOwn: false,
    lagSeconds: figures.secondaryLagSeconds,
    estimatedDataLossSeconds: figures.estimatedDataLossSeconds,
    estimatedRecoverySeconds: figures.estimatedRecoverySeconds.partner,
  };
  return [...ownCopy, partnerCopy];
}

function teller({ server, role }: DatabaseEnd): Pick<CopyReport, 'toldBy' | 'toldByRole'> {
  return { toldBy: server, toldByRole: role };
}

/** What a row says by itself; all null without one. */
function copyReport(row: DatabaseReplicaState | null): Omit<CopyReport, 'server' | 'toldBy' | 'toldByRole' | 'isOwn'> {
  return {
    synchronizationState: row?.synchronizationState ?? null,
    health: row?.synchronizationHealth ?? null,
    databaseState: row?.databaseState ?? null,
    isSuspended: row?.isSuspended ?? null,
    suspendReason: row?.suspendReason ?? null,
    lagSeconds: null,
    sendQueueBytes: row?.logSendQueueBytes ?? null,
    redoQueueBytes: row?.redoQueueBytes ?? null,
    estimatedDataLossSeconds: null,
    estimatedRecoverySeconds: null,
    lastCommitTimestampSeconds: row?.lastCommitTimestampSeconds ?? null,
    lastHardenedTimestampSeconds: row?.lastHardenedTimestampSeconds ?? null,
    hardenedLsn: row?.lastHardenedLsn ?? null,
  };
}

/** The configured name of the link's other end: the one that was seen, else the only one that may be it. */
function otherServer({ engine }: DatabaseEnd, { ends, unseen }: AssessedLink): string | null {
  const [other, ...more] = ends.filter((end) => end.engine !== engine);
  if (other !== undefined) return more.length === 0 ? other.server : null;
  const [candidate, ...others] = unseen;
  return candidate !== undefined && others.length === 0 ? candidate.server : null;
}

/** Whether the whole link could be failed over now. */
export function failoverOf({ databases, failoverChecks: checks }: AssessedLink): FailoverReport {
  const ready = databases.map(({ isFailoverReady }: LinkDatabase) => isFailoverReady);
  if (ready.includes(false) || checks.some(({ status }) => status === 'failed')) return { isReady: false, checks };
  return { isReady: ready.length > 0 && ready.every((each) => each === true) ? true : null, checks };
}

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
