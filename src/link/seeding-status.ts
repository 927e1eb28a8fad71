import type { DatabaseReplicaState } from '../model/database.ts';
import type { SeedingAttempt } from '../model/seeding.ts';
import { compareText } from './compare.ts';
import type { DatabaseEnd, DatabaseSeeding, ToldAttempt } from './data/database.ts';
import type { LinkEnd } from './data/end.ts';
import type { FoundDatabase } from './databases.ts';
import { attemptStatus } from './seeding.ts';

/**
 * The first copy of every database of a link; and of those that only an attempt tells, by their
 * group_database_id. Where the views of databases were read, an attempt of a database that is in none of them is history.
 */
export function seedingsOf(databases: readonly FoundDatabase[], ends: readonly LinkEnd[]): readonly DatabaseSeeding[] {
  const known = new Set(databases.map(({ groupDatabaseId }) => groupDatabaseId));
  const tellers = ends.filter(({ role }) => role === 'PRIMARY');
  const isListed = tellers.length > 0 && tellers.every((end) => end.databases !== null && end.databases.length > 0);
  const ids = ends.flatMap(({ seedingAttempts }) =>
    seedingAttempts.map(({ groupDatabaseId }) => groupDatabaseId ?? ''),
  );
  const unnamed = isListed ? [] : [...new Set(ids)].filter((id) => !known.has(id)).sort(compareText);
  const all: readonly FoundDatabase[] = [
    ...databases,
    ...unnamed.map((id) => ({
      name: nameOfTransfer(id, ends) ?? id,
      groupDatabaseId: id,
      isExpected: null,
      isPresent: null,
      ends: [],
    })),
  ];
  return all.map((database) => ({ database: database.name, ...seedingOf(database, ends) }));
}

/** What the transfer of an attempt calls the database, where the server that tells it has one of that name. */
function nameOfTransfer(groupDatabaseId: string, ends: readonly LinkEnd[]): string | null {
  const names = ends.flatMap(({ transfers }) =>
    transfers
      .filter(({ attempt }) => attempt?.groupDatabaseId === groupDatabaseId)
      .flatMap(({ row }) => row.localDatabaseName ?? []),
  );
  // A managed instance may say a GUID in the place of a name.
  return names.toSorted(compareText).find((name) => !/^[0-9a-f-]{36}$/i.test(name)) ?? null;
}

/**
 * Seeding is judged per database, and only while its copy is absent or being made: sys.dm_hadr_automatic_seeding keeps
 * what once was (dbatools issue 8603), so a failed attempt beside a copy that has joined since is history.
 */
function seedingOf(database: FoundDatabase, ends: readonly LinkEnd[]): Omit<DatabaseSeeding, 'database'> {
  const told = ends.flatMap((end) => newestOf(end, database.groupDatabaseId));
  const failed = told.filter(({ attempt }) => attemptStatus(attempt) === 'failed');
  if (copyOf(database, ends) === 'present') return { status: 'none', told: failed };
  const running = told.filter(({ attempt }) => attemptStatus(attempt) === 'running');
  // The server tries again by itself: an attempt that began after the failure takes its place, whichever end tells it.
  const lasting = failed.filter(({ attempt }) => !running.some((each) => isLater(each.attempt, attempt)));
  if (lasting.length > 0) return { status: 'failed', told: lasting };
  if (running.length > 0) return { status: 'running', told: running };
  const isUnseen = ends.length === 0 || ends.every(({ seeding }) => seeding === 'unseen');
  return { status: isUnseen ? 'unseen' : 'none', told: [] };
}

function isLater(one: SeedingAttempt, other: SeedingAttempt): boolean {
  return (one.startTimestampSeconds ?? 0) > (other.startTimestampSeconds ?? Number.POSITIVE_INFINITY);
}

/**
 * The newest attempt of this database towards the present partner. Whether ag_remote_replica_id is the id of the link's
 * member is not documented: it counts only at an end where some attempt has that id.
 */
function newestOf(end: LinkEnd, groupDatabaseId: string | null): readonly ToldAttempt[] {
  if (groupDatabaseId === null) return [];
  const partnerId = end.partner?.replicaId ?? end.partnerMember?.replicaId ?? null;
  const canTell = partnerId !== null && end.seedingAttempts.some((each) => each.remoteReplicaId === partnerId);
  const ofDatabase = end.seedingAttempts
    .filter((each) => (each.groupDatabaseId ?? '') === groupDatabaseId)
    .filter((each) => !canTell || each.remoteReplicaId === partnerId);
  const newest = ofDatabase.toSorted(
    (one, other) => (other.startTimestampSeconds ?? -1) - (one.startTimestampSeconds ?? -1),
  )[0];
  if (newest === undefined) return [];
  const transfer = end.transfers.find(
    ({ attempt }) => newest.operationId !== null && attempt?.operationId === newest.operationId,
  );
  return [{ end, attempt: newest, transfer: transfer ?? null }];
}

/**
 * Whether the end that is not primary has a copy of the database that has joined. `absent`: that end answered without
 * one, or the primary's row for it shows that nothing ever arrived. `unknown`: nobody says.
 */
export function copyOf({ ends: told }: FoundDatabase, ends: readonly LinkEnd[]): 'present' | 'absent' | 'unknown' {
  const primary = told.find(({ role }) => role === 'PRIMARY') ?? null;
  const others = told.filter(({ role }) => role !== 'PRIMARY');
  if (primary?.partner && hasJoined(primary.partner)) return 'present';
  if (others.some(isJoinedHere)) return 'present';
  // Joined by its catalog, and no view of copies tells more.
  if (others.some(({ catalog, local, own }) => catalog?.groupDatabaseId && local === null && own === null))
    return 'unknown';
  const secondary = ends.find(({ role }) => role === 'SECONDARY');
  if (secondary?.hasMoreDatabases === true) return 'unknown';
  if (secondary !== undefined && secondary.databases !== null) return 'absent';
  return primary === null || (primary.partner === null && secondary === undefined) ? 'unknown' : 'absent';
}

/** A database gets its group_database_id when it joins; a copy that has hardened or redone log has joined. */
function isJoinedHere({ catalog, local, own }: DatabaseEnd): boolean {
  if (catalog !== null && catalog.groupDatabaseId !== null && catalog.state !== 'RESTORING') return true;
  return [local, own].some((row) => row !== null && hasJoined(row));
}

const movingStates: ReadonlySet<string> = new Set(['SYNCHRONIZING', 'SYNCHRONIZED', 'REVERTING']);

/** Source: sys.dm_hadr_database_replica_states. A copy that stopped keeps the positions that it had reached. */
export function hasJoined(row: DatabaseReplicaState): boolean {
  if (movingStates.has(row.synchronizationState ?? '')) return true;
  return row.lastHardenedLsn !== null || row.lastCommitLsn !== null || row.lastRedoneLsn !== null;
}
