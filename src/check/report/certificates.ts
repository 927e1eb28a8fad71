import type { Answers, UsedCertificate } from '../../link/answer.ts';
import { firstDnsLabel } from '../../link/identity.ts';
import type { AssessedLink, LinkEnd } from '../../link/link.ts';
import type { Severity } from '../severity.ts';
import { daysLeftText } from '../text/quantity.ts';
import type { CertificateReport, ReportReason } from './report.ts';

const daySeconds = 86_400;

/** The thresholds of the alert MilinkCertificateExpiring. */
const warningSeconds = 30 * daySeconds;
const criticalSeconds = 7 * daySeconds;

/** The certificates that this link rests on, the first to end first. */
export function certificatesOf(link: AssessedLink, answers: Answers): readonly CertificateReport[] {
  return link.ends
    .flatMap((end) =>
      (answers.get(end.server)?.certificates ?? [])
        .filter((certificate) => isOfLink(certificate, link.managedInstance))
        .map((certificate) => certificateReport(end, certificate, answers)),
    )
    .toSorted((one, other) => (one.secondsLeft ?? Infinity) - (other.secondsLeft ?? Infinity) || 0);
}

/** The imported certificate of another managed instance is another link's. */
function isOfLink({ usage, row }: UsedCertificate, managedInstance: string): boolean {
  return usage !== 'partner' || firstDnsLabel(row.name) === managedInstance;
}

function certificateReport(end: LinkEnd, { usage, row }: UsedCertificate, answers: Answers): CertificateReport {
  const nowSeconds = answers.get(end.server)?.facts.utcTimestampSeconds ?? null;
  const { startTimestampSeconds, expiryTimestampSeconds } = row;
  const secondsLeft =
    nowSeconds === null || expiryTimestampSeconds === null ? null : expiryTimestampSeconds - nowSeconds;
  const isEarly = nowSeconds !== null && startTimestampSeconds !== null && startTimestampSeconds > nowSeconds;
  // Azure renews the managed instance's own certificate; what is imported of it is information, no alarm.
  const isRenewedByPeople = end.engine === 'sql_server' && usage !== 'partner';
  return {
    server: end.server,
    name: row.name,
    usage,
    startTimestampSeconds,
    expiryTimestampSeconds,
    secondsLeft,
    severity: isRenewedByPeople ? severityOf(secondsLeft, isEarly) : 'healthy',
  };
}

function severityOf(secondsLeft: number | null, isEarly: boolean): Severity {
  if (secondsLeft !== null && secondsLeft < criticalSeconds) return 'critical';
  if (isEarly) return 'degraded';
  return secondsLeft !== null && secondsLeft < warningSeconds ? 'degraded' : 'healthy';
}

const usageTexts = {
  endpoint: "the endpoint's own certificate",
  partner: "the managed instance's certificate as imported",
  authority: 'an imported authority',
} as const;

/** One reason per certificate that people have to renew soon. */
export function certificateReasons(certificates: readonly CertificateReport[]): readonly ReportReason[] {
  return certificates
    .filter(({ severity }) => severity !== 'healthy')
    .map(({ name, server, usage, secondsLeft }) => {
      const which = `certificate ${name} on ${server}, ${usageTexts[usage]},`;
      if (secondsLeft === null || secondsLeft >= warningSeconds) {
        return { code: 'certificate_not_valid_yet', text: `${which} is not valid yet.` };
      }
      if (secondsLeft <= 0) {
        const text = `${which} ${daysLeftText(secondsLeft)}: at the next reconnect the ends refuse each other.`;
        return { code: 'certificate_expired', text };
      }
      const text = `${which} ends in ${daysLeftText(secondsLeft)}: after that the ends refuse each other's connections.`;
      return { code: 'certificate_expiring', text };
    });
}
