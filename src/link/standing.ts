import type { ServerState } from '../model/server-state.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { UnseenEnd } from './data/end.ts';
import { canShowLinks } from './ends.ts';
import { identityOf, managedInstanceOfEndpoint, ownManagedInstance, type ServerIdentity } from './identity.ts';

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
