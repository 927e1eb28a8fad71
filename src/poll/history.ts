import type { ReplicaState } from '../model/availability.ts';
import { amount, believableCopy } from '../model/believable.ts';
import type { DatabaseReplicaState } from '../model/database.ts';
import {
  type CopyHistory,
  copyKey,
  type LogHistory,
  logKey,
  nextLogHistory,
  type RoleHistory,
  type RoleTurn,
  type ServerHistory,
  type TransferHistory,
} from '../model/history.ts';
import { type PhysicalSeeding, transferKey } from '../model/seeding.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { PollResult } from './server-poller.ts';

/** A server's history after one more poll. A failed poll, and a view that was not read, change nothing. */
export function nextHistory(
  before: ServerHistory,
  { outcome, views }: Pick<PollResult, 'outcome' | 'views'>,
): ServerHistory {
  if (outcome.kind === 'failed') return before;
  const { snapshot } = outcome;
  const { availability_groups: groups, availability_replica_states: states } = snapshot.views;
  const transfers = snapshot.views.physical_seeding_stats;
  const readAt = views.get('physical_seeding_stats')?.readTimestampSeconds ?? null;
  return {
    roles: states === null ? before.roles : nextRoles(before.roles, states, readingOf(snapshot, views)),
    groups: groups === null ? before.groups : nextGroups(before.groups, snapshot),
    transfers:
      transfers === null || readAt === null ? before.transfers : nextTransfers(before.transfers, transfers, readAt),
    copies: nextCopies(before.copies, snapshot, views.get('database_replica_states')?.readTimestampSeconds ?? null),
    logs: nextLogs(before.logs, snapshot, views.get('performance_counters')?.readTimestampSeconds ?? null),
  };
}

/** The members that a group had stay known while their view can't be read. */
function nextGroups(before: ServerHistory['groups'], { views }: Snapshot): ServerHistory['groups'] {
  const { availability_groups: groups, availability_replicas: replicas } = views;
  const urls = replicas === null ? null : Map.groupBy(replicas, ({ groupId }) => groupId);
  return new Map(
    (groups ?? [])
      .filter(({ isDistributed }) => isDistributed === true)
      .map(({ groupId, name }) => {
        const members = urls?.get(groupId)?.map(({ endpointUrl }) => endpointUrl);
        return [groupId, { name, endpointUrls: members ?? before.get(groupId)?.endpointUrls ?? [] }];
      }),
  );
}

/** When a view was read, Unix seconds by the clock of this program. */
interface Reading {
  readonly beganSeconds: number;
  readonly endedSeconds: number;
}

function readingOf(snapshot: Snapshot, views: PollResult['views']): Reading {
  const reading = views.get('availability_replica_states');
  // Without a time of its own: the server's clock at the beginning of the poll.
  const answered = snapshot.server.utcTimestampSeconds - (snapshot.clockOffsetSeconds ?? 0);
  const endedSeconds = reading?.readTimestampSeconds ?? answered;
  const beganSeconds = reading?.askedTimestampSeconds ?? endedSeconds - (reading?.durationSeconds ?? 0);
  return { beganSeconds, endedSeconds };
}

/** A row without a role says nothing. A group that is gone keeps its history: it may come back with another role. */
function nextRoles(
  before: ServerHistory['roles'],
  states: readonly ReplicaState[],
  reading: Reading,
): ServerHistory['roles'] {
  const next = new Map(before);
  const seen = new Set<string>();
  for (const { isLocal, groupId, role } of states) {
    if (!isLocal || role === null || seen.has(groupId)) continue;
    seen.add(groupId);
    next.set(groupId, nextRole(before.get(groupId), role, reading));
  }
  return next;
}

function nextRole(before: RoleHistory | undefined, role: string, reading: Reading): RoleHistory {
  const past = before?.changes ?? new Map<string, number>();
  const isChange = before !== undefined && before.role !== role;
  const changes = isChange ? new Map(past).set(role, (past.get(role) ?? 0) + 1) : past;
  return { role, changes, ...settledAfter(before, role, reading) };
}

