import { expiringIn, healthyLink } from './link-states.ts';
import { type Stage, still } from './stage.ts';

/** Links in good order whose certificates are not. */
export const certificateStages = {
  'certificate-expiring': {
    ...still('certificate-expiring', "SQL Server's endpoint certificate ends in six days.", healthyLink),
    expiries: expiringIn(6),
  },
  'certificate-expiring-later': {
    ...still('certificate-expiring-later', "SQL Server's endpoint certificate ends in twenty days.", healthyLink),
    expiries: expiringIn(20),
  },
  'certificate-expired': {
    ...still(
      'certificate-expired',
      "SQL Server's endpoint certificate ended yesterday; the connection that stands goes on.",
      healthyLink,
    ),
    expiries: expiringIn(-1),
  },
  'certificate-mismatch': {
    ...still(
      'certificate-mismatch',
      "The managed instance still holds SQL Server's former certificate; the connection that stands goes on.",
      healthyLink,
    ),
    staleImports: ['managedInstance'],
  },
} as const satisfies Record<string, Stage>;
