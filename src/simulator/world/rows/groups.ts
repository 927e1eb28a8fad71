import type { Row } from '../../row.ts';
import { coded } from '../codes.ts';
import { type DatabaseIdentity, endNames } from '../topology.ts';
import { containedDatabases, type EndView, type LinkView } from '../view.ts';

/** sys.availability_groups: for each link the end's own group and the distributed one. */
export function availabilityGroupRows(view: EndView): readonly Row[] {
  return view.links.flatMap((link, index) => [ownGroup(view, link, index), distributedGroup(link, index)]);
}

/** sys.availability_replicas: the server in its own group, and on both ends both members of the distributed group. */
export function availabilityReplicaRows(view: EndView): readonly Row[] {
  return view.links.flatMap((link, index) => [ownReplica(view, link, index), ...members(view, link, index)]);
}

/** sys.availability_databases_cluster. */
export function availabilityDatabaseRows(view: EndView): readonly Row[] {
  return view.links.flatMap((link) => [
    ...link.state.databases
      .filter(({ inGroup }) => inGroup[view.end])
      .flatMap(({ identity }) => [link.self.groupId, link.groupId].map((groupId) => groupDatabase(groupId, identity))),
    ...containedDatabases(view, link).map((identity) => groupDatabase(link.self.groupId, identity)),
  ]);
}

function groupDatabase(groupId: string, identity: DatabaseIdentity): Row {
  return { group_id: groupId, group_database_id: identity.groupDatabaseId, database_name: identity.name };
}

function ownGroup(view: EndView, link: LinkView, index: number): Row {
  return {
    group_id: link.self.groupId,
    name: link.self.groupName,
    failure_condition_level: 3,
    health_check_timeout: 30_000,
    ...coded('automated_backup_preference', 'SECONDARY'),
    db_failover: false,
    is_distributed: false,
    required_synchronized_secondaries_to_commit: 0,
    ...commonToGroups(index * 2),
    is_contained: containedDatabases(view, link).length > 0,
  };
}

function distributedGroup(link: LinkView, index: number): Row {
  return {
    group_id: link.groupId,
    name: link.state.identity.name,
    ...coded('automated_backup_preference', null),
    db_failover: false,
    is_distributed: true,
    required_synchronized_secondaries_to_commit: 0,
    ...commonToGroups(index * 2 + 1),
  };
}

function commonToGroups(index: number): Row {
  return {
    version: 2,
    basic_features: false,
    dtc_support: false,
    ...coded('cluster_type', 'NONE'),
    sequence_number: 4_294_967_296n + BigInt(index),
    is_contained: false,
  };
}

function ownReplica(view: EndView, link: LinkView, index: number): Row {
  return {
    replica_id: link.self.replicaId,
    group_id: link.self.groupId,
    replica_metadata_id: 65_536 + index * 2,
    replica_server_name: view.self.serverName,
    owner_sid: new Uint8Array([1]),
    endpoint_url: view.self.endpointUrl.split(';', 1)[0] ?? null,
    ...coded('availability_mode', 'SYNCHRONOUS_COMMIT'),
    session_timeout: 10,
    ...timesOf(view, link),
    ...commonToReplicas(),
  };
}

function members(view: EndView, link: LinkView, index: number): readonly Row[] {
  return endNames.map((end) => {
    const member = link.state.identity.members[end];
    const isLocal = end === view.end;
    return {
      replica_id: member.memberReplicaId,
      group_id: link.groupId,
      replica_metadata_id: isLocal ? 65_537 + index * 2 : null,
      replica_server_name: member.groupName,
      owner_sid: isLocal ? new Uint8Array([1]) : null,
      endpoint_url: link.state.identity.endpointUrls[end],
      ...coded('availability_mode', link.state.storedModes[view.end] ?? link.state.mode),
      session_timeout: 20,
      ...(isLocal ? timesOf(view, link) : {}),
      ...commonToReplicas(),
    };
  });
}

/** A replica elsewhere has no dates here. */
function timesOf(view: EndView, link: LinkView): Row {
  const createdAt = view.local(link.state.identity.createdAtMilliseconds);
  return { create_date: createdAt, modify_date: createdAt };
}

function commonToReplicas(): Row {
  return {
    ...coded('failover_mode', 'MANUAL'),
    primary_role_allow_connections: 2,
    primary_role_allow_connections_desc: 'ALL',
    secondary_role_allow_connections: 2,
    secondary_role_allow_connections_desc: 'ALL',
    backup_priority: 50,
    ...coded('seeding_mode', 'AUTOMATIC'),
  };
}
