import { createHash } from 'node:crypto';
import type { Config, ConfigWarning } from './config.ts';
import type { Report } from './problem.ts';
import { planShards, type ShardPlan } from './shard-plan.ts';
import { show } from './wording.ts';

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
    if (servers.length === 0) report(`links[${index}]`, null, unlistedMessage);
  }
  const plan = planShards(config);
  const groups = plan.unlisted === null ? plan.linked : [...plan.linked, plan.unlisted];
  const own = new Set(
    groups.flatMap(({ key, servers }) => (ordinalOf(key, shard.total) === shard.ordinal ? servers : [])),
  );
  warnOfUnlisted(plan, shard, warn);
  if (own.size === 0) {
    const which = `shard ${shard.ordinal} of ${shard.total}`;
    warn({ path: 'servers', message: `${which} has no server: there are ${groups.length} groups of linked servers` });
  }
  return {
    ...config,
    servers: config.servers.filter(({ name }) => own.has(name)),
    links: config.links.filter(({ servers }) => servers.some((name) => own.has(name))),
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
