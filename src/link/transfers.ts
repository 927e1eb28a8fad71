import { believableAttempt, believableTransfer } from '../model/believable.ts';
import type { TransferHistory } from '../model/history.ts';
import { type PhysicalSeeding, type SeedingAttempt, transferKey } from '../model/seeding.ts';
import type { ServerState } from '../model/server-state.ts';
import type { Transfer } from './data/end.ts';
import { compareRows } from './order.ts';
import { attemptOfSeeding, isWaiting } from './seeding.ts';

/** A transfer whose bytes have not moved for this long while it runs is stalled. */
export const stallSeconds = 300;

/** The transfers that run now on a server; the view may keep ended ones for a while. */
export function runningTransfers({ outcome, history }: ServerState): readonly Transfer[] {
  if (outcome.kind !== 'ok') return [];
  const { server, views } = outcome.snapshot;
  const attempts = views.automatic_seeding?.map((row) => believableAttempt(row, server.utcTimestampSeconds)) ?? null;
  return (views.physical_seeding_stats ?? [])
    .toSorted(compareRows)
    .map((raw) => ({ raw, row: believableTransfer(raw, server.utcTimestampSeconds) }))
    .filter(({ row }) => isRunning(row))
    .map(({ raw, row }) => {
      const past = history.transfers.get(transferKey(raw));
      const progress = past === undefined || past.transferredBytes === null ? null : past;
      const attempt = attemptOfSeeding(row, attempts);
      return {
        row,
        attempt,
        lastProgressTimestampSeconds: progress?.movedTimestampSeconds ?? null,
        isStalled: progress === null ? null : isStalled(progress, attempt),
      };
    });
}

function isStalled(
  { readTimestampSeconds, movedTimestampSeconds }: TransferHistory,
  attempt: SeedingAttempt | null,
): boolean {
  if (attempt !== null && isWaiting(attempt)) return false;
  return readTimestampSeconds - movedTimestampSeconds >= stallSeconds;
}

function isRunning({ endTimestampSeconds }: PhysicalSeeding): boolean {
  return endTimestampSeconds === null;
}
