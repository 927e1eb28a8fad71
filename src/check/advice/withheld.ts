import type { LinkDatabase } from '../../link/data/database.ts';
import type { Finding } from '../../link/data/finding.ts';
import type { FindingCode } from '../../link/findings/kinds.ts';
import { createAgain } from '../../model/errors/step.ts';
import { recreate } from './azure.ts';
import type { AdviceStep } from './step.ts';

/**
 * What follows from another finding and is over when that one is: its steps would only lead away from the cause. The
 * finding itself is told all the same.
 */
const causes: Readonly<Partial<Record<FindingCode, readonly FindingCode[]>>> = {
  partner_disconnected: ['both_ends_primary', 'dropped_at_one_end'],
  database_not_healthy: [
    'both_ends_primary',
    'partner_disconnected',
    'primary_not_observed',
    'no_end_primary',
    'dropped_at_one_end',
  ],
  database_suspended: ['both_ends_primary'],
  partner_partially_healthy: ['database_reverting'],
  end_partially_healthy: ['database_reverting'],
  database_partially_healthy: ['database_reverting'],
  endpoints_do_not_meet: ['endpoint_settings_refuse'],
  // While nobody knows of the primary, a link that is deleted and made anew is the way to lose the only copy.
  azure_link_error: ['both_ends_primary', 'primary_not_observed', 'no_end_primary', 'database_reverting'],
};

/** The health of a replica is the worst of its databases: any of these says more than it. */
const behindHealth: readonly FindingCode[] = [
  'both_ends_primary',
  'partner_disconnected',
  'primary_not_observed',
  'no_end_primary',
  'dropped_at_one_end',
  'end_not_operational',
  'database_suspended',
  'database_not_healthy',
  'database_reverting',
  'database_not_online',
];

const rollups: ReadonlySet<FindingCode> = new Set<FindingCode>(['partner_not_healthy', 'end_not_healthy']);

/**
 * Whether what to do about this finding is told with another one of the same link, and where it is per database, of that database.
 * `stands`: the link carries a database already, so that what Azure says of a connection that was lost is not its creation.
 */
export function isCovered({ code, scope }: Finding, all: readonly Finding[], stands: boolean): boolean {
  if (stands && code === 'azure_link_error' && all.some((each) => each.code === 'partner_disconnected')) return true;
  if (rollups.has(code)) return all.some((each) => behindHealth.includes(each.code));
  if (all.some((each) => causes[code]?.includes(each.code))) return true;
  if (code !== 'database_not_healthy') return false;
  return all.some((each) => each.code === 'database_suspended' && each.scope.database === scope.database);
}

const startingOver: ReadonlySet<string> = new Set([createAgain, recreate.text]);

/** Steps that delete a link and make it anew: what its creation has failed at, not what a link does that protects a database. */
export function startsOver({ text }: Pick<AdviceStep, 'text'>): boolean {
  return startingOver.has(text);
}

/** Whether the link protects any of its databases: with it the copies of all of them would go. */
export function linkStands(
  databases: readonly Pick<LinkDatabase, 'isCarried' | 'name'>[],
  beingSeeded: ReadonlySet<string>,
): boolean {
  return databases.some(({ isCarried, name }) => isCarried === true && !beingSeeded.has(name));
}

/** In the place of those steps, where one database of a link that stands has no copy and can't get one. */
export const addAgain: AdviceStep = {
  text: "Leave the link and its other databases as they are. Once the cause is mended, take the database whose copy failed out of the ordinary group at {primary} and add it again: it is seeded anew. Where that end is a managed instance, its groups are Azure's.",
};
