import type { ServerState } from '../model/server-state.ts';
import { isEqual } from './compare.ts';
import { endsOf, type FoundEnd, type GroupLookup, type KnownGroup, namedManagedInstance } from './ends.ts';
import { ownManagedInstance } from './identity.ts';

/** Finds the ends that the servers' latest answers show, a step for each. */
export type EndFinder = (servers: readonly ServerState[]) => Generator<void, readonly FoundEnd[], void>;

/** The ends of one server, and what others told of its groups meanwhile. */
interface Found {
  readonly server: ServerState;
  readonly ends: readonly FoundEnd[];
  readonly told: ReadonlyMap<string, KnownGroup | undefined>;
}

/** Creates a finder that remembers the ends of each server until it is polled again, or others tell something else. */
export function createEndFinder(): EndFinder {
  let found: ReadonlyMap<string, Found> = new Map();
  return function* find(servers) {
    const lookUp = groupsOf(servers);
    const all: FoundEnd[] = [];
    const next = new Map<string, Found>();
    for (const server of servers) {
      const former = found.get(server.name);
      const isGood = former?.server === server && isStillTold(former, lookUp);
      const current = isGood ? former : yield* findEnds(server, lookUp);
      next.set(server.name, current);
      all.push(...current.ends);
      if (!isGood) yield;
    }
    found = next;
    return all;
  };
}

function isStillTold({ told }: Found, lookUp: GroupLookup): boolean {
  for (const [groupId, group] of told) if (!isEqual(group, lookUp(groupId))) return false;
  return true;
}

function* findEnds(server: ServerState, lookUp: GroupLookup): Generator<void, Found, void> {
  const told = new Map<string, KnownGroup | undefined>();
  const ends = yield* endsOf(server, (groupId) => {
    const group = lookUp(groupId);
    told.set(groupId, group);
    return group;
  });
  return { server, ends, told };
}

/**
 * The distributed groups of all answers, by group_id; of former answers where no present one tells. Put together when first
 * asked for: where every end names its own managed instance nobody asks.
 */
function groupsOf(servers: readonly ServerState[]): GroupLookup {
  let told: ReadonlyMap<string, readonly ToldGroup[]> | null = null;
  const merged = new Map<string, KnownGroup>();
  return (groupId) => {
    const former = merged.get(groupId);
    if (former !== undefined) return former;
    told ??= Map.groupBy([...servers.flatMap(shownGroups), ...servers.flatMap(rememberedGroups)], ([id]) => id);
    const all = told.get(groupId);
    if (all === undefined) return undefined;
    const group = mergedGroup(all);
    merged.set(groupId, group);
    return group;
  };
}

/** Answers that name different managed instances for one GUID tell none. */
function mergedGroup(all: readonly ToldGroup[]): KnownGroup {
  const names = new Set(all.map(([, { managedInstance }]) => managedInstance));
  names.delete(null);
  const [only = null] = names;
  return { name: all[0]?.[1].name ?? '', managedInstance: names.size === 1 ? only : null };
}

type ToldGroup = readonly [groupId: string, group: KnownGroup];

function shownGroups({ outcome }: ServerState): readonly ToldGroup[] {
  if (outcome.kind !== 'ok') return [];
  const { server, views } = outcome.snapshot;
  const replicas = Map.groupBy(views.availability_replicas ?? [], (row) => row.groupId);
  return (views.availability_groups ?? [])
    .filter(({ isDistributed }) => isDistributed === true)
    .map(({ groupId, name }) => {
      const urls = (replicas.get(groupId) ?? []).map(({ endpointUrl }) => endpointUrl);
      return [groupId, { name, managedInstance: ownManagedInstance(server) ?? namedManagedInstance(urls) }];
    });
}

function rememberedGroups({ history }: ServerState): readonly ToldGroup[] {
  return [...history.groups].map(([groupId, { name, endpointUrls }]) => [
    groupId,
    { name, managedInstance: namedManagedInstance(endpointUrls) },
  ]);
}
