import type { ServerState } from '../model/server-state.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { compareText } from './compare.ts';
import type { UnseenEnd } from './data/end.ts';
import type { AssessedLink } from './data/link.ts';
import { canShowLinks } from './ends.ts';
import {
  firstDnsLabel,
  hostOfEndpoint,
  identityOf,
  instanceKey,
  isSameHost,
  managedInstanceOfEndpoint,
  ownManagedInstance,
  type ServerIdentity,
} from './identity.ts';
import type { Pairing } from './pair.ts';
import { type MissingSide, missingSides } from './side.ts';

/**
 * What of a server may matter to a link that it shows no end of. Links ask all servers for no more than this, so that a poll
 * that changes nothing of it leaves the links of other servers as they are.
 */
export interface ServerStanding {
  readonly name: string;
  readonly host: string;
  readonly identity: ServerIdentity;
  /** Null: the server answered and would have shown its links. */
  readonly whyUnseen: UnseenEnd['why'] | null;
  /** In lower case: what dropping a link leaves behind. */
  readonly databasesInNoGroup: readonly string[];
  /** Every distributed group that it shows: its name in lower case, and the managed instances that it names. */
  readonly groups: readonly { readonly name: string; readonly managedInstances: readonly string[] }[];
}

export function standingOf(server: ServerState): ServerStanding {
  const { name, host, outcome } = server;
  const of = { name, host, identity: identityOf(server), whyUnseen: whyUnseen(server) };
  if (outcome.kind !== 'ok') return { ...of, databasesInNoGroup: [], groups: [] };
  const databases = outcome.snapshot.views.databases ?? [];
  return {
    ...of,
    databasesInNoGroup: databases
      .filter(({ groupDatabaseId, replicaId }) => groupDatabaseId === null && replicaId === null)
      .map((row) => row.name.toLowerCase()),
    groups: distributedGroups(outcome.snapshot),
  };
}

/** Null: the server answered and would have shown its links. */
export function whyUnseen(server: ServerState): UnseenEnd['why'] | null {
  switch (server.outcome.kind) {
    case 'pending':
      return 'pending';
    case 'failed':
      return 'unreachable';
    case 'ok':
      return canShowLinks(server.outcome.snapshot) ? null : 'view_failed';
  }
}

function distributedGroups({ server, views }: Snapshot): ServerStanding['groups'] {
  const replicas = Map.groupBy(views.availability_replicas ?? [], ({ groupId }) => groupId);
  const own = ownManagedInstance(server);
  return (views.availability_groups ?? [])
    .filter(({ isDistributed }) => isDistributed === true)
    .map(({ groupId, name }) => {
      const named = (replicas.get(groupId) ?? []).map((row) => managedInstanceOfEndpoint(row.endpointUrl));
      return { name: name.toLowerCase(), managedInstances: [...named, own].filter((each) => each !== null) };
    });
}

/** What became of the configured servers that may carry the ends that no answer showed. */
export interface Absence {
  readonly unseen: readonly UnseenEnd[];
  /** Servers that answered, could have shown an end, and have no row of the link. */
  readonly silent: readonly string[];
  readonly missing: readonly MissingSide[];
}

/** Looks for each end that is missing among the configured servers. */
export function findAbsence(pairing: Pairing, servers: readonly ServerStanding[]): Absence {
  const missing = missingSides(pairing);
  const candidates = new Set(missing.flatMap((side) => candidatesFor(side, pairing, servers)));
  const unseen: UnseenEnd[] = [];
  const silent: string[] = [];
  for (const server of candidates) {
    // It shows a group of this name that may be this link's: neither unseen nor without a row.
    if (pairing.doubts.includes(server.name)) continue;
    if (server.whyUnseen === null) silent.push(server.name);
    else unseen.push({ server: server.name, why: server.whyUnseen });
  }
  unseen.sort((one, other) => compareText(one.server, other.server));
  return { unseen, silent: silent.toSorted(compareText), missing };
}

/**
 * The configuration's list decides. Without one: the servers whose host or identity says so; when there are none, every
 * server that did not answer and may be of that engine. A server that answered without a row proves nothing then: it
 * may have no part in the link.
 */
function candidatesFor(
  side: MissingSide,
  pairing: Pairing,
  servers: readonly ServerStanding[],
): readonly ServerStanding[] {
  const listed = pairing.expected?.servers ?? [];
  const asked = listed.length > 0 ? servers.filter((server) => listed.includes(server.name)) : servers;
  const eligible = asked.filter((server) => !isEndOf(pairing, server) && mayBe(side, pairing, server));
  if (listed.length > 0) return eligible;
  const named = eligible.filter((server) => isNamed(side, pairing, server) || holdsDatabase(pairing, server));
  return named.length > 0 ? named : eligible.filter(({ whyUnseen }) => whyUnseen !== null);
}

/** An instance that showed its end under another configured name is not missing. */
function isEndOf(pairing: Pairing, server: ServerStanding): boolean {
  const { instance } = server.identity;
  return pairing.ends.some((end) => {
    if (end.server === server.name) return true;
    return instance !== null && instance === instanceKey(end.engine, end.instance);
  });
}

function mayBe(side: MissingSide, pairing: Pairing, server: ServerStanding): boolean {
  const { identity } = server;
  if (side === 'either') return true;
  if (side === 'sql_server') {
    if (identity.engine !== null) return identity.engine === 'sql_server';
    return firstDnsLabel(server.host) !== pairing.managedInstance;
  }
  if (identity.engine === null) return true;
  return identity.managedInstance === pairing.managedInstance;
}

/**
 * Whether the server answered without the link and has a database of one of its names in no group: that is what dropping
 * a link leaves behind, so it was the other end, whatever address the group had for it.
 */
function holdsDatabase({ ends, expected }: Pairing, { databasesInNoGroup }: ServerStanding): boolean {
  if (databasesInNoGroup.length === 0) return false;
  const names = [
    ...ends.flatMap(({ databases }) => (databases ?? []).flatMap(({ catalog }) => catalog?.name ?? [])),
    ...(expected?.databases ?? []),
  ].map((name) => name.toLowerCase());
  return databasesInNoGroup.some((name) => names.includes(name));
}

/** Whether the server's own name says that it is this end: the managed instance's name, or the partner's address. */
function isNamed(side: MissingSide, pairing: Pairing, server: ServerStanding): boolean {
  if (side === 'managed_instance') {
    const name = server.identity.managedInstance ?? firstDnsLabel(server.host);
    if (name === pairing.managedInstance) return true;
  }
  return pairing.ends.some((end) => {
    const host = hostOfEndpoint(end.partnerMember?.endpointUrl ?? null);
    return host !== null && isSameHost(host, server.host);
  });
}

/**
 * Distributed availability groups that a server shows and that are no links: between two SQL Server groups, with no managed
 * instance named and not listed in the configuration. Sorted names; null when the server did not tell its groups.
 * Told and counted, never a reason to call anyone.
 */
export function unlinkedGroups(
  { name: server, outcome }: ServerState,
  links: readonly AssessedLink[],
): readonly string[] | null {
  if (outcome.kind !== 'ok' || outcome.snapshot.views.availability_groups === null) return null;
  const linked = new Set(
    links.flatMap(({ ends }) => ends.filter((end) => end.server === server).map(({ groupId }) => groupId)),
  );
  return outcome.snapshot.views.availability_groups
    .filter(({ isDistributed, groupId }) => isDistributed === true && !linked.has(groupId))
    .map(({ name }) => name)
    .sort(compareText);
}
