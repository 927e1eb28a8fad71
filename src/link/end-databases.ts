import type { AvailabilityGroup, ReplicaState } from '../model/availability.ts';
import { believableCopy } from '../model/believable.ts';
import type { Database, DatabaseReplicaState } from '../model/database.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { compareRows, compareText, firstRow } from './compare.ts';
import type { EndDatabase, LinkEnd } from './data/end.ts';

/** One snapshot's database rows, indexed once: a server with hundreds of links has thousands of them. */
export interface DatabaseIndex {
  readonly isRead: boolean;
  readonly byGroup: ReadonlyMap<string, readonly DatabaseReplicaState[]>;
  /** Rows of groups that sys.availability_groups does not show, as those within a multi-database link. */
  readonly hidden: readonly DatabaseReplicaState[];
  readonly catalog: CatalogIndex;
  /** Ordinary groups by lower-case name. */
  readonly ownGroups: ReadonlyMap<string, AvailabilityGroup>;
  /** How many distributed groups have a member of this lower-case name. */
  readonly linksOfMember: ReadonlyMap<string, number>;
  /** The local row of each group. */
  readonly localReplicas: ReadonlyMap<string, ReplicaState>;
}

interface CatalogIndex {
  readonly byGroupDatabase: ReadonlyMap<string, Database>;
  readonly byId: ReadonlyMap<number, Database>;
  readonly byReplica: ReadonlyMap<string | null, readonly Database[]>;
}

/**
 * Indexes a snapshot, in some steps. `canSeeGroups`: a group without a row in sys.availability_groups is hidden, not withheld.
 */
export function* indexDatabases(
  { server, views }: Snapshot,
  canSeeGroups: boolean,
): Generator<void, DatabaseIndex, void> {
  const groups = views.availability_groups ?? [];
  const states = views.database_replica_states?.map((row) => believableCopy(row, server.utcTimestampSeconds)) ?? null;
  yield;
  const catalog = indexCatalog(views.databases ?? []);
  yield;
  const shown = new Set(groups.map((group) => group.groupId));
  const local = (views.availability_replica_states ?? []).filter((row) => row.isLocal);
  return {
    isRead: states !== null || views.databases !== null,
    byGroup: Map.groupBy(states ?? [], (row) => row.groupId),
    hidden: canSeeGroups ? (states ?? []).filter((row) => !shown.has(row.groupId)) : [],
    catalog,
    ownGroups: keyed(
      groups.filter((group) => group.isDistributed === false),
      (group) => group.name.toLowerCase(),
    ),
    linksOfMember: countLinks(views),
    localReplicas: keyed(local, (row) => row.groupId),
  };
}

function indexCatalog(databases: readonly Database[]): CatalogIndex {
  return {
    byGroupDatabase: keyed(
      // Those of no group have no such id, and nobody looks for them by it.
      databases.filter((row) => row.groupDatabaseId !== null),
      (row) => row.groupDatabaseId ?? '',
    ),
    byId: keyed(databases, (row) => row.databaseId),
    byReplica: Map.groupBy(databases, (row) => row.replicaId),
  };
}

/** One row per key, whatever the order of the rows. */
function keyed<Key, Row extends object>(rows: readonly Row[], key: (row: Row) => Key): ReadonlyMap<Key, Row> {
  const kept = new Map<Key, Row>();
  for (const row of rows) {
    const other = kept.get(key(row));
    if (other === undefined || compareRows(row, other) < 0) kept.set(key(row), row);
  }
  return kept;
}

function countLinks({ availability_groups, availability_replicas }: Snapshot['views']): ReadonlyMap<string, number> {
  const distributed = new Set((availability_groups ?? []).filter((row) => row.isDistributed).map((row) => row.groupId));
  const links = new Map<string, Set<string>>();
  for (const { groupId, replicaServerName } of availability_replicas ?? []) {
    if (!distributed.has(groupId) || replicaServerName === null) continue;
    const name = replicaServerName.toLowerCase();
    links.set(name, (links.get(name) ?? new Set()).add(groupId));
  }
  return new Map([...links].map(([name, ids]) => [name, ids.size]));
}

type End = Pick<LinkEnd, 'groupId' | 'local' | 'partner' | 'localMember' | 'partnerMember'>;

