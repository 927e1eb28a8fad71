import type { LinkEnd } from '../data/end.ts';
import type { ServerLookup } from '../findings/evidence.ts';
import type { LinkInAzure } from './witness.ts';

/** How long Azure may show an old role after a failover: recordings are seconds behind, and nothing is promised. */
export const settleSeconds = 120;

/** A poll of the server has followed what Azure showed first. */
const followSeconds = 30;

/**
 * Whether a role that Azure shows and one that a server shows can be held against each other: neither has changed so lately
 * that the other witness may not have seen it.
 */
export function areRolesSettled(end: LinkEnd, azure: LinkInAzure, servers: ServerLookup): boolean {
  const server = servers.get(end.server);
  const { readTimestampSeconds, roleTimestampSeconds, watchedTimestampSeconds } = azure;
  if (server === undefined || readTimestampSeconds === null) return false;
  const changed = server.history.roles.get(end.groupId)?.turn?.byTimestampSeconds ?? null;
  if (changed !== null && readTimestampSeconds - changed < settleSeconds) return false;
  // What was so in the first list may have been so for long.
  if (roleTimestampSeconds === null || roleTimestampSeconds === watchedTimestampSeconds) return true;
  return (server.lastSuccessTimestampSeconds ?? 0) - roleTimestampSeconds >= followSeconds;
}
