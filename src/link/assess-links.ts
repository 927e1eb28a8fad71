import type { AzureState } from '../model/azure/state.ts';
import type { ExpectedLink } from '../model/expected-link.ts';
import type { ServerState } from '../model/server-state.ts';
import { type Answers, answersOf } from './answer.ts';
import { type AzureEnd, isAwaited, serversOf, sightOf } from './azure/sight.ts';
import { type AzureIndex, indexAzure, listedLinks, witnessOf } from './azure/witness.ts';
import { isCarried } from './carried.ts';
import { matchCertificates } from './certificate-match.ts';
import { databasesOf } from './databases.ts';
import { endsOfAll } from './ends.ts';
import { withFailoverChecks } from './failover-database.ts';
import { linkChecks } from './failover-link.ts';
import { isSecondaryNode } from './findings/absence.ts';
import { findingsOf } from './findings/all.ts';
import type { Evidence } from './findings/evidence.ts';
import type { AssessedLink } from './link.ts';
import { compareText } from './order.ts';
import { type Pairing, pairEnds } from './pair.ts';
import { seedingsOf } from './seeding-status.ts';
import { severityOf, verdictOf } from './severity.ts';
import { primarySides, seenSides, sideOf } from './side.ts';
import { whyUnseen } from './unseen.ts';

/**
 * Every link that a server shows or the configuration expects, each once, with its findings and the verdict that they
 * make. Sorted by name and managed instance; the order of servers and of their rows makes no difference. Pure, never throws.
 */
export function assessLinks(
  servers: readonly ServerState[],
  expected: readonly ExpectedLink[],
  azure: AzureState | null = null,
): readonly AssessedLink[] {
  const sorted = servers.toSorted((one, other) => compareText(one.name, other.name));
  const scene: Scene = {
    servers: sorted,
    byName: new Map(sorted.map((server) => [server.name, server])),
    answers: answersOf(sorted),
    azure: indexAzure(azure),
  };
  return pairEnds(endsOfAll(sorted), expected, listedLinks(scene.azure))
    .flatMap((pairing) => assess(pairing, scene) ?? [])
    .sort((one, other) => compareText(one.name, other.name) || compareText(one.managedInstance, other.managedInstance));
}

interface Scene {
  readonly servers: readonly ServerState[];
  readonly byName: ReadonlyMap<string, ServerState>;
  readonly answers: Answers;
  readonly azure: AzureIndex;
}

/** Null for a link of which nobody can say anything yet. */
function assess(pairing: Pairing, { servers, byName, answers, azure: index }: Scene): AssessedLink | null {
  const azure = witnessOf(index, pairing.name, pairing.managedInstance);
  if (isAwaited(pairing, servers, azure)) return null;
  const { absence, azureEnd } = sightOf(pairing, servers, azure);
  const databases = databasesOf(pairing, answers);
  const seedings = seedingsOf(databases, pairing.ends);
  const seedingByName = new Map(seedings.map((each) => [each.database, each]));
  const primaries = countPrimaries(pairing, azureEnd);
  const { managedInstance, ends } = pairing;
  // A failover goes by what the servers say themselves.
  const failoverChecks = linkChecks({ managedInstance, ends, primaries: countPrimaries(pairing, null), answers });
  const certificateMatches = matchCertificates(managedInstance, ends, answers);
  const findings = findingsOf({
    pairing,
    absence,
    servers: byName,
    answers,
    primaries: ends.filter((end) => end.role === 'PRIMARY'),
    databases,
    seedings: seedingByName,
    certificateMatches,
    azure,
    azureEnd,
    ...answersFor(pairing, serversOf(pairing, servers, azure)),
  });
  return {
    name: pairing.name,
    managedInstance,
    ends,
    unseen: absence.unseen,
    goneAt: absence.silent.filter((server) => !isSecondaryNode(server, { servers: byName })),
    isExpected: pairing.expected !== null,
    findings,
    verdict: verdictOf(findings),
    severity: severityOf(findings),
    seedings,
    endsObserved: Math.min(seenSides(pairing).size + (azureEnd === null ? 0 : 1), 2),
    primaries,
    databases: databases.map((database) =>
      withFailoverChecks(
        { ...database, isCarried: isCarried(database, { ends, seedings: seedingByName, findings }) },
        { ends, seedings: seedingByName, ofLink: failoverChecks },
      ),
    ),
    certificateMatches,
    failoverChecks,
    azure,
    azureEnd,
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
function countPrimaries(pairing: Pairing, azureEnd: AzureEnd | null): number | null {
  if (pairing.isAmbiguous) return null;
  const known = new Set(pairing.ends.filter((end) => end.role !== null).map((end) => sideOf(pairing, end)));
  const inAzure = azureEnd?.role === 'PRIMARY' ? 1 : 0;
  return known.size + (azureEnd === null ? 0 : 1) >= 2 ? Math.min(primarySides(pairing) + inAzure, 2) : null;
}
