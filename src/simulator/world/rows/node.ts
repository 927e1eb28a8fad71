import type { Row } from '../../row.ts';
import { coded } from '../codes.ts';
import { nodeReplicaId } from '../pair-topology.ts';
import type { ServerIdentity } from '../topology.ts';
import type { EndView, LinkView } from '../view.ts';

/** What else a node of a group of several shows, and what it does not; a view that is left out is the same on every node. */
type NodeRows = (view: EndView, rows: readonly Row[]) => readonly Row[];

/**
 * On the node that is primary of the local groups: what an only node shows, and the other nodes as secondaries of the local
 * groups. On another node: the local groups only, in which it is secondary. The distributed groups exist on the first alone.
 */
const nodeRows: ReadonlyMap<string, NodeRows> = new Map<string, NodeRows>([
  ['availability_groups', ofLocalGroups],
  ['availability_replicas', (view, rows) => withPeers(view, ofLocalGroups(view, rows), peerReplica)],
  ['dm_hadr_availability_replica_states', replicaStates],
  ['dm_hadr_availability_group_states', groupStates],
  ['dm_hadr_database_replica_states', databaseStates],
  ['dm_hadr_database_replica_cluster_states', ofLocalReplicas],
  [
    'dm_hadr_availability_replica_cluster_states',
    (view, rows) => withPeers(view, ofLocalGroups(view, rows), peerReplica),
  ],
  ['availability_databases_cluster', ofLocalGroups],
  ['dm_hadr_physical_seeding_stats', (view, rows) => (view.isGroupPrimary ? rows : [])],
  ['dm_hadr_automatic_seeding', (view, rows) => (view.isGroupPrimary ? rows : [])],
]);

/** The rows of a view on one of several nodes, from those that an only node would show. */
export function rowsOnNode(view: EndView, table: string, rows: readonly Row[]): readonly Row[] {
  if (view.peers.length === 0) return rows;
  return nodeRows.get(table)?.(view, rows) ?? rows;
}

function ofLocalGroups(view: EndView, rows: readonly Row[]): readonly Row[] {
  const local = new Set<unknown>(view.links.map(({ self }) => self.groupId));
  return view.isGroupPrimary ? rows : rows.filter((row) => local.has(row.group_id));
}

function ofLocalReplicas(view: EndView, rows: readonly Row[]): readonly Row[] {
  const local = new Set<unknown>(view.links.map(({ self }) => self.replicaId));
  return view.isGroupPrimary ? rows : rows.filter((row) => local.has(row.replica_id));
}

/** Beside each row about this server's replica of a local group, one for each other node. */
function withPeers(
  view: EndView,
  rows: readonly Row[],
  rowOf: (own: Row, link: LinkView, peer: ServerIdentity) => Row,
): readonly Row[] {
  return rows.flatMap((row) => {
    const link = view.links.find(({ self }) => self.replicaId === row.replica_id);
    return link === undefined ? [row] : [row, ...view.peers.map((peer) => rowOf(row, link, peer))];
  });
}

function peerReplica(own: Row, link: LinkView, peer: ServerIdentity): Row {
  return {
    ...own,
    replica_id: nodeReplicaId(link.state.identity.members.sqlServer, peer.node),
    replica_server_name: peer.serverName,
    ...('endpoint_url' in own
      ? {
          replica_metadata_id: null,
          owner_sid: null,
          endpoint_url: peer.endpointUrl,
          create_date: null,
          modify_date: null,
        }
      : {}),
  };
}

/** A secondary sees itself only; a primary sees each secondary. */
function replicaStates(view: EndView, rows: readonly Row[]): readonly Row[] {
  if (!view.isGroupPrimary) {
    return ofLocalGroups(view, rows).map((row) => ({ ...row, ...coded('role', 'SECONDARY') }));
  }
  return withPeers(view, rows, (own, link, peer) => ({
    ...own,
    replica_id: nodeReplicaId(link.state.identity.members.sqlServer, peer.node),
    is_local: false,
    ...coded('role', 'SECONDARY'),
    ...coded('operational_state', null),
    ...coded('recovery_health', null),
    ...(isLost(view, peer)
      ? { ...coded('connected_state', 'DISCONNECTED'), ...coded('synchronization_health', 'NOT_HEALTHY') }
      : {}),
  }));
}

function isLost({ world }: EndView, { node }: ServerIdentity): boolean {
  return world.lostNode?.node === node;
}

function groupStates(view: EndView, rows: readonly Row[]): readonly Row[] {
  if (view.isGroupPrimary) {
    return view.peers.some((peer) => isLost(view, peer)) ? rows.map((row) => withLostNode(view, row)) : rows;
  }
  return ofLocalGroups(view, rows).map((row) => ({
    ...row,
    primary_replica: view.groupPrimary.serverName,
    ...coded('recovery_health', null, 'primary_recovery_health'),
    ...coded('recovery_health', 'ONLINE', 'secondary_recovery_health'),
  }));
}

/** A local group of which one node is lost is healthy in part. */
function withLostNode(view: EndView, row: Row): Row {
  const isLocal = view.links.some(({ self }) => self.groupId === row.group_id);
  return isLocal ? { ...row, ...coded('synchronization_health', 'PARTIALLY_HEALTHY') } : row;
}

/** The nodes of a local group are synchronous and keep up, so a copy stands where its primary does; a lost one stays behind. */
function databaseStates(view: EndView, rows: readonly Row[]): readonly Row[] {
  if (!view.isGroupPrimary) {
    return ofLocalGroups(view, rows).map((row) => ({ ...row, is_primary_replica: false }));
  }
  return withPeers(view, rows, (own, link, peer) => ({
    ...own,
    replica_id: nodeReplicaId(link.state.identity.members.sqlServer, peer.node),
    is_local: false,
    is_primary_replica: false,
    last_sent_lsn: own.last_hardened_lsn ?? null,
    last_sent_time: own.last_hardened_time ?? null,
    log_send_queue_size: 0n,
    log_send_rate: 0n,
    redo_queue_size: 0n,
    redo_rate: 0n,
    secondary_lag_seconds: 0n,
    ...(isLost(view, peer) ? lostCopy(view) : {}),
  }));
}

function lostCopy(view: EndView): Row {
  const lostAt = view.world.lostNode?.sinceMilliseconds ?? view.world.nowMilliseconds;
  return {
    ...coded('synchronization_state', 'NOT SYNCHRONIZING'),
    ...coded('synchronization_health', 'NOT_HEALTHY'),
    is_commit_participant: false,
    last_hardened_time: view.local(lostAt),
    last_sent_time: view.local(lostAt),
    last_commit_time: view.local(lostAt),
    secondary_lag_seconds: BigInt(Math.floor((view.world.nowMilliseconds - lostAt) / 1000)),
  };
}
