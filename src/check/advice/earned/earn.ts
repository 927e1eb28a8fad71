import type { LinkEnd } from '../../../link/data/end.ts';
import { describeEnd } from '../../../link/words.ts';
import { type Earned, earned, refused, type Sight } from './answer.ts';
import { moreDatabases } from './copy.ts';
import { earnFailover } from './failover.ts';
import type { LosingKind } from './losing.ts';
import { earnDrop, earnReplacement } from './removal.ts';

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
