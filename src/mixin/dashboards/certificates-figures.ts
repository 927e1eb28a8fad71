import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import { endpointStarted } from '../../metrics/families/endpoint.ts';
import { linkCertificateMatches } from '../../metrics/families/link.ts';
import { days, firstCertificateEndsIn } from './certificate-queries.ts';
import { type Figure, figurePanels } from './figures.ts';
import type { UnplacedPanel } from './frame.ts';
import { certificateSteps } from './limits.ts';
import { zeroIsGood } from './look.ts';
import { countOrZero } from './promql.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

const expiry = select(certificateExpiryTimestampSeconds, chosenServer);
const matches = select(linkCertificateMatches, chosenLink);
const started = select(endpointStarted, chosenServer);

const figures: readonly Figure[] = [
  {
    title: 'First one to renew ends in',
    description:
      "Of SQL Server's own certificates and the imported roots. Azure renews those of the managed instance. The runbook is MilinkCertificateExpiring.",
    expression: firstCertificateEndsIn,
    unit: days,
    look: certificateSteps,
  },
  {
    title: 'Expired',
    description: 'Certificates of links that have ended: connections that break do not come back. Renew at once.',
    expression: countOrZero(`min by (server, certificate, usage) (${expiry}) < time()`, expiry),
    look: zeroIsGood(),
  },
  {
    title: 'Not the same at both ends',
    description:
      'Certificates of which the other end holds an old or a wrong copy: the next connection will be refused. The runbook is MilinkCertificateMismatch.',
    expression: countOrZero(`min by (link, managed_instance, certificate_owner) (${matches}) == 0`, matches),
    look: zeroIsGood(),
    whenEmpty: 'Not known.',
  },
  {
    title: 'Endpoints stopped',
    description:
      'Database mirroring endpoints that are not started: nobody can connect to that end. ALTER ENDPOINT ... STATE = STARTED.',
    expression: countOrZero(`min by (server, mirroring_endpoint) (${started}) == 0`, started),
    look: zeroIsGood(),
  },
];

/** The figures at the top. */
export function certificateFigures(): readonly UnplacedPanel[] {
  return figurePanels(figures, 'None seen.');
}
