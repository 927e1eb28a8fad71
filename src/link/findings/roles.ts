import type { RoleTurn } from '../../model/history.ts';
import type { Engine } from '../../model/server.ts';
import type { ServerState } from '../../model/server-state.ts';
import type { LinkInAzure } from '../azure/witness.ts';
import type { LinkEnd } from '../data/end.ts';
import { type Finding, finding } from '../data/finding.ts';
import { primarySides } from '../side.ts';
import { betweenText, describeEnd, listText, roleList } from '../words.ts';
import type { Evidence, ServerLookup } from './evidence.ts';

/** Both ends of one link take writes. Needs a PRIMARY SQL Server and a PRIMARY managed instance that are known to be its ends. */
export function splitBrain({ pairing, primaries, servers }: Evidence): readonly Finding[] {
  const engines = new Set<Engine>(primaries.map((end) => end.engine));
  if (engines.size < 2 || pairing.isAmbiguous) return [];
  const parting = partingOf(primaries, servers);
  const change = parting === null ? '' : ` ${partingText(parting)}`;
  const text = `${listText(primaries.map(describeEnd))} have the role PRIMARY: both ends of the link take writes and their data drifts apart.${change}`;
  return [finding('both_ends_primary', { text, since: parting?.turn.byTimestampSeconds ?? null })];
}

function partingText({ kept, turn }: Parting): string {
  return `${describeEnd(kept)} was failed over to: SECONDARY before, it became PRIMARY ${betweenText(turn)}.`;
}

/** Two primaries that are not known to be the ends of one link: members of an ordinary group, or nodes that can't say. */
export function primariesWithoutLink({ pairing, primaries }: Evidence): readonly Finding[] {
  if (pairing.isAmbiguous || new Set(primaries.map(({ engine }) => engine)).size === 2) return [];
  if (primarySides(pairing) < 2) return [];
  const text = `${listText(primaries.map(describeEnd))} are PRIMARY in a distributed group that names no managed instance: it is not known to be a link.`;
  return [finding('primaries_without_link', { text })];
}

/** Two nodes of one side are PRIMARY: the worse reading of them counts everywhere. */
export function severalPrimaries({ pairing, primaries }: Evidence): readonly Finding[] {
  if (primaries.length <= primarySides(pairing)) return [];
  const text = `${listText(primaries.map(describeEnd))} are PRIMARY on the same side: a failover of its group between two polls, or a leftover of the link on one of them. The worse reading counts.`;
  return [finding('several_primaries_on_one_side', { text })];
}

/** Every end was seen, each with a role, and none is PRIMARY: legal for seconds in a planned failover. */
export function noPrimary({ pairing, absence, primaries, azure, azureEnd, servers }: Evidence): readonly Finding[] {
  const { ends } = pairing;
  if (azureEnd?.role === 'PRIMARY') return [];
  // Azure is behind after a failover: it may still show the former role of its end.
  if (azureEnd !== null && azure !== null && !ends.every((end) => areRolesSettled(end, azure, servers))) return [];
  if (primaries.length > 0 || pairing.isAmbiguous || absence.missing.length > 0 || ends.length === 0) return [];
  if (pairing.doubts.length > 0 || ends.every((end) => end.role === null)) return [];
  const sides = new Set(ends.filter((end) => end.role !== null).map((end) => end.engine));
  if (ends.some((end) => end.role === null && !sides.has(end.engine))) return [];
  const instance = azureEnd === null ? '' : `; ${pairing.managedInstance} is SECONDARY as Azure shows it`;
  const text = `${roleList(ends)}${instance}: no end is PRIMARY. In a planned failover this lasts seconds.`;
  return [finding('no_end_primary', { text })];
}

/** SQL Server and, as Azure has it, the managed instance are primary, and no server shows the instance's own word. */
export function splitBrainInAzure({ pairing, primaries, azure, servers }: Evidence): readonly Finding[] {
  const [primary] = primaries.filter(({ engine }) => engine === 'sql_server');
  if (azure?.link?.instanceRole !== 'PRIMARY' || primary === undefined || pairing.isAmbiguous) return [];
  if (pairing.ends.some(({ engine }) => engine === 'managed_instance')) return [];
  const what = `${describeEnd(primary)} has the role PRIMARY, and so has ${pairing.managedInstance} as Azure shows it`;
  if (!areRolesSettled(primary, azure, servers)) {
    const text = `${what}: one of them changed so lately that the other may not have been seen yet.`;
    return [finding('azure_role_settling', { text })];
  }
  const text = `${what}: both ends of the link take writes and their data drifts apart. Azure may be a minute behind.`;
  return [finding('azure_both_ends_primary', { text })];
}

