import type { LinkEnd } from '../../../link/data/end.ts';
import type { FindingCode } from '../../../link/findings/kinds.ts';
import { describeEnd, listText } from '../../../link/words.ts';
import { durationText } from '../../../text/quantity.ts';
import { ageText, clockOf, copyTimes, whyNoCopy } from './copy.ts';
import { type Earned, earned, refused, type Sight } from './losing.ts';

/** What is not known well enough, or is gone: no failover mends it. */
const forbidding: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'dropped_at_one_end',
  'not_found_anywhere',
  'other_end_has_no_row',
  'other_end_not_found',
  'primaries_without_link',
  'several_primaries_on_one_side',
  'role_not_reported',
  'end_not_read',
  'primary_pending',
  'end_view_failed',
  'end_pending',
]);

/**
 * A forced failover to this end: only a secondary whose copies can become primary, while no primary shows a sign of life,
 * and with the link at both ends as far as that is known.
 */
export function earnFailover(end: LinkEnd, sight: Sight): Earned {
  const why = whyNotThisEnd(end, sight) ?? whyNoLink(end, sight);
  if (why !== null) return refused(`${why} Bring the primary back.`);
  const others = sight.link.ends.filter(({ engine }) => engine !== end.engine);
  return others.length === 0 ? withoutPartner(end, sight) : besideSecondary(end, others, sight);
}

function whyNotThisEnd(end: LinkEnd, { link }: Sight): string | null {
  if (end.role !== 'SECONDARY') return `${describeEnd(end)} is ${end.role ?? 'without a role'} and not SECONDARY.`;
  const state = end.local?.operationalState ?? 'ONLINE';
  if (state !== 'ONLINE') return `${describeEnd(end)} is in operational state ${state}.`;
  const side = link.ends.filter(({ engine }) => engine === end.engine);
  return side.length === 1 ? null : `Which of ${listText(side.map(({ server }) => server))} it would be is not known.`;
}

function whyNoLink({ groupId }: LinkEnd, { link, servers }: Sight): string | null {
  if (link.goneAt.length > 0) {
    return `The link is gone at ${listText(link.goneAt)}, and no failover brings it back.`;
  }
  const found = link.findings.find(({ code }) => forbidding.has(code));
  if (found !== undefined) return `Not enough is known: ${found.text}`;
  const without = link.unseen.find(({ server }) => isGoneBefore(server, groupId, servers));
  return without === undefined
    ? null
    : `${without.server} did not have the link when it last answered, and no failover brings it back.`;
}

/** Whether a server that can't be asked now had lost the group before. */
function isGoneBefore(name: string, groupId: string, servers: Sight['servers']): boolean {
  const server = servers.find((each) => each.name === name);
  if (server === undefined || server.lastSuccessTimestampSeconds === null) return false;
  const { groups, roles } = server.history;
  return groups.size + roles.size > 0 && !groups.has(groupId);
}

/** The other end can't be reached. */
function withoutPartner(end: LinkEnd, sight: Sight): Earned {
  if (sight.link.unseen.length === 0) return refused('What became of the other end is not known.');
  const alive = signOfLife(end, sight);
  if (alive !== null) {
    return refused(`The primary is alive, only not seen from here: ${lower(alive, end)} Repair the way to it.`);
  }
  const why = whyNoCopy(end, sight);
  if (why !== null) return refused(`${why} Bring the primary back.`);
  return earned(end.server, ageText(end, sight));
}

function lower(text: string, { server }: LinkEnd): string {
  return text.startsWith(server) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** Both ends are SECONDARY: the one that is not behind, once nothing moves any more. */
function besideSecondary(end: LinkEnd, others: readonly LinkEnd[], sight: Sight): Earned {
  const [other, ...more] = others;
  if (other === undefined || more.length > 0) return refused('Which server is the other end is not known.');
  const alive = other.role === 'SECONDARY' ? null : signOfLife(end, sight);
  if (alive !== null || other.role !== 'SECONDARY') {
    return refused(alive ?? `${describeEnd(other)} is ${other.role ?? 'without a role'}.`);
  }
  const moving = freshLog(end, sight) ?? freshLog(other, sight);
  if (moving !== null) return refused(`${moving} A planned failover may be under way: wait, and look again.`);
  const why = whyNoCopy(end, sight) ?? whyBehind(end, other, sight);
  if (why !== null) return refused(why);
  return earned(end.server, `Its log is not behind that of ${other.server}. ${ageText(end, sight)}`);
}

function whyBehind(end: LinkEnd, other: LinkEnd, { link }: Sight): string | null {
  for (const { name, ends, isPresent } of link.databases) {
    if (isPresent === false) continue;
    const at = (server: string): bigint | null => ends.find((each) => each.server === server)?.hardenedLsn ?? null;
    const [own, its] = [at(end.server), at(other.server)];
    if (own === null || its === null) return `How far the log of database ${name} came at both ends was not seen.`;
    if (own < its) return `${other.server} has log of database ${name} that ${end.server} does not have.`;
  }
  return null;
}

/** Several times the session timeout of a link and the interval of polls: log that is younger came from a primary that lives. */
const freshSeconds = 120;

/**
 * Whether anything says that a primary lives which this program can't see, in a sentence that begins with what was seen;
 * null: nothing does. A connection whose state is not reported counts as one unless every copy says that it stands still.
 */
function signOfLife(end: LinkEnd, sight: Sight): string | null {
  const primary = sight.link.ends.find(({ role }) => role === 'PRIMARY');
  if (primary !== undefined) return `${describeEnd(primary)} is PRIMARY.`;
  const connected = end.local?.connectedState ?? null;
  if (connected === 'CONNECTED') return `${end.server} is connected to it.`;
  const fresh = freshLog(end, sight);
  if (fresh !== null) return fresh;
  if (connected === 'DISCONNECTED') return null;
  const rows = sight.link.databases.flatMap(
    ({ ends }) => ends.find(({ server }) => server === end.server)?.local ?? [],
  );
  const isStill = rows.length > 0 && rows.every((row) => row.synchronizationState === 'NOT SYNCHRONIZING');
  return connected === null && isStill ? null : `${end.server} does not say that its connection to it is down.`;
}

/** Log that reached an end a moment ago, by its own clock; a time ahead of that clock is no older. */
function freshLog(end: LinkEnd, { link, servers }: Sight): string | null {
  const now = clockOf(end, servers);
  const newest = copyTimes(end, link).toSorted((one, other) => other.at - one.at)[0];
  if (newest === undefined || now === null || now - newest.at >= freshSeconds) return null;
  return `Log of database ${newest.name} reached ${end.server} ${durationText(Math.max(0, now - newest.at))} before it was asked.`;
}
