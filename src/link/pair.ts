import type { ExpectedLink } from '../model/expected-link.ts';
import { linkKey } from '../model/link-key.ts';
import type { LinkEnd } from './data/end.ts';
import type { FoundEnd } from './ends.ts';
import { instanceKey } from './identity.ts';
import { areSame } from './is-equal.ts';
import { compareText } from './order.ts';
import { missingSides } from './side.ts';

/** Two configured names of one instance: `server` stands for both, `alias` is left out. */
export interface Alias {
  readonly server: string;
  readonly alias: string;
}

/** The ends that belong to one link, before anyone asks what is missing. */
export interface Pairing {
  readonly name: string;
  readonly managedInstance: string;
  readonly ends: readonly LinkEnd[];
  readonly aliases: readonly Alias[];
  readonly expected: ExpectedLink | null;
  /** The ends can't all be of one link, and nothing tells them apart. */
  readonly isAmbiguous: boolean;
  /** Servers whose end of the same name may belong here: they can't tell their managed instance, or this link can't. */
  readonly doubts: readonly string[];
}

/** A link that Azure lists. */
export interface AzureListed {
  readonly name: string;
  readonly managedInstance: string;
}

type Group = Omit<Pairing, 'doubts'>;

/**
 * Puts ends together by distributed group name and managed instance, and adds the expected links that nobody showed.
 */
export function pairEnds(
  found: readonly FoundEnd[],
  expected: readonly ExpectedLink[],
  inAzure: readonly AzureListed[] = [],
): readonly Pairing[] {
  const ends = adopted(found, expected).filter((each) => !isOrdinaryGroup(each, expected));
  const expectedByKey = new Map(expected.map((each) => [keyOf(each), each]));
  const byKey = Map.groupBy(ends, keyOf);
  const keys = new Set([...byKey.keys(), ...expectedByKey.keys()]);
  const groups = [...keys].map((key) => keptGroup(byKey.get(key) ?? [], expectedByKey.get(key) ?? null));
  const alone = new Map(
    inAzure
      .map((each): [string, AzureListed] => [linkKey(each.name, each.managedInstance), each])
      .filter(([key]) => !keys.has(key)),
  );
  const byName = Map.groupBy(groups, (group) => group.name.toLowerCase());
  const pairings = groups.map((group) => {
    const namesakes = byName.get(group.name.toLowerCase()) ?? [];
    return namesakes.length > 1 ? { ...group, doubts: doubtsOf(group, namesakes) } : undoubted(group);
  });
  return [...pairings, ...[...alone.values()].map((each) => ({ ...groupOf([], null), ...each, doubts: [] }))];
}

/** What was made of ends and groups before: all but those of the server that was just polled are the same objects. */
const linkKeys = new WeakMap<FoundEnd | ExpectedLink, string>();
const formerGroups = new WeakMap<FoundEnd, { readonly found: readonly FoundEnd[]; readonly group: Group }>();
const undoubtedGroups = new WeakMap<Group, Pairing>();

function keyOf(each: FoundEnd | ExpectedLink): string {
  const key = linkKeys.get(each) ?? linkKey(each.name, each.managedInstance ?? '');
  linkKeys.set(each, key);
  return key;
}

function keptGroup(found: readonly FoundEnd[], expected: ExpectedLink | null): Group {
  const [first] = found;
  const former = first === undefined ? undefined : formerGroups.get(first);
  if (former !== undefined && former.group.expected === expected && areSame(former.found, found)) return former.group;
  const group = groupOf(found, expected);
  if (first !== undefined) formerGroups.set(first, { found, group });
  return group;
}

function undoubted(group: Group): Pairing {
  const pairing = undoubtedGroups.get(group) ?? { ...group, doubts: [] };
  undoubtedGroups.set(group, pairing);
  return pairing;
}

/** Each end with the managed instance that others, or the configuration, tell of it. */
export function adopted(found: readonly FoundEnd[], expected: readonly ExpectedLink[]): readonly FoundEnd[] {
  return found.map((each) => adoptListed(adoptManagedInstance(each, found), expected));
}

/** Equal group_id GUIDs can't be a coincidence: an end that can't tell its managed instance takes it from such an end. */
function adoptManagedInstance(each: FoundEnd, found: readonly FoundEnd[]): FoundEnd {
  if (each.managedInstance !== null) return each;
  const names = new Set(
    found.filter((other) => other.end.groupId === each.end.groupId).map((other) => other.managedInstance),
  );
  names.delete(null);
  const [name = null] = names;
  return names.size === 1 ? { ...each, managedInstance: name } : each;
}

