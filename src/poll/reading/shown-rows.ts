import type { ServerLimits } from '../../config/config.ts';
import type { AvailabilityGroup } from '../../model/availability.ts';
import type { Database } from '../../model/database.ts';
import { logKey } from '../../model/history.ts';
import { type LeftOut, nothingLeftOut, type Snapshot } from '../../model/snapshot.ts';

/** What the configuration expects: shown before everything else. */
export interface ExpectedNames {
  readonly links: ReadonlySet<string>;
  readonly databases: ReadonlySet<string>;
}

export function expectedNames(
  links: readonly { readonly name: string; readonly databases: readonly string[] }[],
): ExpectedNames {
  return {
    links: new Set(links.map(({ name }) => name)),
    databases: new Set(links.flatMap(({ databases }) => databases)),
  };
}

export interface ShownLimits extends Pick<ServerLimits, 'links' | 'databases'> {
  readonly expected: ExpectedNames;
}

type Views = Snapshot['views'];

/** Rows for each group and each database: an availability group has at most nine replicas, so this is twice as many. */
const rowsEach = 18;

/** Certificates, endpoints and their ports: a server has a handful, whatever its links are. */
const otherRows = 1000;

/**
 * A snapshot with at most so many links and databases: those that are expected first, then by name. What is left out is
 * counted, never forgotten.
 */
export function boundedSnapshot(snapshot: Snapshot, limits: ShownLimits): Snapshot {
  const groups = shownGroups(snapshot.views, limits);
  const databases = shownDatabases(groups.views, groups.expected, limits);
  const rows = shownRows(databases.views, limits);
  const leftOut: LeftOut = { groups: groups.leftOut, databases: databases.leftOut, rows: rows.leftOut };
  return { ...snapshot, views: rows.views, leftOut: isNothing(leftOut) ? nothingLeftOut : leftOut };
}

function isNothing({ groups, databases, rows }: LeftOut): boolean {
  return groups + databases + rows === 0;
}

interface Shown {
  readonly views: Views;
  readonly leftOut: number;
}

/** A distributed group is a link, and so may one be that does not say; the ordinary groups that it joins go with it. */
function shownGroups(views: Views, limits: ShownLimits): Shown & { readonly expected: ReadonlySet<string> } {
  const groups = views.availability_groups ?? [];
  const isExpected = ({ name }: AvailabilityGroup): boolean => limits.expected.links.has(name);
  const links = groups.filter(({ isDistributed }) => isDistributed !== false);
  const ordinary = groups.filter(({ isDistributed }) => isDistributed === false);
  const expected = new Set(links.filter(isExpected).map(({ groupId }) => groupId));
  if (links.length <= limits.links && ordinary.length <= limits.links) return { views, leftOut: 0, expected };
  const shownLinks = first(links, limits.links, isExpected);
  const shownIds = new Set(shownLinks.map(({ groupId }) => groupId));
  const members = new Set(
    (views.availability_replicas ?? []).flatMap(({ groupId, replicaServerName }) =>
      shownIds.has(groupId) && replicaServerName !== null ? [replicaServerName] : [],
    ),
  );
  const shown = [...shownLinks, ...first(ordinary, limits.links, ({ name }) => members.has(name))];
  const kept = new Set(shown);
  const gone = new Set(groups.filter((group) => !kept.has(group)).map(({ groupId }) => groupId));
  for (const { groupId } of shown) gone.delete(groupId);
  const without = <Row extends { readonly groupId: string }>(rows: readonly Row[] | null): readonly Row[] | null =>
    rows?.filter(({ groupId }) => !gone.has(groupId)) ?? null;
  return {
    expected,
    leftOut: groups.length - shown.length,
    views: {
      ...views,
      availability_groups: groups.filter((group) => kept.has(group)),
      availability_replicas: without(views.availability_replicas),
      availability_replica_states: without(views.availability_replica_states),
      database_replica_states: without(views.database_replica_states),
    },
  };
}

