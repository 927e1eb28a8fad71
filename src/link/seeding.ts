import { believableAttempt, believableTransfer } from '../model/believable.ts';
import type { TransferHistory } from '../model/history.ts';
import { type PhysicalSeeding, type SeedingAttempt, transferKey } from '../model/seeding.ts';
import type { ServerState } from '../model/server-state.ts';
import { compareNumbers, compareRows, compareText } from './compare.ts';
import type { LinkEnd, Transfer } from './data/end.ts';
import type { AssessedLink } from './data/link.ts';

/**
 * The newest attempt per database and partner of one group: sys.dm_hadr_automatic_seeding keeps history, so older rows
 * say nothing about now. Ordered by database and partner.
 */
export function newestAttempts(attempts: readonly SeedingAttempt[], groupId: string): readonly SeedingAttempt[] {
  const newest = new Map<string, SeedingAttempt>();
  for (const attempt of attempts) {
    if (attempt.groupId !== groupId) continue;
    const key = `${attempt.groupDatabaseId} ${attempt.remoteReplicaId}`;
    const known = newest.get(key);
    if (known === undefined || isNewer(attempt, known)) newest.set(key, attempt);
  }
  return [...newest].sort(([one], [other]) => compareText(one, other)).map(([, attempt]) => attempt);
}

function isNewer(attempt: SeedingAttempt, known: SeedingAttempt): boolean {
  const order =
    compareNumbers(attempt.startTimestampSeconds, known.startTimestampSeconds) ||
    // The start has the resolution of datetime: of two attempts in one tick the one with the higher count came later.
    compareNumbers(attempt.numberOfAttempts, known.numberOfAttempts) ||
    compareRows(attempt, known);
  return order > 0;
}

/** How one attempt stands. `current_state` is an open set: a text that is not known is judged by completion and error. */
export function attemptStatus(attempt: SeedingAttempt): 'failed' | 'running' | 'ended' {
  const state = attempt.currentState?.toUpperCase() ?? null;
  if (state === 'FAILED') return 'failed';
  if (state === 'COMPLETED') return 'ended';
  if (attempt.completionTimestampSeconds !== null) return (attempt.errorCode ?? 0) === 0 ? 'ended' : 'failed';
  // NULL completion is a running attempt; a row without state and start says nothing.
  return state === null && attempt.startTimestampSeconds === null ? 'ended' : 'running';
}

/**
 * An attempt that waits for another one, or for its first message: nothing moves, and nothing is held up.
 * Source: current_state in Microsoft's link script (PENDING, CHECK_IF_SEEDING_NEEDED, LIMIT_CONCURRENT_BACKUPS); an open set.
 */
export function isWaiting({ currentState }: Pick<SeedingAttempt, 'currentState'>): boolean {
  return /LIMIT|PENDING|WAIT|CHECK_IF/i.test(currentState ?? '');
}

/** How seeding stands at one end; `unseen` when the view was not read. A failure outweighs a running attempt. */
export function seedingStatus(newest: readonly SeedingAttempt[] | null): LinkEnd['seeding'] {
  if (newest === null) return 'unseen';
  const states = newest.map(attemptStatus);
  if (states.includes('failed')) return 'failed';
  return states.includes('running') ? 'running' : 'none';
}

/**
 * The group that a transfer belongs to: physical seeding rows name no group, their attempt does.
 * Join: local_physical_seeding_id = operation_id. Null when no attempt says.
 */
export function groupOfSeeding(row: PhysicalSeeding, attempts: readonly SeedingAttempt[] | null): string | null {
  return attemptOfSeeding(row, attempts)?.groupId ?? null;
}

/** The attempt behind a transfer: the newest one with its operation id. */
export function attemptOfSeeding(
  row: PhysicalSeeding,
  attempts: readonly SeedingAttempt[] | null,
): SeedingAttempt | null {
  if (row.localPhysicalSeedingId === null || attempts === null) return null;
  let found: SeedingAttempt | null = null;
  for (const attempt of attempts) {
    if (attempt.operationId !== row.localPhysicalSeedingId || attempt.groupId === null) continue;
    if (found === null || isNewer(attempt, found)) found = attempt;
  }
  return found;
}

/** The link whose end on this server is this group; null when the group is no link's. */
export function linkOfGroup(links: readonly AssessedLink[], server: string, groupId: string): AssessedLink | null {
  return links.find((link) => link.ends.some((end) => end.server === server && end.groupId === groupId)) ?? null;
}

/**
 * Which way a transfer goes, as a label value: role_desc in snake case (`source`, `destination`, `forwarder`,
 * `forwarder_destination`; a role that is not known is carried through), else is_source; `unknown` when neither says.
 */
export function seedingDirection(role: string | null, isSource: boolean | null): string {
  const words = (role ?? '').trim().replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  if (words !== '') return words.replaceAll(/\s+/g, '_').toLowerCase();
  if (isSource === null) return 'unknown';
  return isSource ? 'source' : 'destination';
}

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
