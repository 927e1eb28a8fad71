import type { AssessedLink } from '../link/link.ts';
import { createDisjointSets } from '../model/disjoint-sets.ts';
import type { ServerState } from '../model/server-state.ts';
import type { State } from './family.ts';

/** A part of a state that no series outside of it depends on: servers that links join, and those links. */
export interface Part extends State {
  /** The same for the same servers and links, whatever is known of them; no two parts of a state have one. */
  readonly key: string;
}

/**
 * Divides a state into its smallest parts, in its own order. What the families say of all parts is what they say of the whole:
 * a series is about one server or about one link, and what it is made from is within the part.
 */
export function partsOf({ servers, links }: State): readonly Part[] {
  const joined = createDisjointSets();
  for (const link of links) {
    for (const { server } of link.ends) joined.join(nodeOfLink(link), nodeOfServer(server));
  }
  const parts = new Map<string, { servers: ServerState[]; links: AssessedLink[] }>();
  const partOf = (node: string): { servers: ServerState[]; links: AssessedLink[] } => {
    const root = joined.rootOf(node);
    const part = parts.get(root) ?? { servers: [], links: [] };
    parts.set(root, part);
    return part;
  };
  for (const server of servers) partOf(nodeOfServer(server.name)).servers.push(server);
  for (const link of links) partOf(nodeOfLink(link)).links.push(link);
  return [...parts].map(([key, part]) => ({ key, ...part }));
}

/** Whether nothing has changed: states and links are replaced when they change, never written to. */
export function isSamePart(one: State, other: State): boolean {
  return areSame(one.servers, other.servers) && areSame(one.links, other.links) && one.azure === other.azure;
}

function areSame(one: readonly object[], other: readonly object[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

function nodeOfServer(name: string): string {
  return `server ${name}`;
}

function nodeOfLink({ name, managedInstance }: AssessedLink): string {
  return `link ${JSON.stringify([name, managedInstance])}`;
}
