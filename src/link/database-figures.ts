import type { DatabaseReplicaState } from '../model/database.ts';
import type { CopyHistory } from '../model/history.ts';

/** What is computed of a database from one end's rows. Null: there is nothing that may be believed. */
export interface DatabaseFigures {
  /** How far the partner's copy is behind, as a primary says. */
  readonly secondaryLagSeconds: number | null;
  /** How many seconds of commits a forced failover would lose; null unless the end is PRIMARY. */
  readonly estimatedDataLossSeconds: number | null;
  /** How long each copy needs to redo what it has. */
  readonly estimatedRecoverySeconds: { readonly local: number | null; readonly partner: number | null };
}

/** What the figures of a database at one end are computed from. */
export interface FigureFacts {
  readonly role: string | null;
  readonly local: DatabaseReplicaState | null;
  readonly partner: DatabaseReplicaState | null;
  /** connected_state_desc of the partner's replica. */
  readonly partnerConnectedState: string | null;
  /** Of this end's own copy. */
  readonly lastCommitTimestampSeconds: number | null;
  /** When the rows were read, by the server's UTC clock. */
  readonly readTimestampSeconds: number;
  /** What the readings before showed of the same copies; null at the first one. */
  readonly history: { readonly local: CopyHistory | null; readonly partner: CopyHistory | null };
}

export function databaseFigures(facts: FigureFacts): DatabaseFigures {
  const isConnected = sameText(facts.partnerConnectedState, 'CONNECTED');
  return {
    secondaryLagSeconds: secondaryLagSeconds(facts),
    estimatedDataLossSeconds: estimatedDataLossSeconds(facts),
    estimatedRecoverySeconds: {
      local: estimatedRecoverySeconds(facts.local, facts.history.local),
      partner: isConnected ? estimatedRecoverySeconds(facts.partner, facts.history.partner) : null,
    },
  };
}

/**
 * `secondary_lag_seconds`. While data movement is suspended it grows from the last log that was hardened, or reads 0 for
 * as long as nothing is written (measured on SQL Server 2022, erikdarlingdata/PerformanceMonitor 1703 and 1707): what is
 * not 0 is always told, and a 0 only where data is known to move.
 */
function secondaryLagSeconds(facts: FigureFacts): number | null {
  const lag = facts.partner?.secondaryLagSeconds ?? null;
  return lag !== 0 || isMoving(facts) ? lag : null;
}

/** Connected, suspended at neither end, and the partner's copy is being kept up. */
function isMoving({ local, partner, partnerConnectedState }: FigureFacts): boolean {
  if (partner === null || !sameText(partnerConnectedState, 'CONNECTED')) return false;
  return isKeptUp(partner) && (local === null || local.isSuspended === false);
}

function isKeptUp({ isSuspended, synchronizationState }: DatabaseReplicaState): boolean {
  return (
    isSuspended === false && ['SYNCHRONIZING', 'SYNCHRONIZED'].some((state) => sameText(synchronizationState, state))
  );
}

/**
 * The primary's last commit minus the partner's, both as the primary tells them. After a pause in the writes that is the
 * length of the pause, and so it is bounded twice, each time by an age since which alone commits can be lost: that of
 * the last log that the partner hardened, and that of the last reading at which it had every commit.
 */
function estimatedDataLossSeconds(facts: FigureFacts): number | null {
  const { role, partner, lastCommitTimestampSeconds, readTimestampSeconds, history } = facts;
  const partnerCommit = partner?.lastCommitTimestampSeconds ?? null;
  if (role !== 'PRIMARY' || partnerCommit === null || lastCommitTimestampSeconds === null) return null;
  const hadAllAt = history.partner?.hadAllTimestampSeconds ?? null;
  return Math.min(
    Math.max(0, lastCommitTimestampSeconds - partnerCommit),
    hardenedAgeSeconds(facts),
    hadAllAt === null ? Number.POSITIVE_INFINITY : Math.max(0, readTimestampSeconds - hadAllAt),
  );
}

/**
 * Whether `last_hardened_time` is when the log was made or when it was hardened is not documented. In the second case it
 * is new although much is missing while a partner catches up: a lag that is told is then the least that is missing, and
 * where data moves without a lag being told there is no bound.
 */
function hardenedAgeSeconds(facts: FigureFacts): number {
  const hardenedAt = facts.partner?.lastHardenedTimestampSeconds ?? null;
  if (hardenedAt === null || hardenedAt > facts.readTimestampSeconds + clockToleranceSeconds) return Infinity;
  const lag = secondaryLagSeconds(facts);
  if (lag === null && isMoving(facts)) return Infinity;
  return Math.max(0, facts.readTimestampSeconds - hardenedAt, lag ?? 0);
}

/** Log that was hardened later than now carries another clock. */
const clockToleranceSeconds = 60;

/**
 * Redo queue by redo rate. The rate is the average over the time that redo ran, since the server started, and stays while
 * redo stands still: there is an estimate only while the copy is kept up, and none where the two last readings showed a
 * queue that did not move.
 */
function estimatedRecoverySeconds(copy: DatabaseReplicaState | null, history: CopyHistory | null): number | null {
  if (copy === null || !isKeptUp(copy)) return null;
  const { redoQueueBytes, redoRateBytesPerSecond } = copy;
  if (redoQueueBytes === null || redoRateBytesPerSecond === null || redoRateBytesPerSecond <= 0) return null;
  if (redoQueueBytes > 0 && history?.isRedoMoving === false) return null;
  return redoQueueBytes / redoRateBytesPerSecond;
}

function sameText(text: string | null, known: string): boolean {
  return text?.trim().toUpperCase() === known;
}
