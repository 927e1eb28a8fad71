import type { ExpectedLink } from '../model/expected-link.ts';
import type { ServerState } from '../model/server-state.ts';
import { type Answers, answersOf } from './answer.ts';
import { matchCertificates } from './certificate-match.ts';
import { databasesOf } from './databases.ts';
import { endsOf } from './ends.ts';
import { withFailoverChecks } from './failover-database.ts';
import { linkChecks } from './failover-link.ts';
import type { AssessedLink } from './link.ts';
import { compareText } from './order.ts';
import { type Pairing, pairEnds } from './pair.ts';
import { primarySides, seenSides, sideOf } from './side.ts';
import { findAbsence, whyUnseen } from './unseen.ts';
import { type Evidence, judge } from './verdict.ts';

/**
 * Every link that a server shows or the configuration expects, each once, with its verdict. Sorted by name and managed
 * instance; the order of servers and of their rows makes no difference. Pure, never throws.
 */
export function assessLinks(
  servers: readonly ServerState[],
  expected: readonly ExpectedLink[],
): readonly AssessedLink[] {
  const sorted = servers.toSorted((one, other) => compareText(one.name, other.name));
  const answers = answersOf(sorted);
  return pairEnds(sorted.flatMap(endsOf), expected)
    .map((pairing) => assess(pairing, sorted, answers))
    .sort((one, other) => compareText(one.name, other.name) || compareText(one.managedInstance, other.managedInstance));
}

function assess(pairing: Pairing, servers: readonly ServerState[], answers: Answers): AssessedLink {
  const absence = findAbsence(pairing, servers);
  const databases = databasesOf(pairing, answers);
  const primaries = countPrimaries(pairing);
  const failoverChecks = linkChecks({
    managedInstance: pairing.managedInstance,
    ends: pairing.ends,
    primaries,
    answers,
  });
  const certificateMatches = matchCertificates(pairing.managedInstance, pairing.ends, answers);
  const evidence: Evidence = {
    pairing,
    absence,
    primaries: pairing.ends.filter((end) => end.role === 'PRIMARY'),
    databases,
    certificateMatches,
    ...answersFor(pairing, servers),
  };
  return {
    name: pairing.name,
    managedInstance: pairing.managedInstance,
    ends: pairing.ends,
    unseen: absence.unseen,
    isExpected: pairing.expected !== null,
    ...judge(evidence),
    endsObserved: Math.min(seenSides(pairing).size, 2),
    primaries,
    databases: databases.map((database) => withFailoverChecks(database, pairing.ends, failoverChecks)),
    certificateMatches,
    failoverChecks,
  };
}

/** Servers whose answer says that they don't have the link; without a list in the configuration any server may have it. */
function answersFor(
  { expected }: Pairing,
  servers: readonly ServerState[],
): Pick<Evidence, 'answered' | 'haveAllAnswered'> {
  const listed = expected?.servers ?? [];
  const asked = listed.length === 0 ? servers : servers.filter((server) => listed.includes(server.name));
  const answered = asked.filter((server) => whyUnseen(server) === null).map((server) => server.name);
  const isComplete = listed.length === 0 || new Set(listed).size === answered.length;
  return { answered, haveAllAnswered: isComplete };
}

/** Null unless every end's role is known: an unknown role may be PRIMARY. An ambiguous link has no number either. */
function countPrimaries(pairing: Pairing): number | null {
  if (pairing.isAmbiguous) return null;
  const known = new Set(pairing.ends.filter((end) => end.role !== null).map((end) => sideOf(pairing, end)));
  return known.size >= 2 ? primarySides(pairing) : null;
}
