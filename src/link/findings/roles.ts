import type { Engine } from '../../model/server.ts';
import type { LinkEnd } from '../link.ts';
import { primarySides } from '../side.ts';
import { describeEnd, listText, roleList } from '../words.ts';
import type { Evidence } from './evidence.ts';
import { type Finding, finding } from './finding.ts';

/** Both ends of one link take writes. Needs a PRIMARY SQL Server and a PRIMARY managed instance that are known to be its ends. */
export function splitBrain({ pairing, primaries, servers }: Evidence): readonly Finding[] {
  const engines = new Set<Engine>(primaries.map((end) => end.engine));
  if (engines.size < 2 || pairing.isAmbiguous) return [];
  const latest = failedOverTo(primaries, servers);
  const change =
    latest === null ? '' : ` ${describeEnd(latest)} was SECONDARY before: it is the one that was failed over to.`;
  const text = `${listText(primaries.map(describeEnd))} have the role PRIMARY: both ends of the link take writes and their data drifts apart.${change}`;
  return [finding('both_ends_primary', { text })];
}

/** Of several primaries the one that this program saw become primary: which one was failed over to is in no view. */
export function failedOverTo(primaries: readonly LinkEnd[], servers: Evidence['servers']): LinkEnd | null {
  const [latest, ...more] = primaries.filter((end) => wasSecondary(end, servers));
  return latest === undefined || more.length > 0 ? null : latest;
}

function wasSecondary({ server, groupId }: LinkEnd, servers: Evidence['servers']): boolean {
  return (servers.get(server)?.history.roles.get(groupId)?.changes.get('PRIMARY') ?? 0) > 0;
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
export function noPrimary({ pairing, absence, primaries }: Evidence): readonly Finding[] {
  const { ends } = pairing;
  if (primaries.length > 0 || pairing.isAmbiguous || absence.missing.length > 0 || ends.length === 0) return [];
  if (pairing.doubts.length > 0 || ends.every((end) => end.role === null)) return [];
  const sides = new Set(ends.filter((end) => end.role !== null).map((end) => end.engine));
  if (ends.some((end) => end.role === null && !sides.has(end.engine))) return [];
  const text = `${roleList(ends)}: no end is PRIMARY. In a planned failover this lasts seconds.`;
  return [finding('no_end_primary', { text })];
}
