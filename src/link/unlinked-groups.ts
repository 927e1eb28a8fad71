import type { ServerState } from '../model/server-state.ts';
import type { AssessedLink } from './data/link.ts';
import { compareText } from './order.ts';

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
