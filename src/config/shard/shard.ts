import { createHash } from 'node:crypto';
import type { AzureShare } from '../azure/azure.ts';
import type { Config, ConfigWarning } from '../config.ts';
import type { Report } from '../value/problem.ts';
import { show } from '../value/wording.ts';

/** Which part of the configuration an exporter polls, as kube-state-metrics counts shards. */
export interface Shard {
  /** From 0 to below `total`. */
  readonly ordinal: number;
  readonly total: number;
}

/** All of it: one exporter without shards. */
export const wholeShard: Shard = { ordinal: 0, total: 1 };

/** More names than this don't help in one line. */
const maximumListedNames = 8;

/**
 * The shard's part of a configuration: its servers and the links between them. With one shard it is the whole; with more,
 * each link has to list its servers, which is reported otherwise.
 */
export function shardOf(
  config: Config,
  shard: Shard,
  { report, warn }: { readonly report: Report; readonly warn: (warning: ConfigWarning) => void },
): Config {
  if (shard.total === 1) return config;
  for (const [index, { servers }] of config.links.entries()) {
    if (servers.length === 0 && config.servers.length > 0) report(`links[${index}]`, null, unlistedMessage);
  }
  const plan = planShards(config);
  const groups = plan.unlisted === null ? plan.linked : [...plan.linked, plan.unlisted];
  const own = new Set(
    groups.flatMap(({ key, servers }) => (ordinalOf(key, shard.total) === shard.ordinal ? servers : [])),
  );
  warnOfUnlisted(plan, shard, warn);
  if (own.size === 0 && config.azure === undefined) {
    const which = `shard ${shard.ordinal} of ${shard.total}`;
    warn({ path: 'servers', message: `${which} has no server: there are ${groups.length} groups of linked servers` });
  }
  const share = shareOf(config, own, shard);
  return {
    ...config,
    ...(config.azure === undefined ? {} : { azure: { ...config.azure, share } }),
    servers: config.servers.filter(({ name }) => own.has(name)),
    links: config.links.filter(({ servers, managedInstance }) =>
      servers.length === 0 ? isOwnInstance(share, managedInstance) : servers.some((name) => own.has(name)),
    ),
  };
}

const unlistedMessage =
  'missing: with --total-shards give the servers of each link, so that both of its ends stay in one shard';

/** Names where they all are; a link between one of them and a listed server is one that this plan would tear apart. */
function warnOfUnlisted({ unlisted }: ShardPlan, { total }: Shard, warn: (warning: ConfigWarning) => void): void {
  if (unlisted === null) return;
  const { servers, key } = unlisted;
  const names = servers.slice(0, maximumListedNames).map(show).join(', ');
  const more = servers.length > maximumListedNames ? ` and ${servers.length - maximumListedNames} more` : '';
  warn({
    path: 'links',
    message: `no link lists ${names}${more}: they stay together in shard ${ordinalOf(key, total)}, as links between them may exist; list every link with its servers, or its ends may be polled by two shards`,
  });
}

/** The same on every machine and in every version: 48 bits of SHA-256, modulo the number of shards. */
function ordinalOf(key: string, total: number): number {
  return createHash('sha256').update(key).digest().readUIntBE(0, 6) % total;
}

/** An instance goes with the links and servers that name it, so that all witnesses of a link are in one shard. */
function shareOf({ servers, links }: Config, own: ReadonlySet<string>, shard: Shard): AzureShare {
  const named = [
    ...links
      .filter((link) => link.servers.length > 0)
      .map((link) => ({ name: link.managedInstance, isOwn: link.servers.some((server) => own.has(server)) })),
    ...servers.map(({ name, host }) => ({ name: (host.split('.')[0] ?? '').toLowerCase(), isOwn: own.has(name) })),
  ];
  const namesOf = (isOwn: boolean): string[] =>
    [...new Set(named.filter((each) => each.isOwn === isOwn).map(({ name }) => name))].sort();
  return { own: namesOf(true), others: namesOf(false), ...shard };
}

/** Whether this shard reads the instance: one that nothing names goes by its name alone. Without a share it does. */
export function isOwnInstance(share: AzureShare | undefined, name: string): boolean {
  if (share === undefined || share.own.includes(name)) return true;
  return !share.others.includes(name) && ordinalOf(`azure ${name}`, share.total) === share.ordinal;
}

/** Servers that one exporter has to poll together, so that no link is torn apart. */
interface ServerGroup {
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

/** Things that are joined two by two, told apart by name: which of them hang together. */
interface DisjointSets {
  /** The smallest name, by code units, of all that hang together with this one: whatever the order of joining. */
  readonly rootOf: (name: string) => string;
  readonly join: (one: string, other: string) => void;
}

function createDisjointSets(): DisjointSets {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    return root;
  };
  return {
    rootOf,
    join: (one, other) => {
      const [root, child] = [rootOf(one), rootOf(other)];
      if (root < child) parents.set(child, root);
      else if (child < root) parents.set(root, child);
    },
  };
}
