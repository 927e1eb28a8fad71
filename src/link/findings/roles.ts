import type { Engine } from '../../model/server.ts';
import { areRolesSettled } from '../azure/settled.ts';
import type { Finding } from '../data/finding.ts';
import { type Parting, partingOf } from '../parting.ts';
import { primarySides } from '../side.ts';
import { betweenText, describeEnd, listText, roleList } from '../words.ts';
import type { Evidence } from './evidence.ts';
import { finding } from './finding.ts';

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
