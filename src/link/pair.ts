import { type ExpectedLink, linkKey } from '../model/expected-link.ts';
import { areSame, compareText } from './compare.ts';
import type { LinkEnd } from './data/end.ts';
import type { FoundEnd } from './ends.ts';
import { instanceKey } from './identity.ts';
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

/** Puts the ends of one state of the estate after another together. Not pure: it remembers what the former ones made. */
export type Pairer = (
  found: readonly FoundEnd[],
  expected: readonly ExpectedLink[],
  inAzure?: readonly AzureListed[],
) => readonly Pairing[];

/** What was made of some ends. */
interface Made {
  readonly found: readonly FoundEnd[];
  readonly expected: ExpectedLink | null;
  readonly group: Group;
  /** The group where nothing of it is in doubt. */
  readonly undoubted: Pairing;
}

/**
 * Creates what puts ends together by distributed group name and managed instance, and adds the expected links that nobody
 * showed. A pairing is the same object as long as its ends are, as all are but those of the server that was just polled.
 */
export function createPairer(): Pairer {
  let former: ReadonlyMap<string, Made> = new Map();
  return (found, expected, inAzure = []) => {
    const ends = adopted(found, expected).filter((each) => !isOrdinaryGroup(each, expected));
    const expectedByKey = new Map(expected.map((each) => [keyOf(each), each]));
    const byKey = Map.groupBy(ends, keyOf);
    const keys = new Set([...byKey.keys(), ...expectedByKey.keys()]);
    const made = new Map(
      [...keys].map((key) => [key, madeOf(former.get(key), byKey.get(key), expectedByKey.get(key))]),
    );
    former = made;
    const groups = [...made.values()].map(({ group }) => group);
    const byName = Map.groupBy(groups, (group) => group.name.toLowerCase());
    const pairings = [...made.values()].map(({ group, undoubted }) => {
      const namesakes = byName.get(group.name.toLowerCase()) ?? [];
      return namesakes.length > 1 ? { ...group, doubts: doubtsOf(group, namesakes) } : undoubted;
    });
    return [...pairings, ...onlyInAzure(inAzure, keys)];
  };
}

function keyOf({ name, managedInstance }: Pick<FoundEnd, 'name' | 'managedInstance'>): string {
  return linkKey(name, managedInstance ?? '');
}

function madeOf(former: Made | undefined, found: readonly FoundEnd[] = [], expected: ExpectedLink | null = null): Made {
  if (former !== undefined && former.expected === expected && areSame(former.found, found)) return former;
  const group = groupOf(found, expected);
  return { found, expected, group, undoubted: { ...group, doubts: [] } };
}

function onlyInAzure(inAzure: readonly AzureListed[], known: ReadonlySet<string>): readonly Pairing[] {
  const alone = new Map(
    inAzure.map((each): [string, AzureListed] => [keyOf(each), each]).filter(([key]) => !known.has(key)),
  );
  return [...alone.values()].map((each) => ({ ...groupOf([], null), ...each, doubts: [] }));
}

/** Each end with the managed instance that others, or the configuration, tell of it. */
function adopted(found: readonly FoundEnd[], expected: readonly ExpectedLink[]): readonly FoundEnd[] {
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
function isOrdinaryGroup(each: FoundEnd, expected: readonly ExpectedLink[]): boolean {
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
