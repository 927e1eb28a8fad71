import type { AvailabilityReplica, ReplicaState } from '../model/availability.ts';
import { believableAttempt, believableReplica } from '../model/believable.ts';
import type { SeedingAttempt } from '../model/seeding.ts';
import type { Engine, ServerFacts } from '../model/server.ts';
import type { ServerState } from '../model/server-state.ts';
import { nothingLeftOut, type Snapshot } from '../model/snapshot.ts';
import { firstRow } from './compare.ts';
import type { LinkEnd, Transfer } from './data/end.ts';
import { type DatabaseIndex, endDatabases, indexDatabases } from './end-databases.ts';
import { managedInstanceOfEndpoint, ownManagedInstance } from './identity.ts';
import { newestAttempts, runningTransfers, seedingStatus } from './seeding.ts';

/** An end with what it says of its link's identity. */
export interface FoundEnd {
  /** The distributed group's name as this end spells it. */
  readonly name: string;
  /** Null when this end can't tell. */
  readonly managedInstance: string | null;
  /** All members of the group were read, and none is a managed instance: an ordinary distributed group, as far as it shows. */
  readonly isOrdinary: boolean;
  readonly end: LinkEnd;
}

/** What is known of a distributed group from elsewhere: the server that shows its rows may not show its name. */
export interface KnownGroup {
  readonly name: string;
  /** Null when nobody can tell. */
  readonly managedInstance: string | null;
}

/** Finds what is known of a group by its group_id. */
export type GroupLookup = (groupId: string) => KnownGroup | undefined;

/**
 * The ends that one server's latest answer shows: its distributed groups. Where sys.availability_groups could not be read,
 * those whose rows of states have a group_id that is known from elsewhere: role and health of what was read stay. A step for
 * each end, and some before.
 */
export function* endsOf(server: ServerState, known: GroupLookup): Generator<void, readonly FoundEnd[], void> {
  if (server.outcome.kind !== 'ok') return [];
  const { snapshot } = server.outcome;
  const { availability_groups: groups, availability_replica_states: states } = snapshot.views;
  if (states === null) return [];
  const databases = yield* indexDatabases(snapshot, canShowGroups(snapshot));
  const rows: GroupedRows = {
    states: Map.groupBy(
      states.map((row) => believableReplica(row, snapshot.server.utcTimestampSeconds)),
      (row) => row.groupId,
    ),
    replicas: Map.groupBy(snapshot.views.availability_replicas ?? [], (row) => row.groupId),
    attempts: groupAttempts(snapshot),
    databases,
    transfers: Map.groupBy(runningTransfers(server), ({ attempt }) => attempt?.groupId ?? null),
  };
  const own =
    groups === null
      ? [...rows.states.keys()].flatMap((groupId) => {
          const group = known(groupId);
          return group === undefined ? [] : [{ groupId, name: group.name }];
        })
      : groups.filter((group) => group.isDistributed === true);
  const { databases: more, rows: others } = snapshot.leftOut ?? nothingLeftOut;
  const hasMore = more + others > 0;
  const ends: FoundEnd[] = [];
  for (const { groupId, name } of own) {
    yield;
    const { end: found, ...rest } = endOf(server.name, snapshot.server, rowsOf(groupId, rows));
    const end = hasMore ? { ...found, hasMoreDatabases: true } : found;
    const managedInstance = rest.managedInstance ?? known(groupId)?.managedInstance ?? null;
    ends.push({ name, ...rest, end, managedInstance });
  }
  return ends;
}

/** Whether the absence of a row in this answer means that there is no link: every group can be seen, and is shown. */
export function canShowLinks(snapshot: Snapshot): boolean {
  const { groups, rows } = snapshot.leftOut ?? nothingLeftOut;
  return canShowGroups(snapshot) && groups + rows === 0;
}

/**
 * Whether the server let every group be seen: both views were read, the login may see every group, and each says whether
 * it is distributed. Without VIEW ANY DEFINITION sys.availability_groups returns fewer rows instead of an error.
 */
function canShowGroups(snapshot: Snapshot): boolean {
  const { availability_groups: groups, availability_replica_states: states, permissions } = snapshot.views;
  if (groups === null || states === null) return false;
  if (groups.some((group) => group.isDistributed === null)) return false;
  return !(permissions ?? []).some((each) => each.name === 'VIEW ANY DEFINITION' && each.held === false);
}

/** Grouped once per snapshot: a server with hundreds of links has thousands of rows. */
interface GroupedRows {
  readonly states: ReadonlyMap<string, readonly ReplicaState[]>;
  readonly replicas: ReadonlyMap<string, readonly AvailabilityReplica[]>;
  /** Null when the view was not read. */
  readonly attempts: ReadonlyMap<string | null, readonly SeedingAttempt[]> | null;
  readonly databases: DatabaseIndex;
  readonly transfers: ReadonlyMap<string | null, readonly Transfer[]>;
}

