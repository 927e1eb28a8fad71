import { createDisjointSets } from '../../model/disjoint-sets.ts';
import type { Config } from '../config.ts';

/** Servers that one exporter has to poll together, so that no link is torn apart. */
export interface ServerGroup {
  /** What the group's place is computed from: the first of its names, or empty for the group of the unlisted servers. */
  readonly key: string;
  /** In the order of the configuration. */
  readonly servers: readonly string[];
}

/** The configuration's servers in groups, each server in one. */
export interface ShardPlan {
  /** Joined by the links that the configuration lists, directly or over servers that carry several links. */
  readonly linked: readonly ServerGroup[];
  /**
   * Servers that no link lists: null when there are none. Two of them may be the ends of a link that nobody configured,
   * and which two can't be told before they are polled, so they stay together.
   */
  readonly unlisted: ServerGroup | null;
}

/** Groups the servers by the links between them. Pure; the order of servers and links makes no difference to the keys. */
export function planShards({ servers, links }: Pick<Config, 'servers' | 'links'>): ShardPlan {
  const groups = createDisjointSets();
  for (const { servers: ends } of links) {
    for (const end of ends) groups.join(ends[0] ?? end, end);
  }
  const listed = new Set(links.flatMap((link) => link.servers));
  const names = servers.map(({ name }) => name);
  const byRoot = Map.groupBy(
    names.filter((name) => listed.has(name)),
    groups.rootOf,
  );
  const unlisted = names.filter((name) => !listed.has(name));
  return {
    linked: [...byRoot].map(([key, group]) => ({ key, servers: group })),
    unlisted: unlisted.length === 0 ? null : { key: '', servers: unlisted },
  };
}
