import type { DatabaseEnd, LinkDatabase } from '../../link/data/database.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import type { DatabaseReplicaState } from '../../model/database.ts';
import type { CopyReport, DatabaseReport, FailoverReport, LogReport } from './report.ts';

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
