import type { Engine } from '../model/server.ts';
import type { Answers, ServerAnswer, UsedCertificate } from './answer.ts';
import type { CertificateUsage, LinkCertificate } from './certificate-usage.ts';
import type { LinkEnd } from './data/end.ts';
import type { CertificateMatch, Link } from './data/link.ts';
import { firstDnsLabel } from './identity.ts';

const daySeconds = 86_400;

/** From here on a renewal is due by daylight: what the alert MilinkCertificateExpiring warns of. */
const expiringSeconds = 30 * daySeconds;
/** From here on it can't wait for the day after tomorrow. */
const expiresNowSeconds = 2 * daySeconds;

/** A certificate that a link rests on, judged by the clock of the server that shows it. */
export interface LinkCertificateState {
  readonly server: string;
  readonly usage: CertificateUsage;
  readonly row: LinkCertificate;
  readonly status: 'expired' | 'expires_now' | 'expiring' | 'not_valid_yet' | 'valid' | 'unknown';
  /** Negative once it has expired; null where the end is not known. */
  readonly secondsLeft: number | null;
  /** Until its first day; negative once that has come, null where it is not known. */
  readonly secondsToStart: number | null;
  /** Azure renews the managed instance's own certificate by itself. */
  readonly isRenewedByPeople: boolean;
  /** How far the server's local time is ahead of UTC. */
  readonly localOffsetSeconds: number;
}

/** The certificates that this link rests on, the first to end first. */
export function certificatesOfLink(
  { ends, managedInstance }: Pick<Link, 'ends' | 'managedInstance'>,
  answers: Answers,
): readonly LinkCertificateState[] {
  return ends
    .flatMap((end) =>
      (answers.get(end.server)?.certificates ?? [])
        .filter((certificate) => isOfLink(certificate, managedInstance))
        .map((certificate) => stateOf(end, certificate, answers)),
    )
    .toSorted((one, other) => (one.secondsLeft ?? Infinity) - (other.secondsLeft ?? Infinity) || 0);
}

/** The imported certificate of another managed instance is another link's. */
function isOfLink({ usage, row }: UsedCertificate, managedInstance: string): boolean {
  return usage !== 'partner' || firstDnsLabel(row.name) === managedInstance;
}

function stateOf(end: LinkEnd, { usage, row }: UsedCertificate, answers: Answers): LinkCertificateState {
  const facts = answers.get(end.server)?.facts ?? null;
  const from = (instant: number | null): number | null =>
    facts === null || instant === null ? null : instant - facts.utcTimestampSeconds;
  const secondsLeft = from(row.expiryTimestampSeconds);
  const secondsToStart = from(row.startTimestampSeconds);
  return {
    server: end.server,
    usage,
    row,
    status: statusOf(secondsLeft, secondsToStart),
    secondsLeft,
    secondsToStart,
    isRenewedByPeople: end.engine === 'sql_server' && usage !== 'partner',
    localOffsetSeconds: facts?.localOffsetSeconds ?? 0,
  };
}

function statusOf(secondsLeft: number | null, secondsToStart: number | null): LinkCertificateState['status'] {
  if (secondsLeft !== null && secondsLeft <= 0) return 'expired';
  if (secondsToStart !== null && secondsToStart > 0) return 'not_valid_yet';
  if (secondsLeft === null) return 'unknown';
  if (secondsLeft < expiresNowSeconds) return 'expires_now';
  return secondsLeft < expiringSeconds ? 'expiring' : 'valid';
}

/**
 * Compares what both ends show of each certificate. Where one end shows none of it nothing is said: what else than its
 * own a managed instance shows is not documented.
 */
export function matchCertificates(
  managedInstance: string,
  ends: readonly LinkEnd[],
  answers: Answers,
): readonly CertificateMatch[] {
  const of = (engine: Engine): readonly ServerAnswer[] =>
    ends.filter((end) => end.engine === engine).flatMap(({ server }) => answers.get(server) ?? []);
  const [servers, instances] = [of('sql_server'), of('managed_instance')];
  const isPartner = ({ name }: LinkCertificate): boolean => firstDnsLabel(name) === managedInstance;
  const ofInstance = compare(endpointsOf(instances), importedBy(servers), isPartner);
  const ofServer = compareEach(endpointsOf(servers), importedBy(instances));
  return [
    ...(ofInstance === null ? [] : [{ owner: 'managed_instance' as const, isSame: ofInstance }]),
    ...(ofServer === null ? [] : [{ owner: 'sql_server' as const, isSame: ofServer }]),
  ];
}

function endpointsOf(answers: readonly ServerAnswer[]): readonly LinkCertificate[] {
  return answers.flatMap(({ certificates }) =>
    certificates.filter(({ usage }) => usage === 'endpoint').map(({ row }) => row),
  );
}

function importedBy(answers: readonly ServerAnswer[]): readonly LinkCertificate[] {
  return answers.flatMap(({ imported }) => imported);
}

/** A copy under any name will do; one that claims to be the copy and is not is another. */
function compare(
  own: readonly LinkCertificate[],
  imported: readonly LinkCertificate[],
  isClaimed: (copy: LinkCertificate) => boolean,
): boolean | null {
  const thumbprints = new Set(own.map(({ thumbprint }) => thumbprint));
  thumbprints.delete(null);
  if (thumbprints.size === 0) return null;
  if (imported.some(({ thumbprint }) => thumbprints.has(thumbprint))) return true;
  return imported.some((copy) => copy.thumbprint !== null && isClaimed(copy)) ? false : null;
}

/** The copy of a SQL Server's certificate has no name that is agreed on: its subject says whose it is. */
function compareEach(own: readonly LinkCertificate[], imported: readonly LinkCertificate[]): boolean | null {
  const results = own.map((certificate) =>
    compare([certificate], imported, ({ subject }) => subject !== null && subject === certificate.subject),
  );
  if (results.includes(false)) return false;
  return results.includes(true) ? true : null;
}