/** What a role means for the two roles that last: RESOLVING, or a word that is not known, changes nothing. */
function settledAfter(
  before: RoleHistory | undefined,
  role: string,
  { beganSeconds, endedSeconds }: Reading,
): Pick<RoleHistory, 'settled' | 'turn'> {
  const settled = before?.settled;
  const kept = before?.turn === undefined ? {} : { turn: before.turn };
  if (role !== 'PRIMARY' && role !== 'SECONDARY') return settled === undefined ? kept : { settled, ...kept };
  if (settled?.role === role) return { settled: { ...settled, seenTimestampSeconds: beganSeconds }, ...kept };
  const now = { role, firstSeenTimestampSeconds: beganSeconds, seenTimestampSeconds: beganSeconds } as const;
  if (settled === undefined) return { settled: now, ...kept };
  const turn: RoleTurn = {
    from: settled.role,
    to: role,
    afterTimestampSeconds: settled.seenTimestampSeconds,
    byTimestampSeconds: endedSeconds,
  };
  return { settled: now, turn };
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

/** Rows that were kept from an earlier poll say nothing new. */
function nextCopies(
  before: ServerHistory['copies'],
  { server, views, clockOffsetSeconds }: Snapshot,
  readTimestampSeconds: number | null,
): ServerHistory['copies'] {
  if (views.database_replica_states === null || readTimestampSeconds === null) return before;
  const [known] = before.values();
  if (known?.readTimestampSeconds === readTimestampSeconds) return before;
  const rows = views.database_replica_states.map((row) => believableCopy(row, server.utcTimestampSeconds));
  const commits = ownCommits(rows);
  return new Map(
    rows.map((row) => {
      const key = copyKey(row);
      const past = before.get(key);
      const hasAll = row.isLocal === false && hasAllCommits(row, commits.get(row.groupDatabaseId) ?? null);
      const next: CopyHistory = {
        lastRedoneLsn: row.lastRedoneLsn,
        redoQueueBytes: row.redoQueueBytes,
        isRedoMoving: past === undefined ? null : isRedoMoving(past, row),
        hadAllTimestampSeconds: hasAll
          ? readTimestampSeconds + (clockOffsetSeconds ?? 0)
          : (past?.hadAllTimestampSeconds ?? null),
        readTimestampSeconds,
      };
      return [key, next];
    }),
  );
}

/** The last commit of each database on this server, by group_database_id. */
function ownCommits(rows: readonly DatabaseReplicaState[]): ReadonlyMap<string, number> {
  const commits = new Map<string, number>();
  for (const { isLocal, groupDatabaseId, lastCommitTimestampSeconds: commit } of rows) {
    if (isLocal !== true || commit === null) continue;
    commits.set(groupDatabaseId, Math.max(commit, commits.get(groupDatabaseId) ?? commit));
  }
  return commits;
}

function hasAllCommits({ lastCommitTimestampSeconds: commit }: DatabaseReplicaState, own: number | null): boolean {
  return commit !== null && own !== null && commit >= own;
}

/** By the last LSN that was redone; without one only a queue that has become shorter shows that redo moves. */
function isRedoMoving(past: CopyHistory, { lastRedoneLsn, redoQueueBytes }: DatabaseReplicaState): boolean | null {
  if (past.lastRedoneLsn !== null && lastRedoneLsn !== null) return lastRedoneLsn > past.lastRedoneLsn;
  if (past.redoQueueBytes === null || redoQueueBytes === null) return null;
  return redoQueueBytes < past.redoQueueBytes;
}

/** Of the databases that are in a group: those of links are among them. */
function nextLogs(
  before: ServerHistory['logs'],
  { views }: Snapshot,
  timestampSeconds: number | null,
): ServerHistory['logs'] {
  const { performance_counters: counters, databases } = views;
  if (counters === null || databases === null || timestampSeconds === null) return before;
  const joined = databases.filter(({ groupDatabaseId }) => groupDatabaseId !== null);
  const waits = new Map(
    joined.flatMap(({ name, physicalDatabaseName, groupDatabaseId, logReuseWait }) =>
      [name, physicalDatabaseName, groupDatabaseId].flatMap((each) =>
        each === null ? [] : [[logKey(each), logReuseWait] as const],
      ),
    ),
  );
  const next = new Map<string, LogHistory>();
  for (const { instanceName, counter, bytes } of counters) {
    const usedBytes = counter === 'used' ? amount(bytes) : null;
    const key = logKey(instanceName);
    if (usedBytes === null || !waits.has(key) || next.has(key)) continue;
    next.set(key, nextLogHistory(before.get(key), { timestampSeconds, usedBytes }, waits.get(key) ?? null));
  }
  return next;
}
