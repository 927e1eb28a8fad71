import type { Answers, UsedCertificate } from './answer.ts';
import type { CertificateUsage } from './certificate-usage.ts';
import type { LinkEnd } from './data/end.ts';
import type { Link } from './data/link.ts';
import { firstDnsLabel } from './identity.ts';
import type { LinkCertificate } from './own-certificate.ts';

const daySeconds = 86_400;

/** From here on a renewal is due by daylight: what the alert MilinkCertificateExpiring warns of. */
export const expiringSeconds = 30 * daySeconds;
/** From here on it can't wait for the day after tomorrow. */
export const expiresNowSeconds = 2 * daySeconds;

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
