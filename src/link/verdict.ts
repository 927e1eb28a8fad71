import { type CertificateMatch, differingCertificates } from './certificate-match.ts';
import { suspensions, unexpectedDatabases, unhealthyDatabases } from './database-reason.ts';
import type { FoundDatabase } from './databases.ts';
import {
  connectionNotRecognised,
  type DatabaseNames,
  lastConnectErrors,
  partnerDisconnected,
  partnerHealth,
  seedingFailures,
  seedingsRunning,
  seedingsStalled,
} from './end-reason.ts';
import type { LinkEnd, Verdict, VerdictReason } from './link.ts';
import type { Pairing } from './pair.ts';
import {
  ambiguousIdentity,
  bothEndsPrimary,
  duplicateServer,
  noEndObserved,
  noEndPrimary,
  notFoundAnywhere,
  otherEndHasNoRow,
  otherEndNotFound,
  primariesWithoutLink,
  primaryNotObserved,
  type ReasonCode,
  roleNotReported,
  severalPrimaries,
  splitBrainNotExcluded,
  unseenEnd,
} from './reason.ts';
import { primarySides } from './side.ts';
import type { Absence } from './unseen.ts';

/** All that a verdict rests on. */
export interface Evidence {
  readonly pairing: Pairing;
  readonly absence: Absence;
  /** Servers that would have shown the link if they had it: only an expected link that none of them has is missing. */
  readonly answered: readonly string[];
  /** Every server that the configuration names for the link answered. */
  readonly haveAllAnswered: boolean;
  readonly primaries: readonly LinkEnd[];
  readonly databases: readonly FoundDatabase[];
  readonly certificateMatches: readonly CertificateMatch[];
}

/** A rule holds when it has a reason. */
interface Rule {
  readonly verdict: Verdict;
  readonly reasons: (evidence: Evidence) => readonly VerdictReason[];
}

/** First match wins. */
const rules: readonly Rule[] = [
  { verdict: 'split_brain', reasons: splitBrain },
  { verdict: 'missing', reasons: missing },
  { verdict: 'unknown', reasons: unknown },
  { verdict: 'no_primary', reasons: noPrimary },
  { verdict: 'primary_unreachable', reasons: primaryUnreachable },
  { verdict: 'seeding_failed', reasons: seedingFailed },
  { verdict: 'seeding', reasons: seeding },
  { verdict: 'disconnected', reasons: disconnected },
  { verdict: 'suspended', reasons: ({ databases }) => suspensions(databases) },
  { verdict: 'not_healthy', reasons: (evidence) => healthReasons(evidence, ['partner_not_healthy']) },
  {
    verdict: 'unknown',
    reasons: (evidence) => healthReasons(evidence, ['no_partner_row', 'health_not_reported', 'health_not_recognised']),
  },
  { verdict: 'partially_healthy', reasons: (evidence) => healthReasons(evidence, ['partner_partially_healthy']) },
  { verdict: 'healthy', reasons: (evidence) => healthReasons(evidence, ['partner_healthy']) },
];

/** The one verdict of a link, with the reasons of its rule first and then what else an engineer should know. */
export function judge(evidence: Evidence): { readonly verdict: Verdict; readonly reasons: readonly VerdictReason[] } {
  for (const { verdict, reasons } of rules) {
    const found = reasons(evidence);
    if (found.length > 0) return { verdict, reasons: withoutRepeats([...found, ...remarks(evidence)]) };
  }
  return { verdict: 'unknown', reasons: [noEndObserved()] };
}

function splitBrain({ pairing, primaries }: Evidence): readonly VerdictReason[] {
  const engines = new Set(primaries.map((end) => end.engine));
  return engines.size === 2 && !pairing.isAmbiguous ? [bothEndsPrimary(primaries)] : [];
}

function missing({ pairing, absence, answered, haveAllAnswered }: Evidence): readonly VerdictReason[] {
  if (pairing.expected === null || pairing.ends.length > 0 || pairing.doubts.length > 0) return [];
  return haveAllAnswered && absence.unseen.length === 0 && answered.length > 0 ? [notFoundAnywhere(answered)] : [];
}

