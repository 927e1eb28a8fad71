import type { Finding } from '../../link/data/finding.ts';
import type { FindingCode } from '../../link/findings/kinds.ts';

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
