import type { Row } from '../../row.ts';
import { endNames, type InternalGroup, type LinkIdentity } from '../topology.ts';
import type { EndView } from '../view.ts';

/** sys.dm_hadr_internal_availability_groups: the hidden groups that sys.availability_groups leaves out. */
export function internalGroupRows(view: EndView): readonly Row[] {
  return hiddenGroups(view).map(({ groupId, name }) => ({ group_id: groupId, name }));
}

/** sys.dm_hadr_internal_availability_replicas: both members of each. */
export function internalReplicaRows(view: EndView): readonly Row[] {
  return hiddenGroups(view).flatMap(({ groupId, replicaIds, members }) =>
    endNames.map((end) => ({
      group_id: groupId,
      replica_id: replicaIds[end],
      replica_server_name: members[end].groupName,
    })),
  );
}

/** On the node alone that shows the link. */
function hiddenGroups(view: EndView): readonly (InternalGroup & Pick<LinkIdentity, 'members'>)[] {
  const links = view.isGroupPrimary ? view.links : [];
  return links.flatMap(({ state }) =>
    state.databases.flatMap(({ identity }) =>
      identity.internalGroup === null ? [] : [{ ...identity.internalGroup, members: state.identity.members }],
    ),
  );
}