interface GroupRows {
  readonly groupId: string;
  readonly states: readonly ReplicaState[];
  readonly replicas: readonly AvailabilityReplica[];
  readonly attempts: readonly SeedingAttempt[] | null;
  readonly databases: DatabaseIndex;
  readonly transfers: readonly Transfer[];
}

function groupAttempts(snapshot: Snapshot): GroupedRows['attempts'] {
  const { utcTimestampSeconds } = snapshot.server;
  const attempts = snapshot.views.automatic_seeding?.map((row) => believableAttempt(row, utcTimestampSeconds));
  return attempts === undefined ? null : Map.groupBy(attempts, (row) => row.groupId);
}

function rowsOf(groupId: string, rows: GroupedRows): GroupRows {
  return {
    groupId,
    states: rows.states.get(groupId) ?? [],
    replicas: rows.replicas.get(groupId) ?? [],
    attempts: rows.attempts === null ? null : (rows.attempts.get(groupId) ?? []),
    databases: rows.databases,
    transfers: rows.transfers.get(groupId) ?? [],
  };
}

function endOf(server: string, facts: ServerFacts, rows: GroupRows): Omit<FoundEnd, 'name'> {
  const { groupId, states, replicas } = rows;
  const local = firstRow(states.filter((row) => row.isLocal));
  const partner = firstRow(states.filter((row) => !row.isLocal));
  const seen = { groupId, local, partner, ...tellMembers(facts.engine, replicas, { local, partner }) };
  const newest = rows.attempts === null ? null : newestAttempts(rows.attempts, groupId);
  return {
    managedInstance: ownManagedInstance(facts) ?? namedManagedInstance(replicas.map(({ endpointUrl }) => endpointUrl)),
    isOrdinary: facts.engine === 'sql_server' && isOrdinary(replicas),
    end: {
      server,
      instance: facts.serverName,
      engine: facts.engine,
      role: local?.role ?? null,
      ...seen,
      seeding: seedingStatus(newest),
      seedingAttempts: newest ?? [],
      transfers: rows.transfers,
      databases: endDatabases(seen, rows.databases),
    },
  };
}

/** The one managed instance that the members' addresses name; null when they name none or, which is no link, several. */
export function namedManagedInstance(endpointUrls: readonly (string | null)[]): string | null {
  const names = new Set(endpointUrls.map(managedInstanceOfEndpoint));
  names.delete(null);
  const [name] = names;
  return names.size === 1 ? (name ?? null) : null;
}

function isOrdinary(replicas: readonly AvailabilityReplica[]): boolean {
  return replicas.length > 1 && replicas.every(({ endpointUrl }) => endpointUrl !== null) && namesNone(replicas);
}

function namesNone(replicas: readonly AvailabilityReplica[]): boolean {
  return replicas.every(({ endpointUrl }) => managedInstanceOfEndpoint(endpointUrl) === null);
}

type Members = Pick<LinkEnd, 'localMember' | 'partnerMember'>;

/**
 * Which member is this end: the one with the local row's replica_id. Where the ids don't tell, the address does: the
 * managed instance's member carries `;Server=[name]`, the SQL Server's does not.
 */
function tellMembers(
  engine: Engine,
  replicas: readonly AvailabilityReplica[],
  rows: { readonly local: ReplicaState | null; readonly partner: ReplicaState | null },
): Members {
  const byId = (row: ReplicaState | null): AvailabilityReplica | null =>
    row === null ? null : firstRow(replicas.filter((each) => each.replicaId === row.replicaId));
  const local = byId(rows.local);
  const partner = byId(rows.partner);
  if (local !== null) return { localMember: local, partnerMember: partner ?? onlyOther(replicas, local) };
  if (partner !== null) return { localMember: onlyOther(replicas, partner), partnerMember: partner };
  const named = replicas.filter((row) => managedInstanceOfEndpoint(row.endpointUrl) !== null);
  const [managed] = named;
  if (managed === undefined || named.length !== 1) return { localMember: null, partnerMember: null };
  const other = onlyOther(replicas, managed);
  return engine === 'managed_instance'
    ? { localMember: managed, partnerMember: other }
    : { localMember: other, partnerMember: managed };
}

function onlyOther(replicas: readonly AvailabilityReplica[], member: AvailabilityReplica): AvailabilityReplica | null {
  const others = replicas.filter((row) => row.replicaId !== member.replicaId);
  return others.length === 1 ? (others[0] ?? null) : null;
}
