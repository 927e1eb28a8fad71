import type { Engine } from '../model/server.ts';
import type { LinkEnd } from './data/end.ts';
import type { Link } from './data/link.ts';

/** What an end that was not seen may be: of a link whose managed instance is not known either engine can miss. */
export type MissingSide = Engine | 'either';

type LinkEnds = Pick<Link, 'managedInstance' | 'ends'>;

/**
 * Which of a link's two ends this is. With a known managed instance the engine says it, so that all nodes of a SQL
 * Server's availability group are one side. Otherwise the member group's name does, else every instance is its own.
 */
export function sideOf(link: Pick<Link, 'managedInstance'>, end: LinkEnd): string {
  if (link.managedInstance !== '') return end.engine;
  const member = end.localMember?.replicaServerName?.toLowerCase();
  return member === undefined ? `server ${end.server}` : `member ${member}`;
}

/** Sides that showed their local row: a group in the catalog alone is also what a secondary node of a group may show. */
export function seenSides(link: LinkEnds): ReadonlySet<string> {
  return new Set(link.ends.filter((end) => end.local !== null).map((end) => sideOf(link, end)));
}

/** The sides that no answer showed; empty when both ends were seen. */
export function missingSides(link: LinkEnds): readonly MissingSide[] {
  const seen = seenSides(link);
  if (link.managedInstance === '') return seen.size >= 2 ? [] : ['either'];
  const sides: readonly Engine[] = ['sql_server', 'managed_instance'];
  return sides.filter((side) => !seen.has(side));
}

/** Sides with the role PRIMARY: 2 is both, whatever the number of nodes. */
export function primarySides(link: LinkEnds): number {
  const sides = new Set(link.ends.filter((end) => end.role === 'PRIMARY').map((end) => sideOf(link, end)));
  return Math.min(sides.size, 2);
}