/** By group_database_id; the names are in sys.databases, which holds databases of no group too. */
function shownDatabases(views: Views, expectedGroups: ReadonlySet<string>, limits: ShownLimits): Shown {
  const all = views.databases ?? [];
  const copies = views.database_replica_states ?? [];
  const names = new Map(all.map(({ groupDatabaseId, name }) => [groupDatabaseId, name]));
  const isLinked = new Map<string, boolean>();
  for (const { groupDatabaseId: id, groupId } of copies) {
    isLinked.set(id, isLinked.get(id) === true || expectedGroups.has(groupId));
  }
  if (all.length <= limits.databases && isLinked.size <= limits.databases) return { views, leftOut: 0 };
  const ids = [...isLinked.keys()].map((id) => ({ id, name: names.get(id) ?? id }));
  const shownIds = new Set(
    first(
      ids,
      limits.databases,
      ({ id, name }) => limits.expected.databases.has(name) || isLinked.get(id) === true,
    ).map(({ id }) => id),
  );
  const hasCopies = views.database_replica_states !== null;
  const shown = new Set(
    first(all, limits.databases, ({ groupDatabaseId, name }) =>
      hasCopies && groupDatabaseId !== null ? shownIds.has(groupDatabaseId) : limits.expected.databases.has(name),
    ),
  );
  return {
    leftOut: Math.max(isLinked.size - shownIds.size, all.length - shown.size),
    views: {
      ...views,
      ...logsOf(views, [...shown]),
      databases: views.databases?.filter((row) => shown.has(row)) ?? null,
      database_replica_states:
        views.database_replica_states?.filter(({ groupDatabaseId }) => shownIds.has(groupDatabaseId)) ?? null,
    },
  };
}

/** What is shown of the logs: those of the databases that are shown, by whatever name the counters have for them. */
function logsOf(views: Views, shown: readonly Database[]): Pick<Views, 'performance_counters' | 'master_files'> {
  const ids = new Set(shown.map(({ databaseId }) => databaseId));
  const names = new Set(
    shown
      .flatMap(({ name, physicalDatabaseName, groupDatabaseId }) => [name, physicalDatabaseName, groupDatabaseId])
      .flatMap((name) => (name === null ? [] : [logKey(name)])),
  );
  return {
    performance_counters:
      views.performance_counters?.filter(({ instanceName }) => names.has(logKey(instanceName))) ?? null,
    master_files: views.master_files?.filter(({ databaseId }) => ids.has(databaseId)) ?? null,
  };
}

/** However many rows a group, a database or the server itself has. */
function shownRows(views: Views, { links, databases }: ShownLimits): Shown {
  const most: { readonly [Name in keyof Views]?: number } = {
    availability_replicas: 2 * links * rowsEach,
    availability_replica_states: 2 * links * rowsEach,
    database_replica_states: databases * rowsEach,
    physical_seeding_stats: databases,
    certificates: otherRows,
    database_mirroring_endpoints: otherRows,
    tcp_endpoints: otherRows,
    performance_counters: 2 * databases + otherRows,
    master_files: databases * rowsEach + otherRows,
  };
  let leftOut = 0;
  const shown = Object.entries(most).flatMap(([name, limit]) => {
    const rows = views[name as keyof Views];
    if (rows === null || rows.length <= limit) return [];
    leftOut += rows.length - limit;
    return [[name, rows.slice(0, limit)] as const];
  });
  return leftOut === 0 ? { views, leftOut } : { views: { ...views, ...Object.fromEntries(shown) }, leftOut };
}

/** The first so many: those that are expected, then by name. Of names that are equal the server's order decides. */
function first<Row extends { readonly name: string }>(
  rows: readonly Row[],
  limit: number,
  isExpected: (row: Row) => boolean,
): readonly Row[] {
  if (rows.length <= limit) return rows;
  const byName = (one: Row, other: Row): number => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);
  const expected = rows.filter(isExpected).toSorted(byName);
  const chosen = new Set(expected);
  return [...expected, ...rows.filter((row) => !chosen.has(row)).toSorted(byName)].slice(0, limit);
}