function unknown({ pairing, absence, primaries }: Evidence): readonly VerdictReason[] {
  const { ends } = pairing;
  if (pairing.isAmbiguous) return [ambiguousIdentity(ends.map((end) => end.server))];
  // With a managed instance this was split brain; without one it can't be told what these groups are to each other.
  if (primarySides(pairing) > 1) return [primariesWithoutLink(primaries)];
  if (primaries.length > 0) return [];
  const unseen = absence.unseen.map(unseenEnd);
  const doubts = doubtReasons(pairing);
  if (ends.length === 0) return [noEndObserved(), ...doubts, ...unseen];
  if (doubts.length > 0) return [...doubts, ...unseen];
  const withoutRole = ends.filter((end) => end.role === null);
  if (withoutRole.length > 0 && (unseen.length === 0 || withoutRole.length === ends.length)) {
    return [...withoutRole.map(roleNotReported), ...unseen];
  }
  if (absence.unseen.some(({ why }) => why === 'pending')) return unseen;
  const isNowhere = absence.missing.length > 0 && absence.silent.length === 0 && unseen.length === 0;
  return isNowhere ? [otherEndNotFound(ends)] : [];
}

function noPrimary({ pairing, absence, primaries }: Evidence): readonly VerdictReason[] {
  return primaries.length > 0 || absence.unseen.length > 0 ? [] : [noEndPrimary(pairing.ends)];
}

function primaryUnreachable({ pairing, absence, primaries }: Evidence): readonly VerdictReason[] {
  return primaries.length > 0 ? [] : [primaryNotObserved(pairing.ends), ...absence.unseen.map(unseenEnd)];
}

function seedingFailed({ pairing, databases }: Evidence): readonly VerdictReason[] {
  const names = namesOf(databases);
  return pairing.ends.flatMap((end) => seedingFailures(end, names));
}

function seeding({ pairing, databases }: Evidence): readonly VerdictReason[] {
  const names = namesOf(databases);
  const running = pairing.ends.flatMap((end) => seedingsRunning(end, names));
  return running.length === 0 ? [] : [...running, ...pairing.ends.flatMap((end) => seedingsStalled(end, names))];
}

function namesOf(databases: readonly FoundDatabase[]): DatabaseNames {
  return new Map(databases.map(({ groupDatabaseId, name }) => [groupDatabaseId ?? '', name]));
}

/** Several primaries on one side: any of them that lost its partner counts. */
function disconnected({ pairing, primaries }: Evidence): readonly VerdictReason[] {
  const lost = primaries.filter(isPartnerDisconnected);
  return lost.length === 0 ? [] : [...lost.map(partnerDisconnected), ...pairing.ends.flatMap(lastConnectErrors)];
}

function isPartnerDisconnected(end: LinkEnd): boolean {
  return end.partner?.connectedState === 'DISCONNECTED';
}

function healthReasons({ primaries, databases }: Evidence, codes: readonly ReasonCode[]): readonly VerdictReason[] {
  const reasons = primaries.map(partnerHealth);
  if (!reasons.some(({ code }) => codes.includes(code))) return [];
  return [...reasons, ...unhealthyDatabases(databases)];
}

/** What matters whatever the verdict. */
function remarks(evidence: Evidence): readonly VerdictReason[] {
  const { pairing, absence, primaries } = evidence;
  const [primary] = primaries;
  const isHalfSeen = primary !== undefined && absence.missing.length > 0;
  const isCrowded = primaries.length > primarySides(pairing);
  return [
    ...primaries.filter(isPartnerDisconnected).map(partnerDisconnected),
    ...primaries.flatMap(connectionNotRecognised),
    ...(isHalfSeen ? [splitBrainNotExcluded(primary), ...absence.unseen.map(unseenEnd), ...doubtReasons(pairing)] : []),
    ...(pairing.ends.length > 0 ? absence.silent.map(otherEndHasNoRow) : []),
    ...(isCrowded ? [severalPrimaries(primaries)] : []),
    ...differingCertificates(evidence.certificateMatches),
    ...unexpectedDatabases(evidence.databases),
    ...pairing.aliases.map(({ server, alias }) => duplicateServer(server, alias)),
  ];
}

function doubtReasons({ ends, doubts }: Pairing): readonly VerdictReason[] {
  return doubts.length === 0 ? [] : [ambiguousIdentity([...ends.map((end) => end.server), ...doubts])];
}

function withoutRepeats(reasons: readonly VerdictReason[]): readonly VerdictReason[] {
  return [...new Map(reasons.map((reason) => [`${reason.code} ${reason.text}`, reason])).values()];
}
