import type { Answers } from './answer.ts';
import { isAwaited, serversOf, sightOf } from './azure/sight.ts';
import type { LinkInAzure } from './azure/witness.ts';
import { matchCertificates } from './certificates-of-link.ts';
import type { DatabaseSeeding } from './data/database.ts';
import type { LinkEnd } from './data/end.ts';
import type { Finding } from './data/finding.ts';
import type { AssessedLink, AzureEnd } from './data/link.ts';
import { databasesOf, type FoundDatabase } from './databases.ts';
import { withFailoverChecks } from './failover-database.ts';
import { linkChecks } from './failover-link.ts';
import { isSecondaryNode } from './findings/absence.ts';
import { findingsOf } from './findings/all.ts';
import type { Answered, ServerLookup } from './findings/evidence.ts';
import type { FindingCode } from './findings/kinds.ts';
import type { Pairing } from './pair.ts';
import { copyOf, seedingsOf } from './seeding-status.ts';
import { severityOf, verdictOf } from './severity.ts';
import { primarySides, seenSides, sideOf } from './side.ts';
import type { ServerStanding } from './standing.ts';

/** What a link is judged by besides its own ends. */
interface Scene {
  readonly servers: ServerLookup;
  readonly answers: Answers;
  /** Every server; sorted by name. */
  readonly estate: () => readonly ServerStanding[];
  readonly azure: LinkInAzure | null;
}

/** One link with its findings and the verdict that they make. Null for a link of which nobody can say anything yet. */
export function assessLink(pairing: Pairing, { servers, estate, answers, azure }: Scene): AssessedLink | null {
  if (isAwaited(pairing, estate, azure)) return null;
  const { absence, azureEnd } = sightOf(pairing, estate, azure);
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
    servers,
    answers,
    estate,
    primaries: ends.filter((end) => end.role === 'PRIMARY'),
    databases,
    seedings: seedingByName,
    certificateMatches,
    azure,
    azureEnd,
    answered: ends.length > 0 ? null : answeredFor(pairing, serversOf(pairing, estate(), azure)),
  });
  return {
    name: pairing.name,
    managedInstance,
    ends,
    unseen: absence.unseen,
    goneAt: absence.silent.filter((server) => !isSecondaryNode(server, { servers })),
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
function answeredFor({ expected }: Pairing, servers: readonly ServerStanding[]): Answered {
  const listed = expected?.servers ?? [];
  const asked = listed.length === 0 ? servers : servers.filter((server) => listed.includes(server.name));
  const answered = asked.filter(({ whyUnseen }) => whyUnseen === null).map(({ name }) => name);
  return { servers: answered, areAll: listed.length === 0 || new Set(listed).size === answered.length };
}

/** Null unless every end's role is known: an unknown role may be PRIMARY. An ambiguous link has no number either. */
function countPrimaries(pairing: Pairing, azureEnd: AzureEnd | null): number | null {
  if (pairing.isAmbiguous) return null;
  const known = new Set(pairing.ends.filter((end) => end.role !== null).map((end) => sideOf(pairing, end)));
  const inAzure = azureEnd?.role === 'PRIMARY' ? 1 : 0;
  return known.size + (azureEnd === null ? 0 : 1) >= 2 ? Math.min(primarySides(pairing) + inAzure, 2) : null;
}

/** What says of a database that it is at one end only. */
const atOneEnd: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'database_missing',
  'database_unprotected',
  'database_orphaned',
  'seeding_failed',
]);

interface CarriedScene {
  readonly ends: readonly LinkEnd[];
  readonly seedings: ReadonlyMap<string, DatabaseSeeding>;
  readonly findings: readonly Finding[];
}

/** Whether the link protects a database: see `LinkDatabase.isCarried`. */
function isCarried(database: FoundDatabase, { ends, seedings, findings }: CarriedScene): boolean | null {
  if (database.isPresent !== true) return database.isPresent;
  if (findings.some(({ code, scope }) => scope.database === database.name && atOneEnd.has(code))) return false;
  if (seedings.get(database.name)?.status === 'running') return true;
  return copyOf(database, ends) === 'present' ? true : null;
}
