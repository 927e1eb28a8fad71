import type { AssessedLink } from '../link/data/link.ts';
import type { ServerState } from '../model/server-state.ts';
import type { Known } from './ledger.ts';

/** Of what this program could see: what is not said any more is over, whoever answers. */
const ofSight: ReadonlySet<string> = new Set([
  'primary_not_observed',
  'no_end_observed',
  'end_not_read',
  'ambiguous_identity',
  'role_not_reported',
  'other_end_not_found',
  'split_brain_not_excluded',
  'end_unreachable',
  'end_view_failed',
  'view_not_read',
  'databases_left_out',
  'duplicate_server',
]);

/** Whether a finding that is not said any more is over: while whoever told it is not seen, it is only not seen. */
export function isFindingOver(
  { kind, name, server }: Known['fact'],
  { unseen }: AssessedLink,
  servers: ReadonlyMap<string, ServerState>,
): boolean {
  if (kind !== 'finding') return false;
  if (ofSight.has(name)) return true;
  if (server === null) return unseen.length === 0;
  const state = servers.get(server);
  return state === undefined || state.outcome.kind === 'ok';
}
