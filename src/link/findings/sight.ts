import type { ViewName } from '../../model/snapshot.ts';
import type { UnseenEnd } from '../data/end.ts';
import { type Finding, finding } from '../data/finding.ts';
import type { Pairing } from '../pair.ts';
import { describeEnd, listText, roleList } from '../words.ts';
import { isSecondaryNode } from './absence.ts';
import type { Evidence } from './evidence.ts';
import type { FindingCode } from './kinds.ts';

/** No end of the link was seen, and it is not known to be gone. */
export function noEndObserved(evidence: Evidence): readonly Finding[] {
  const { pairing, absence, answered, azure, azureEnd } = evidence;
  if (answered === null || azureEnd !== null) return [];
  // Azure, the only witness there is, answered without it.
  if (azure?.listing === 'absent' && answered.servers.length === 0 && absence.unseen.length === 0) return [];
  const isGone =
    answered.areAll && absence.unseen.length === 0 && answered.servers.length > 0 && pairing.doubts.length === 0;
  if (isGone) return [];
  return [finding('no_end_observed', { text: 'no server that carries the link showed it in its latest poll.' })];
}

/** The ends under one name can't be told apart, or one of them may belong to the other link of that name. */
export function ambiguousIdentity({ pairing, absence, primaries }: Evidence): readonly Finding[] {
  const isSettled = primaries.length > 0 && absence.missing.length === 0;
  if (!pairing.isAmbiguous && (pairing.doubts.length === 0 || isSettled)) return [];
  const servers = [...new Set([...pairing.ends.map((end) => end.server), ...pairing.doubts])];
  const text = `the availability groups of this name on ${listText(servers)} can't be told apart: which managed instance each belongs to is not known. Grant VIEW ANY DEFINITION, and see that endpoint_url ends in ;Server=[name].`;
  return [finding('ambiguous_identity', { text })];
}

/** An end without a role, where no other node of its side has one. */
export function roleNotReported({ pairing, absence, primaries }: Evidence): readonly Finding[] {
  if (primaries.length > 0 || pairing.isAmbiguous || pairing.doubts.length > 0) return [];
  const without = pairing.ends.filter((end) => end.role === null);
  if (without.length === 0 || (absence.unseen.length > 0 && without.length < pairing.ends.length)) return [];
  return without.map((end) => {
    const text =
      end.local === null
        ? `${describeEnd(end)} has the availability group but no row with its role: it may not be the primary of its own group.`
        : `${describeEnd(end)} reports no role.`;
    return finding('role_not_reported', { server: end.server, text });
  });
}

/** Only one end is configured, or known to be one, and it is not the primary. */
export function otherEndNotFound(evidence: Evidence): readonly Finding[] {
  const { pairing, absence, primaries } = evidence;
  const { ends, doubts, isAmbiguous } = pairing;
  if (primaries.length > 0 || isAmbiguous || doubts.length > 0 || ends.some((end) => end.role === null)) return [];
  if (absence.missing.length === 0 || ends.length === 0 || absence.unseen.length > 0) return [];
  // A node that is not primary of its own group can't show the link; one that is, and does not, has dropped it.
  if (absence.silent.some((server) => !isSecondaryNode(server, evidence))) return [];
  const text = `${roleList(ends)}, and no configured server is known to be the other end: add it to the servers, or list the link with its servers.`;
  return [finding('other_end_not_found', { text })];
}

/**
 * The end that answers is not PRIMARY, and the other was not seen. Not reached, not read and not polled yet are three
 * things: only the first says that the primary may be lost.
 */
export function primaryNotSeen({ pairing, absence, primaries }: Evidence): readonly Finding[] {
  const { ends, doubts, isAmbiguous } = pairing;
  if (primaries.length > 0 || isAmbiguous || doubts.length > 0 || ends.length === 0) return [];
  if (absence.unseen.length === 0 || ends.every((end) => end.role === null)) return [];
  const names = (why: UnseenEnd['why']): readonly string[] =>
    absence.unseen.filter((each) => each.why === why).map(({ server }) => server);
  const one = (list: readonly string[]): string | null => (list.length === 1 ? (list[0] ?? null) : null);
  const [unread, pending, lost] = [names('view_failed'), names('pending'), names('unreachable')];
  const seen = roleList(ends);
  if (unread.length > 0) {
    const text = `${seen}; ${listText(unread)}, which carries or may carry the other end, answered, but its availability groups could not be read: what its part of the link is doing is not known. It is reachable, so nothing says that it is lost.`;
    return [finding('end_not_read', { server: one(unread), text })];
  }
  if (pending.length > 0) {
    const text = `${seen}; ${listText(pending)}, which carries or may carry the other end, was not polled yet.`;
    return [finding('primary_pending', { server: one(pending), text })];
  }
  const text = `${seen}; the other end, which should be PRIMARY, was not seen: ${listText(lost)} could not be polled.`;
  return [finding('primary_not_observed', { server: one(lost), text })];
}