/** A group that is listed is a link whatever it looks like: one that can't tell its managed instance is the one of that name. */
function adoptListed(each: FoundEnd, expected: readonly ExpectedLink[]): FoundEnd {
  if (each.managedInstance !== null) return each;
  const [listed, ...others] = expected.filter(
    ({ name, servers }) =>
      name.toLowerCase() === each.name.toLowerCase() && (servers.length === 0 || servers.includes(each.end.server)),
  );
  return listed === undefined || others.length > 0 ? each : { ...each, managedInstance: listed.managedInstance };
}

/**
 * A distributed group between two SQL Server groups: no link (dbatools issue 6793). Known only where the members were read
 * and none of them names a managed instance, and the configuration does not list it.
 */
export function isOrdinaryGroup(each: FoundEnd, expected: readonly ExpectedLink[]): boolean {
  if (!each.isOrdinary || each.managedInstance !== null) return false;
  return !expected.some(({ name }) => name.toLowerCase() === each.name.toLowerCase());
}

function groupOf(found: readonly FoundEnd[], expected: ExpectedLink | null): Group {
  const sorted = found.toSorted((one, other) => compareEnds(one.end, other.end) || compareText(one.name, other.name));
  const managedInstance = (sorted[0]?.managedInstance ?? expected?.managedInstance ?? '').toLowerCase();
  const { ends, aliases } = mergeInstances(sorted.map((each) => each.end));
  return {
    // The configuration's spelling stays the same when an end goes away; the SQL Server's comes next.
    name: expected?.name ?? sorted[0]?.name ?? '',
    managedInstance,
    ends: dropShadows(ends),
    aliases,
    expected,
    isAmbiguous: isAmbiguous(managedInstance, ends),
  };
}

function compareEnds(one: LinkEnd, other: LinkEnd): number {
  return (
    compareText(other.engine, one.engine) ||
    compareText(one.server, other.server) ||
    compareText(one.groupId, other.groupId)
  );
}

/** Two configured names of one instance (@@SERVERNAME and engine) are one end: the first name is kept. */
function mergeInstances(ends: readonly LinkEnd[]): Pick<Group, 'ends' | 'aliases'> {
  const kept = new Map<string, LinkEnd>();
  const aliases: Alias[] = [];
  for (const end of ends) {
    const key = instanceKey(end.engine, end.instance) ?? `server:${end.server}`;
    const first = kept.get(key);
    if (first === undefined) kept.set(key, end);
    else if (first.server !== end.server) aliases.push({ server: first.server, alias: end.server });
  }
  return { ends: [...kept.values()], aliases };
}

/**
 * Only the node that is primary of its availability group shows the distributed group's state. A node that has the group
 * in its catalog but no row for it says nothing beside one that has.
 */
function dropShadows(ends: readonly LinkEnd[]): readonly LinkEnd[] {
  const shown = new Set(ends.filter((end) => end.local !== null).map((end) => end.engine));
  return ends.filter((end) => end.local !== null || !shown.has(end.engine));
}

function isAmbiguous(managedInstance: string, ends: readonly LinkEnd[]): boolean {
  if (managedInstance === '') return new Set(ends.map((end) => end.groupId)).size > 1;
  // One short name in two clouds: the SQL Server's end does not say which of them it means.
  return ends.filter((end) => end.engine === 'managed_instance').length > 1;
}

/**
 * Between links of one name of which one has no managed instance: an incomplete link may own the other's end if that is
 * of the engine that it lacks.
 */
function doubtsOf(link: Group, namesakes: readonly Group[]): readonly string[] {
  const doubts = namesakes
    .filter((other) => other !== link && (other.managedInstance === '') !== (link.managedInstance === ''))
    .filter((other) => mayComplete(link, other))
    .flatMap((other) => other.ends.map((end) => end.server));
  return [...new Set(doubts)].toSorted(compareText);
}

function mayComplete(one: Group, other: Group): boolean {
  const [known, unknown] = one.managedInstance === '' ? [other, one] : [one, other];
  const missing = missingSides(known);
  return missingSides(unknown).length > 0 && unknown.ends.some((end) => missing.includes(end.engine));
}
