import type { AzureEnd } from '../data/link.ts';
import { hostOfEndpoint, isSameHost } from '../identity.ts';
import type { Pairing } from '../pair.ts';
import { missingSides } from '../side.ts';
import { type Absence, findAbsence, type ServerStanding } from '../standing.ts';
import type { LinkInAzure } from './witness.ts';

/** What is missing of a link, with what Azure shows in the place of an end that no configured server is. */
export interface Sight {
  readonly absence: Absence;
  readonly azureEnd: AzureEnd | null;
}

/**
 * An end that Azure shows is seen only where no server is configured that may be it: what a server does not answer is not
 * made better by what Azure says.
 */
export function sightOf(pairing: Pairing, estate: () => readonly ServerStanding[], azure: LinkInAzure | null): Sight {
  // Of a link that is seen whole no other server plays a part.
  if (missingSides(pairing).length === 0) return { absence: findAbsence(pairing, []), azureEnd: null };
  const servers = estate();
  const absence = findAbsence(pairing, serversOf(pairing, servers, azure));
  const role = azure?.link?.instanceRole ?? null;
  const readTimestampSeconds = azure?.readTimestampSeconds ?? null;
  if (readTimestampSeconds === null || (role !== 'PRIMARY' && role !== 'SECONDARY')) return { absence, azureEnd: null };
  if (pairing.isAmbiguous || pairing.doubts.length > 0 || !absence.missing.includes('managed_instance')) {
    return { absence, azureEnd: null };
  }
  const named = new Set(pairing.expected?.servers);
  const mayBe = servers.some((server) => isInstance(server, pairing, named));
  if (mayBe || (pairing.ends.length === 0 && absence.unseen.length > 0)) return { absence, azureEnd: null };
  const missing = absence.missing.filter((side) => side !== 'managed_instance');
  // Servers that were looked at only because nothing was known of that end.
  const unseen = absence.unseen.filter(({ server }) => missing.length > 0 || named.has(server));
  return { absence: { ...absence, missing, unseen }, azureEnd: { role, readTimestampSeconds } };
}

/**
 * Whether a link that only Azure lists waits for the first poll of a server that may show it: until then nobody knows it, as
 * nobody would without Azure, and it is not unknown.
 */
export function isAwaited(
  pairing: Pairing,
  estate: () => readonly ServerStanding[],
  azure: LinkInAzure | null,
): boolean {
  if (pairing.ends.length > 0 || pairing.expected !== null) return false;
  const servers = estate();
  const own = new Set(serversOf(pairing, servers, azure));
  return servers.some(
    (server) => server.whyUnseen === 'pending' && (own.has(server) || isInstance(server, pairing, new Set())),
  );
}

/** Whether a configured server is, or is listed as, the managed instance of the link. */
function isInstance(server: ServerStanding, { managedInstance, ends }: Pairing, named: ReadonlySet<string>): boolean {
  const { identity } = server;
  if (identity.managedInstance === managedInstance || server.name.toLowerCase() === managedInstance) return true;
  if (!named.has(server.name) || ends.some((end) => end.server === server.name)) return false;
  return identity.engine !== 'sql_server';
}

/**
 * The servers that may carry the link. Of one that no server shows, that Azure lists, and whose servers nobody has listed:
 * those at the partner's address, and the instance itself; others are of other links.
 */
export function serversOf(
  { managedInstance, ends, expected }: Pairing,
  servers: readonly ServerStanding[],
  azure: LinkInAzure | null,
): readonly ServerStanding[] {
  if (ends.length > 0 || (expected?.servers ?? []).length > 0 || azure?.listing !== 'listed') return servers;
  const host = hostOfEndpoint(azure.link?.partnerEndpoint ?? null);
  return servers.filter(
    (server) => (host !== null && isSameHost(host, server.host)) || server.identity.managedInstance === managedInstance,
  );
}