/** The instance says another role of itself than Azure does. */
export function roleDiffers({ pairing, azure, servers }: Evidence): readonly Finding[] {
  const role = azure?.link?.instanceRole ?? null;
  const [end] = pairing.ends.filter(({ engine }) => engine === 'managed_instance');
  if (azure === null || role === null || end === undefined || end.role === null || end.role === role) return [];
  const isKnown = role === 'PRIMARY' || role === 'SECONDARY';
  if (!isKnown || (end.role !== 'PRIMARY' && end.role !== 'SECONDARY')) return [];
  const what = `${describeEnd(end)} is ${end.role}, and Azure shows it as ${role}`;
  return areRolesSettled(end, azure, servers)
    ? [finding('azure_role_differs', { server: end.server, text: `${what}: one of the two is out of date.` })]
    : [finding('azure_role_settling', { server: end.server, text: `${what}: Azure may be a minute behind.` })];
}

/** Nobody but Azure shows an end: what that means. */
export function seenThroughAzure({ azure, azureEnd, pairing, absence }: Evidence): readonly Finding[] {
  if (azure === null || azureEnd === null) return [];
  const other =
    pairing.ends.length > 0 ? '' : ' The other end is known only as far as Azure shows the connection to it.';
  const unseen =
    absence.unseen.length === 0 ? '' : ` ${listText(absence.unseen.map(({ server }) => server))} was not seen.`;
  const text = `${pairing.managedInstance} is ${azureEnd.role} as Azure shows it: no server of the configuration is that end.${other}${unseen}`;
  return [finding('azure_only', { text })];
}

/** How long Azure may show an old role after a failover: recordings are seconds behind, and nothing is promised. */
const settleSeconds = 120;

/** A poll of the server has followed what Azure showed first. */
const followSeconds = 30;

/**
 * Whether a role that Azure shows and one that a server shows can be held against each other: neither has changed so lately
 * that the other witness may not have seen it.
 */
function areRolesSettled(end: LinkEnd, azure: LinkInAzure, servers: ServerLookup): boolean {
  const server = servers.get(end.server);
  const { readTimestampSeconds, roleTimestampSeconds, watchedTimestampSeconds } = azure;
  if (server === undefined || readTimestampSeconds === null) return false;
  const changed = server.history.roles.get(end.groupId)?.turn?.byTimestampSeconds ?? null;
  if (changed !== null && readTimestampSeconds - changed < settleSeconds) return false;
  // What was so in the first list may have been so for long.
  if (roleTimestampSeconds === null || roleTimestampSeconds === watchedTimestampSeconds) return true;
  return (server.lastSuccessTimestampSeconds ?? 0) - roleTimestampSeconds >= followSeconds;
}

/** How two ends came to be PRIMARY both, as far as their polls showed it. */
export interface Parting {
  /** The end that became PRIMARY last: the one that was failed over to. */
  readonly kept: LinkEnd;
  /** When that was. */
  readonly turn: RoleTurn;
}

type Servers = Pick<ReadonlyMap<string, Pick<ServerState, 'history'>>, 'get'>;

/**
 * Which of several primaries was failed over to is in no view: null unless one was seen to become PRIMARY, and each other
 * one was either never seen to, or had become it before that one's last reading as SECONDARY.
 */
export function partingOf(primaries: readonly LinkEnd[], servers: Servers): Parting | null {
  const turned = primaries.flatMap((end): readonly Parting[] => {
    const turn = servers.get(end.server)?.history.roles.get(end.groupId)?.turn;
    return turn?.to === 'PRIMARY' ? [{ kept: end, turn }] : [];
  });
  const [latest, ...others] = turned.toSorted(
    (one, other) => other.turn.afterTimestampSeconds - one.turn.afterTimestampSeconds,
  );
  if (latest === undefined) return null;
  const isLast = others.every(({ turn }) => turn.byTimestampSeconds <= latest.turn.afterTimestampSeconds);
  return isLast ? latest : null;
}