/**
 * The databases of a link at one end, by group_database_id: those with a row in the distributed group, in a hidden group
 * of it, or in the server's own group that is its member. Null when neither view was read.
 */
export function endDatabases(end: End, index: DatabaseIndex): readonly EndDatabase[] | null {
  if (!index.isRead) return null;
  const memberName = end.localMember?.replicaServerName?.toLowerCase() ?? '';
  const ownGroup = index.ownGroups.get(memberName)?.groupId ?? null;
  const own = ownGroup === null ? [] : (index.byGroup.get(ownGroup) ?? []);
  const catalog = catalogOf(index, [end.groupId, ownGroup]);
  const ids = new Set([...own.map((row) => row.groupDatabaseId), ...catalog.map((row) => row.groupDatabaseId ?? '')]);
  // Several links of one database share the server's own group: a hidden group's row may then be of any of them.
  const isOnlyLink = index.linksOfMember.get(memberName) === 1;
  const hidden = isOnlyLink ? index.hidden.filter((row) => ids.has(row.groupDatabaseId)) : [];
  const rows = [...(index.byGroup.get(end.groupId) ?? []), ...hidden.filter((row) => row.groupId !== end.groupId)];
  return putTogether(end, { rows, own, ids, catalog: index.catalog });
}

/** Databases that the catalog says are joined through the local replica of one of these groups. */
function catalogOf(index: DatabaseIndex, groupIds: readonly (string | null)[]): readonly Database[] {
  return groupIds
    .map((groupId) => (groupId === null ? undefined : index.localReplicas.get(groupId)?.replicaId))
    .flatMap((replicaId) => (replicaId === undefined ? [] : (index.catalog.byReplica.get(replicaId) ?? [])))
    .filter((row) => row.groupDatabaseId !== null);
}

interface Rows {
  readonly rows: readonly DatabaseReplicaState[];
  readonly own: readonly DatabaseReplicaState[];
  readonly ids: ReadonlySet<string>;
  readonly catalog: CatalogIndex;
}

function putTogether(end: End, { rows, own, ids, catalog }: Rows): readonly EndDatabase[] {
  const rowsById = Map.groupBy(rows, (row) => row.groupDatabaseId);
  const ownById = Map.groupBy(own, (row) => row.groupDatabaseId);
  return [...new Set([...rowsById.keys(), ...ids])].sort(compareText).map((groupDatabaseId) => {
    const all = rowsById.get(groupDatabaseId) ?? [];
    const local = bestRow(
      all.filter((row) => sideOfRow(row, end) === 'local'),
      end.local?.replicaId,
    );
    const ownRow = bestRow(
      (ownById.get(groupDatabaseId) ?? []).filter((row) => row.isLocal === true),
      undefined,
    );
    return {
      groupDatabaseId,
      // Ids of remote rows need not be those of this server: only a row of its own may be looked up by id.
      catalog: catalog.byGroupDatabase.get(groupDatabaseId) ?? byLocalId(catalog, local ?? ownRow),
      local,
      partner: bestRow(
        all.filter((row) => sideOfRow(row, end) === 'partner'),
        end.partner?.replicaId ?? end.partnerMember?.replicaId,
      ),
      own: ownRow,
    };
  });
}

function byLocalId(catalog: CatalogIndex, row: DatabaseReplicaState | null): Database | null {
  return row === null || row.databaseId === null ? null : (catalog.byId.get(row.databaseId) ?? null);
}

function sideOfRow(row: DatabaseReplicaState, end: End): 'local' | 'partner' | null {
  if (row.isLocal !== null) return row.isLocal ? 'local' : 'partner';
  if (row.replicaId === end.local?.replicaId) return 'local';
  return row.replicaId === end.partner?.replicaId ? 'partner' : null;
}

/**
 * One row of several: a managed instance of the Business Critical tier shows its own extra replicas too. The replica of
 * the link comes first, then the one that is primary in its group.
 */
function bestRow(rows: readonly DatabaseReplicaState[], replicaId: string | undefined): DatabaseReplicaState | null {
  const ofLink = rows.filter((row) => row.replicaId === replicaId);
  const candidates = ofLink.length > 0 ? ofLink : rows;
  const primaries = candidates.filter((row) => row.isPrimaryReplica === true);
  return firstRow(primaries.length > 0 ? primaries : candidates);
}