/** One end is PRIMARY, and the other was not seen: it may be PRIMARY too. */
export function splitBrainNotExcluded(evidence: Evidence): readonly Finding[] {
  const { absence, primaries, pairing } = evidence;
  const [primary] = primaries;
  if (primary === undefined || absence.missing.length === 0 || pairing.isAmbiguous) return [];
  // A server that answered and has no row is another finding: it has no role that could be PRIMARY.
  if (absence.unseen.length === 0 && absence.silent.length > 0 && pairing.doubts.length === 0) return [];
  const text = `${describeEnd(primary)} is PRIMARY; whether the other end is too can't be told, as it was not seen.`;
  return [finding('split_brain_not_excluded', { server: absence.unseen[0]?.server ?? null, text })];
}

const unseenTexts = {
  pending: { code: 'end_pending', text: 'was not polled yet' },
  unreachable: { code: 'end_unreachable', text: 'could not be polled' },
  view_failed: { code: 'end_view_failed', text: 'answered, but its availability groups could not be read in full' },
} as const satisfies Record<UnseenEnd['why'], { code: FindingCode; text: string }>;

/** Each server that carries or may carry an end that is not seen, with why: details of the findings above. */
export function unseenEnds({ absence }: Evidence): readonly Finding[] {
  return absence.unseen.map(({ server, why }) => {
    const { code, text } = unseenTexts[why];
    return finding(code, { server, text: `${server}, which carries or may carry the other end, ${text}.` });
  });
}

/** Two configured names of one instance. */
export function duplicateServers({ pairing }: { readonly pairing: Pairing }): readonly Finding[] {
  return pairing.aliases.map(({ server, alias }) =>
    finding('duplicate_server', {
      server,
      text: `${server} and ${alias} are one instance: it counts once, as ${server}.`,
    }),
  );
}

/** What each view tells of a link, to complete `not known`. A view without a line feeds no finding. */
const feeds = {
  permissions: 'which rights the login has',
  availability_groups: 'which links it carries',
  availability_replicas: 'the members of its groups',
  availability_replica_states: 'role, connection and health',
  physical_seeding_stats: 'how far a seeding has come',
  automatic_seeding: 'whether a seeding runs or has failed',
  database_mirroring_endpoints: 'whether its endpoint accepts the next connection',
  tcp_endpoints: 'where its endpoint listens',
  certificates: 'when its certificates end',
  databases: 'the state of its databases',
  database_replica_states: 'how its copies of the databases are',
} as const satisfies Readonly<Partial<Record<ViewName, string>>>;

const fedViews = Object.keys(feeds) as readonly (keyof typeof feeds)[];

/** Each end that answered with a view that could not be read, and what is not known for it. */
export function viewsNotRead({ pairing, absence, servers }: Evidence): readonly Finding[] {
  const names = [
    ...pairing.ends.map(({ server }) => server),
    ...absence.unseen.filter(({ why }) => why === 'view_failed').map(({ server }) => server),
  ];
  return names.flatMap((server) => {
    const outcome = servers.get(server)?.outcome;
    if (outcome?.kind !== 'ok') return [];
    const failed = fedViews.filter((view) => outcome.snapshot.views[view] === null);
    if (failed.length === 0) return [];
    const unknown = listText(failed.map((view) => feeds[view]));
    const text = `${server} answered, but ${listText(failed)} could not be read. Not known for that: ${unknown}.`;
    return [finding('view_not_read', { server, text })];
  });
}

/** Each end whose server has more databases than the limits of the configuration show: some of the link may be among them. */
export function databasesLeftOut({ pairing }: Evidence): readonly Finding[] {
  return pairing.ends.flatMap(({ server, hasMoreDatabases }) => {
    if (hasMoreDatabases !== true) return [];
    const text = `${server} has more databases than the limits of the configuration show: those of the link that are not shown are not judged.`;
    return [finding('databases_left_out', { server, text })];
  });
}
