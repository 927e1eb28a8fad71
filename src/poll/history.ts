import type { ReplicaState } from '../model/availability.ts';
import type { RoleHistory, ServerHistory, TransferHistory } from '../model/history.ts';
import { type PhysicalSeeding, transferKey } from '../model/seeding.ts';
import type { PollResult } from './server-poller.ts';

/** A server's history after one more poll. A failed poll, and a view that was not read, change nothing. */
export function nextHistory(
  before: ServerHistory,
  { outcome, views }: Pick<PollResult, 'outcome' | 'views'>,
): ServerHistory {
  if (outcome.kind === 'failed') return before;
  const { availability_replica_states: states, physical_seeding_stats: transfers } = outcome.snapshot.views;
  const readAt = views.get('physical_seeding_stats')?.readTimestampSeconds ?? null;
  return {
    roles: states === null ? before.roles : nextRoles(before.roles, states),
    transfers:
      transfers === null || readAt === null ? before.transfers : nextTransfers(before.transfers, transfers, readAt),
  };
}

/** A row without a role says nothing. A group that is gone keeps its history: it may come back with another role. */
function nextRoles(before: ServerHistory['roles'], states: readonly ReplicaState[]): ServerHistory['roles'] {
  const next = new Map(before);
  const seen = new Set<string>();
  for (const { isLocal, groupId, role } of states) {
    if (!isLocal || role === null || seen.has(groupId)) continue;
    seen.add(groupId);
    next.set(groupId, nextRole(before.get(groupId), role));
  }
  return next;
}

function nextRole(before: RoleHistory | undefined, role: string): RoleHistory {
  if (before === undefined) return { role, changes: new Map() };
  if (before.role === role) return before;
  return { role, changes: new Map(before.changes).set(role, (before.changes.get(role) ?? 0) + 1) };
}

function nextTransfers(
  before: ServerHistory['transfers'],
  rows: readonly PhysicalSeeding[],
  readTimestampSeconds: number,
): ServerHistory['transfers'] {
  return new Map(
    rows.map((row) => {
      const key = transferKey(row);
      return [key, nextTransfer(before.get(key), row, readTimestampSeconds)];
    }),
  );
}

function nextTransfer(
  before: TransferHistory | undefined,
  { transferredBytes }: PhysicalSeeding,
  readTimestampSeconds: number,
): TransferHistory {
  const hasMoved = before === undefined || before.transferredBytes !== transferredBytes;
  const movedTimestampSeconds = hasMoved ? readTimestampSeconds : before.movedTimestampSeconds;
  return { transferredBytes, movedTimestampSeconds, readTimestampSeconds };
}
