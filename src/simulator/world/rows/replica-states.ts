import type { Row } from '../../row.ts';
import { coded, type TextOf } from '../codes.ts';
import type { ConnectError } from '../state.ts';
import { replicaHealth } from '../synchronization.ts';
import { databaseGroup, type EndView, type LinkView } from '../view.ts';

/**
 * sys.dm_hadr_availability_replica_states: the server in its own group (always PRIMARY there), its member in the distributed
 * group with the link's role, and the partner's member only where this end is the link's primary.
 */
export function replicaStateRows(view: EndView): readonly Row[] {
  return view.links.flatMap((link) => [
    ownGroupRow(view, link),
    localMemberRow(view, link),
    ...(link.seesPartner ? [partnerRow(view, link)] : []),
    ...internalRows(view, link),
  ]);
}

/** The hidden groups of a link of several databases: the link's own rows, each with the health of one database. */
function internalRows(view: EndView, link: LinkView): readonly Row[] {
  return link.state.databases.flatMap((database) => {
    const group = databaseGroup(view, link, database);
    if (!group.isInternal) return [];
    const alone = { ...link, state: { ...link.state, databases: [database] } };
    const hidden = { group_id: group.groupId, is_internal: true };
    const local = { ...localMemberRow(view, alone), ...hidden, replica_id: group.selfReplicaId };
    const partner = { ...partnerRow(view, alone), ...hidden, replica_id: group.otherReplicaId };
    return link.seesPartner ? [local, partner] : [local];
  });
}

/** sys.dm_hadr_availability_group_states. */
export function groupStateRows(view: EndView): readonly Row[] {
  return view.links.flatMap((link) => [
    {
      group_id: link.self.groupId,
      primary_replica: view.self.serverName,
      ...coded('recovery_health', ownRecovery(view, link), 'primary_recovery_health'),
      ...coded('recovery_health', null, 'secondary_recovery_health'),
      ...coded('synchronization_health', ownHealth(view, link)),
    },
    distributedGroupState(view, link),
  ]);
}

/** sys.dm_hadr_availability_replica_cluster_states: every member of every group. */
export function replicaClusterStateRows(view: EndView): readonly Row[] {
  return view.links.flatMap((link) => [
    clusterState(link.self.groupId, link.self.replicaId, view.self.serverName),
    clusterState(link.groupId, link.self.memberReplicaId, link.self.groupName),
    clusterState(link.groupId, link.other.memberReplicaId, link.other.groupName),
  ]);
}

function clusterState(groupId: string, replicaId: string, serverName: string): Row {
  return {
    replica_id: replicaId,
    replica_server_name: serverName,
    group_id: groupId,
    ...coded('join_state', 'JOINED_STANDALONE'),
  };
}

function ownGroupRow(view: EndView, link: LinkView): Row {
  return {
    replica_id: link.self.replicaId,
    group_id: link.self.groupId,
    is_local: true,
    ...coded('role', 'PRIMARY'),
    ...coded('operational_state', 'ONLINE'),
    ...coded('connected_state', 'CONNECTED'),
    ...coded('recovery_health', ownRecovery(view, link)),
    ...coded('synchronization_health', ownHealth(view, link)),
    ...internal(),
  };
}

function localMemberRow(view: EndView, link: LinkView): Row {
  const isPrimary = link.role === 'PRIMARY';
  return {
    replica_id: link.self.memberReplicaId,
    group_id: link.groupId,
    is_local: true,
    ...coded('role', link.role),
    ...coded('operational_state', operationOf(view, link)),
    ...coded('connected_state', isPrimary ? 'CONNECTED' : connectedState(link)),
    ...coded('recovery_health', ownRecovery(view, link)),
    ...coded('synchronization_health', isPrimary ? memberHealth(view, link) : copyHealth(view, link)),
    ...(isPrimary ? {} : lastError(view, link.state.connectErrors[view.end])),
    ...internal(),
  };
}

function partnerRow(view: EndView, link: LinkView): Row {
  return {
    replica_id: link.other.memberReplicaId,
    group_id: link.groupId,
    is_local: false,
    ...coded('role', 'SECONDARY'),
    ...coded('operational_state', null),
    ...coded('connected_state', connectedState(link)),
    ...coded('recovery_health', null),
    ...coded('synchronization_health', copyHealth(view, link)),
    ...lastError(view, link.state.connectErrors[view.end]),
    ...internal(),
  };
}

function distributedGroupState(view: EndView, link: LinkView): Row {
  const isPrimary = link.role === 'PRIMARY';
  const health = copyHealth(view, link);
  return {
    group_id: link.groupId,
    primary_replica: primaryMember(link),
    ...coded('recovery_health', isPrimary ? ownRecovery(view, link) : null, 'primary_recovery_health'),
    ...coded('recovery_health', isPrimary ? null : ownRecovery(view, link), 'secondary_recovery_health'),
    // While a primary's own replica is healthy and the partner is not, only some are.
    ...coded('synchronization_health', isPrimary ? healthOfBoth(memberHealth(view, link), health) : health),
  };
}

function primaryMember(link: LinkView): string | null {
  if (link.role === 'PRIMARY') {
    return link.self.groupName;
  }
  return Object.values(link.state.roles).includes('PRIMARY') ? link.other.groupName : null;
}

function operationOf(view: EndView, link: LinkView): TextOf<'operational_state'> {
  return link.state.operation[view.end] ?? (link.role === 'RESOLVING' ? 'PENDING_FAILOVER' : 'ONLINE');
}

/** ONLINE_IN_PROGRESS while a joined database of this end is not ONLINE. */
function ownRecovery(view: EndView, link: LinkView): TextOf<'recovery_health'> {
  return brokenHere(view, link) ? 'ONLINE_IN_PROGRESS' : 'ONLINE';
}

function ownHealth(view: EndView, link: LinkView): TextOf<'synchronization_health'> {
  return brokenHere(view, link) ? 'NOT_HEALTHY' : 'HEALTHY';
}

/** A member that does not work is not healthy, whatever its databases are. */
function memberHealth(view: EndView, link: LinkView): TextOf<'synchronization_health'> {
  return operationOf(view, link) === 'ONLINE' ? ownHealth(view, link) : 'NOT_HEALTHY';
}

function brokenHere(view: EndView, link: LinkView): boolean {
  return link.state.databases.some(
    ({ inGroup, joined, states }) =>
      inGroup[view.end] && (joined || link.role === 'PRIMARY') && (states[view.end] ?? 'ONLINE') !== 'ONLINE',
  );
}

function healthOfBoth(
  own: TextOf<'synchronization_health'>,
  partner: TextOf<'synchronization_health'>,
): TextOf<'synchronization_health'> {
  return own === partner ? own : 'PARTIALLY_HEALTHY';
}

function connectedState(link: LinkView): TextOf<'connected_state'> {
  return link.connected ? 'CONNECTED' : 'DISCONNECTED';
}

function copyHealth(view: EndView, link: LinkView): TextOf<'synchronization_health'> {
  return replicaHealth(link.state, view.world.nowMilliseconds);
}

function lastError(view: EndView, error: ConnectError | null): Row {
  return error === null
    ? {}
    : {
        last_connect_error_number: error.number,
        last_connect_error_description: error.description,
        last_connect_error_timestamp: view.local(error.atMilliseconds),
      };
}

function internal(): Row {
  return { is_internal: false };
}
