import type { LinkEnd, UnseenEnd, VerdictReason } from './link.ts';

/** Every reason that a verdict can carry: a closed set, so that programs can rely on it. */
export const reasonCodes = [
  'both_ends_primary',
  'primaries_without_link',
  'not_found_anywhere',
  'ambiguous_identity',
  'no_end_observed',
  'end_pending',
  'end_unreachable',
  'end_view_failed',
  'role_not_reported',
  'other_end_not_found',
  'other_end_has_no_row',
  'no_end_primary',
  'primary_not_observed',
  'seeding_failed',
  'seeding_running',
  'partner_disconnected',
  'last_connect_error',
  'connection_not_recognised',
  'no_partner_row',
  'health_not_reported',
  'health_not_recognised',
  'partner_not_healthy',
  'partner_partially_healthy',
  'partner_healthy',
  'split_brain_not_excluded',
  'several_primaries_on_one_side',
  'duplicate_server',
  'seeding_stalled',
  'certificate_differs',
  'database_suspended',
  'database_not_healthy',
  'database_missing',
  'database_unexpected',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

const engineTexts = { sql_server: 'SQL Server', managed_instance: 'managed instance' } as const;

/** One end in words: `sql-prod-01 (SQL Server)`. */
export function describeEnd(end: LinkEnd): string {
  return `${end.server} (${engineTexts[end.engine]})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

export function bothEndsPrimary(ends: readonly LinkEnd[]): VerdictReason {
  const text = `${listText(ends.map(describeEnd))} have the role PRIMARY: both ends of the link take writes and their data drifts apart.`;
  return { code: 'both_ends_primary', text };
}

/** Two SQL Servers: either members of an ordinary distributed group or nodes that can't name their member group. */
export function primariesWithoutLink(ends: readonly LinkEnd[]): VerdictReason {
  const text = `${listText(ends.map(describeEnd))} are PRIMARY in a distributed group that names no managed instance: it is not known to be a link.`;
  return { code: 'primaries_without_link', text };
}

export function notFoundAnywhere(servers: readonly string[]): VerdictReason {
  const text = `the link is configured, ${listText(servers)} answered, and none of them has it: it was dropped, or a cutover ended it.`;
  return { code: 'not_found_anywhere', text };
}

/** The ends under one name can't be told apart, or one of them may belong to the other link of that name. */
export function ambiguousIdentity(servers: readonly string[]): VerdictReason {
  const text = `the availability groups of this name on ${listText(servers)} can't be told apart: which managed instance each belongs to is not known. Grant VIEW ANY DEFINITION, and see that endpoint_url ends in ;Server=[name].`;
  return { code: 'ambiguous_identity', text };
}

export function noEndObserved(): VerdictReason {
  return { code: 'no_end_observed', text: 'no server that carries the link showed it in its latest poll.' };
}

const unseenTexts = {
  pending: { code: 'end_pending', text: 'was not polled yet' },
  unreachable: { code: 'end_unreachable', text: 'could not be polled' },
  view_failed: { code: 'end_view_failed', text: 'answered, but its availability groups could not be read in full' },
} as const satisfies Record<UnseenEnd['why'], VerdictReason>;

/** A server that carries or may carry the end that is not seen. */
export function unseenEnd(unseen: UnseenEnd): VerdictReason {
  const { code, text } = unseenTexts[unseen.why];
  return { code, text: `${unseen.server}, which carries or may carry the other end, ${text}.` };
}

export function roleNotReported(end: LinkEnd): VerdictReason {
  const text =
    end.local === null
      ? `${describeEnd(end)} has the availability group but no row with its role: it may not be the primary of its own group.`
      : `${describeEnd(end)} reports no role.`;
  return { code: 'role_not_reported', text };
}

export function otherEndNotFound(ends: readonly LinkEnd[]): VerdictReason {
  const text = `${roleList(ends)}, and no configured server is known to be the other end: add it to the servers, or list the link with its servers.`;
  return { code: 'other_end_not_found', text };
}

export function otherEndHasNoRow(server: string): VerdictReason {
  const text = `${server} answered and does not have the link: it was dropped there, or another node is the primary of its group.`;
  return { code: 'other_end_has_no_row', text };
}

export function noEndPrimary(ends: readonly LinkEnd[]): VerdictReason {
  const text = `${roleList(ends)}: no end is PRIMARY. In a planned failover this lasts seconds.`;
  return { code: 'no_end_primary', text };
}

export function primaryNotObserved(ends: readonly LinkEnd[]): VerdictReason {
  const text = `${roleList(ends)}; the other end, which should be PRIMARY, was not seen.`;
  return { code: 'primary_not_observed', text };
}

function roleList(ends: readonly LinkEnd[]): string {
  return listText(ends.map((end) => `${describeEnd(end)} is ${end.role ?? 'without a role'}`));
}

export function splitBrainNotExcluded(primary: LinkEnd): VerdictReason {
  const text = `${describeEnd(primary)} is PRIMARY; whether the other end is too can't be told, as it was not seen.`;
  return { code: 'split_brain_not_excluded', text };
}

export function severalPrimaries(ends: readonly LinkEnd[]): VerdictReason {
  const text = `${listText(ends.map(describeEnd))} are PRIMARY on the same side: a failover of its group between two polls, or a leftover of the link on one of them. The worse reading counts.`;
  return { code: 'several_primaries_on_one_side', text };
}

export function duplicateServer(server: string, alias: string): VerdictReason {
  const text = `${server} and ${alias} are one instance: it counts once, as ${server}.`;
  return { code: 'duplicate_server', text };
}
