import type { LinkEnd } from '../../../link/data/end.ts';
import { describeEnd, listText } from '../../../link/words.ts';
import { moreDatabases } from './copy.ts';
import { earnFailover } from './failover.ts';
import { type Earned, earned, type LosingKind, refused, type Sight } from './losing.ts';

const rules: Readonly<Record<LosingKind, (end: LinkEnd, sight: Sight) => Earned>> = {
  force_failover: earnFailover,
  demote: earnDemotion,
  drop_group: earnDrop,
  drop_imported_certificate: earnReplacement,
};

/**
 * The only way to a statement that can lose data: the named end has to earn it by what was seen, whoever asks.
 * Refused unless every condition is known to hold: what was not seen never speaks for it. Pure.
 */
export function earn(kind: LosingKind, server: string | null, sight: Sight): Earned {
  const [end, ...others] = sight.link.ends.filter((each) => each.server === server);
  if (end === undefined || others.length > 0) return refused('The end that it would be for is not seen.');
  if (sight.link.findings.some(({ code }) => code === 'ambiguous_identity')) {
    return refused('Which availability group belongs to which managed instance is not known.');
  }
  return rules[kind](end, sight);
}

/**
 * Taking the primary role away: only in a split brain of two ends that are both known by name, and only while the other
 * one serves every database itself.
 */
function earnDemotion(end: LinkEnd, { link }: Sight): Earned {
  const primaries = link.ends.filter(({ role }) => role === 'PRIMARY');
  const [other, ...more] = primaries.filter(({ engine }) => engine !== end.engine);
  if (end.role !== 'PRIMARY') return refused(`${describeEnd(end)} is ${end.role ?? 'without a role'} and not PRIMARY.`);
  if (other === undefined) return refused('No other end is seen to be PRIMARY: nobody would take writes afterwards.');
  if (more.length > 0 || primaries.length > 2) {
    return refused('Several servers of one side are PRIMARY: find out first which of them is.');
  }
  const cut = [end, other].find(({ hasMoreDatabases }) => hasMoreDatabases === true);
  if (cut !== undefined) return refused(moreDatabases(cut));
  const why = whyNotServing(other, link);
  return why === null ? earned(end.server, `${describeEnd(other)} stays PRIMARY.`) : refused(why);
}

/** The end that is to be kept has to have every database, online. */
function whyNotServing({ server, databases }: LinkEnd, link: Sight['link']): string | null {
  if (databases === null) return `What ${server} has of the databases was not read.`;
  for (const { name, ends, isPresent } of link.databases) {
    if (isPresent === false) continue;
    const found = ends.find((each) => each.server === server);
    const states = [found?.catalog?.state, found?.local?.databaseState, found?.own?.databaseState];
    const known = states.flatMap((state) => state ?? []);
    if (known.length === 0) return `Database ${name} was not seen on ${server}: it may be here only.`;
    const bad = known.find((state) => state !== 'ONLINE');
    if (bad !== undefined) return `Database ${name} is ${bad} on ${server}: it would be served by nobody.`;
  }
  return link.databases.length === 0 ? 'No database of the link was seen.' : null;
}

/**
 * Dropping what is left of a link: only where the other end answered and has it no more, and every database is served,
 * here or there. Of a managed instance Azure's own tools remove it.
 */
function earnDrop(end: LinkEnd, sight: Sight): Earned {
  const { link } = sight;
  const isHalf = link.findings.some(({ code }) => code === 'dropped_at_one_end');
  if (!isHalf || link.goneAt.length === 0 || link.ends.length !== 1 || link.unseen.length > 0) {
    return refused(`That the link is gone at the other end of ${end.server} is not known.`);
  }
  const why = whyNotServed(end, sight);
  if (why !== null) return refused(why);
  if (end.engine === 'managed_instance') {
    return refused(`What is left on ${describeEnd(end)} goes with the link in Azure: delete it there.`);
  }
  return earned(end.server, `The link is gone at ${listText(link.goneAt)}, and every database of it is served.`);
}

function whyNotServed(end: LinkEnd, { link, servers }: Sight): string | null {
  if (end.databases === null || link.databases.length === 0)
    return `What ${end.server} has of the databases is not known.`;
  if (end.hasMoreDatabases === true) return moreDatabases(end);
  for (const { name, ends, isPresent } of link.databases) {
    if (isPresent === false) continue;
    const own = ends.find(({ server }) => server === end.server);
    const state = end.role === 'PRIMARY' ? (own?.catalog?.state ?? own?.local?.databaseState ?? null) : null;
    const elsewhere = link.goneAt.some((server) => isOnlineOn(name, server, servers));
    if (state !== 'ONLINE' && !elsewhere) {
      return `Nobody is seen to serve database ${name}: what ${end.server} has may be the only copy. Remove nothing of it.`;
    }
  }
  return null;
}

function isOnlineOn(name: string, server: string, servers: Sight['servers']): boolean {
  const outcome = servers.find((each) => each.name === server)?.outcome;
  if (outcome?.kind !== 'ok') return false;
  return (outcome.snapshot.views.databases ?? []).some(
    (row) => row.name.toLowerCase() === name.toLowerCase() && row.state === 'ONLINE',
  );
}

/** Dropping an imported public key to put its successor in its place: only one that is known to be an old copy. */
function earnReplacement(end: LinkEnd, { link }: Sight): Earned {
  const isOld = link.certificateMatches.some(({ owner, isSame }) => owner === 'managed_instance' && !isSame);
  if (end.engine !== 'sql_server' || !isOld) return refused(`No old copy is seen on ${end.server}.`);
  if (link.ends.filter(({ engine }) => engine === 'sql_server').length > 1) {
    return refused('Several nodes hold a copy: which of them is old is not known.');
  }
  return earned(end.server, 'The managed instance shows another certificate than the copy.');
}
