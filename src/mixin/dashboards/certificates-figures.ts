import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import { endpointStarted } from '../../metrics/families/endpoint.ts';
import { linkCertificateMatches } from '../../metrics/families/link.ts';
import { firstCertificateEndsIn } from './certificate-queries.ts';
import { statPanel } from './chart-panels.ts';
import type { UnplacedPanel } from './frame.ts';
import { certificateSteps } from './limits.ts';
import { zeroIsGood } from './look.ts';
import { countOrZero } from './promql.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

const expiry = select(certificateExpiryTimestampSeconds, chosenServer);
const matches = select(linkCertificateMatches, chosenLink);
const started = select(endpointStarted, chosenServer);

/** The figures at the top. */
export function certificateFigures(): readonly UnplacedPanel[] {
  return [
    statPanel(
      {
        id: 1,
        title: 'First one to renew ends in',
        description:
          "Of SQL Server's own certificates and the imported roots. Azure renews those of the managed instance. The runbook is MilinkCertificateExpiring.",
        unit: 's',
        queries: [{ expression: firstCertificateEndsIn, legend: 'time left' }],
        whenEmpty: 'None seen.',
      },
      certificateSteps,
    ),
    statPanel(
      {
        id: 2,
        title: 'Expired',
        description: 'Certificates of links that have ended: connections that break do not come back. Renew at once.',
        unit: 'short',
        queries: [
          {
            expression: countOrZero(`min by (server, certificate, usage) (${expiry}) < time()`, expiry),
            legend: 'expired',
          },
        ],
        whenEmpty: 'None seen.',
      },
      zeroIsGood(),
    ),
    statPanel(
      {
        id: 3,
        title: 'Not the same at both ends',
        description:
          'Certificates of which the other end holds an old or a wrong copy: the next connection will be refused. The runbook is MilinkCertificateMismatch.',
        unit: 'short',
        queries: [
          {
            expression: countOrZero(`min by (link, managed_instance, owner) (${matches}) == 0`, matches),
            legend: 'different',
          },
        ],
        whenEmpty: 'Not known.',
      },
      zeroIsGood(),
    ),
    statPanel(
      {
        id: 4,
        title: 'Endpoints stopped',
        description:
          'Database mirroring endpoints that are not started: nobody can connect to that end. ALTER ENDPOINT ... STATE = STARTED.',
        unit: 'short',
        queries: [
          {
            expression: countOrZero(`min by (server, endpoint) (${started}) == 0`, started),
            legend: 'stopped',
          },
        ],
        whenEmpty: 'None seen.',
      },
      zeroIsGood(),
    ),
  ];
}
