import type { Answers } from '../../link/answer.ts';
import { certificatesOfLink, type LinkCertificateState } from '../../link/certificates-of-link.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import type { Severity } from '../../link/data/verdict.ts';
import type { CertificateReport } from './report.ts';

/** The certificates that this link rests on, the first to end first, each as bad as the finding about it. */
export function certificatesOf(link: AssessedLink, answers: Answers): readonly CertificateReport[] {
  return certificatesOfLink(link, answers).map((each) => ({
    server: each.server,
    name: each.row.name,
    usage: each.usage,
    startTimestampSeconds: each.row.startTimestampSeconds,
    expiryTimestampSeconds: each.row.expiryTimestampSeconds,
    secondsLeft: each.secondsLeft,
    severity: severityOf(each, link),
  }));
}

function severityOf({ server, row }: LinkCertificateState, { findings }: AssessedLink): Severity {
  const own = findings.filter(({ scope }) => scope.server === server && scope.certificate === row.name);
  if (own.some(({ severity }) => severity === 'critical')) return 'critical';
  return own.some(({ severity }) => severity === 'warning') ? 'degraded' : 'healthy';
}
