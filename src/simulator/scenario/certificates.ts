import type { CertificateOptions } from '../world/certificate.ts';
import { ordinaryExpiries } from '../world/certificate.ts';
import { expiringIn, healthyLink } from './link-states.ts';
import { type Frame, type Stage, still } from './stage.ts';

const minuteMilliseconds = 60_000;
const dayMilliseconds = 86_400_000;

/** Links in good order whose certificates are not. */
export const certificateStages = {
  'certificate-expiring': {
    ...still('certificate-expiring', "SQL Server's endpoint certificate ends in six days.", healthyLink),
    certificates: expiringIn(6),
  },
  'certificate-expiring-later': {
    ...still('certificate-expiring-later', "SQL Server's endpoint certificate ends in twenty days.", healthyLink),
    certificates: expiringIn(20),
  },
  'certificate-expired': {
    ...still(
      'certificate-expired',
      "SQL Server's endpoint certificate ended yesterday; the connection that stands goes on.",
      healthyLink,
    ),
    certificates: expiringIn(-1),
  },
  'certificate-mismatch': {
    ...still(
      'certificate-mismatch',
      "The managed instance still holds SQL Server's former certificate; the connection that stands goes on.",
      healthyLink,
    ),
    staleImports: ['managedInstance'],
  },
  'certificate-not-yet-valid': {
    ...still(
      'certificate-not-yet-valid',
      "SQL Server's new endpoint certificate begins in the future by its server's distance from UTC, as when local time was given for its start.",
      healthyLink,
    ),
    certificates: notYetValid,
  },
  'certificate-hidden': {
    ...still(
      'certificate-hidden',
      "The link is in good order, but the exporter's login may not see the certificate of SQL Server's endpoint.",
      healthyLink,
    ),
    certificates: () => ({ hidden: ['sqlServer'] }),
  },
  'certificate-module-signing': {
    ...still(
      'certificate-module-signing',
      'The link is in good order, and a certificate that signs modules on SQL Server ended a month ago.',
      healthyLink,
    ),
    certificates: (frame) => ({
      moduleSigningExpiryMilliseconds: frame.topology.startMilliseconds - 30 * dayMilliseconds,
    }),
  },
} as const satisfies Record<string, Stage>;

/** Made ten minutes before the scenario, valid for a year; the server's own clock is ahead of the start that it was given. */
function notYetValid(frame: Frame): Partial<CertificateOptions> {
  const { topology, startedAtMilliseconds } = frame;
  const offset = topology.servers.sqlServer.localOffsetMinutes * minuteMilliseconds;
  const startMilliseconds = startedAtMilliseconds - 10 * minuteMilliseconds + offset;
  return {
    startMilliseconds,
    expiryMilliseconds: { ...ordinaryExpiries(topology), sqlServer: startMilliseconds + 365 * dayMilliseconds },
  };
}
