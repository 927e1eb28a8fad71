import type { Row } from '../../row.ts';
import type { DatabaseState } from '../state.ts';
import { isReplicated } from '../synchronization.ts';
import { copyState, databaseGroup, type EndView } from '../view.ts';

/** sys.dm_hadr_database_replica_cluster_states. On an asynchronous link no copy is ever ready for a failover without loss. */
export function databaseClusterStateRows(view: EndView): readonly Row[] {
  return view.links.flatMap((link) =>
    link.state.databases
      .filter(({ inGroup }) => inGroup[view.end])
      .flatMap((database) => {
        const group = databaseGroup(view, link, database);
        const copyReady = copyState(view, link, database) === 'SYNCHRONIZED';
        const own = clusterState(database, link.self.replicaId, { ready: true, joined: true });
        const local = clusterState(database, group.selfReplicaId, {
          ready: link.role === 'PRIMARY' || copyReady,
          joined: link.role === 'PRIMARY' || database.joined,
        });
        const partner = clusterState(database, group.otherReplicaId, {
          ready: copyReady,
          joined: isReplicated(database),
        });
        return link.seesPartner ? [own, local, partner] : [own, local];
      }),
  );
}

function clusterState(
  { identity }: DatabaseState,
  replicaId: string,
  { ready, joined }: { readonly ready: boolean; readonly joined: boolean },
): Row {
  return {
    replica_id: replicaId,
    group_database_id: identity.groupDatabaseId,
    database_name: identity.name,
    is_failover_ready: ready && joined,
    is_pending_secondary_suspend: false,
    is_database_joined: joined,
  };
}
