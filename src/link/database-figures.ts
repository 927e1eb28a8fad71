import type { DatabaseReplicaState } from '../model/database.ts';
import type { DatabaseEnd } from './database.ts';

/**
 * How many seconds of commits a forced failover would lose: the primary's last commit minus the partner's, both as the
 * primary tells them. Null at a secondary and where either is NULL. 0 also while nothing is committed.
 */
export function estimatedDataLossSeconds({ role, partner, lastCommitTimestampSeconds }: DatabaseEnd): number | null {
  const hardened = partner?.lastCommitTimestampSeconds ?? null;
  if (role !== 'PRIMARY' || hardened === null || lastCommitTimestampSeconds === null) return null;
  return Math.max(0, lastCommitTimestampSeconds - hardened);
}

/** Seconds that a copy needs to redo its queue at its own rate. Null where either is NULL and without a rate. */
export function estimatedRecoverySeconds(copy: DatabaseReplicaState): number | null {
  const { redoQueueBytes, redoRateBytesPerSecond } = copy;
  if (redoQueueBytes === null || redoRateBytesPerSecond === null || redoRateBytesPerSecond <= 0) return null;
  return redoQueueBytes / redoRateBytesPerSecond;
}

/**
 * `secondary_lag_seconds` of the partner's copy. The view says 0 while data movement is suspended: null then, and for a 0
 * of which it is not known that data moves.
 */
export function secondaryLagSeconds({ local, partner }: Pick<DatabaseEnd, 'local' | 'partner'>): number | null {
  const lag = partner?.secondaryLagSeconds ?? null;
  if (partner === null || lag === null) return null;
  if (partner.isSuspended === true || local?.isSuspended === true) return null;
  return lag === 0 && partner.isSuspended === null ? null : lag;
}
