import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { certificateExpiryTimestampSeconds } from '../../../metrics/families/certificate.ts';
import { endpointStarted } from '../../../metrics/families/endpoint.ts';
import { linkCertificateMatches } from '../../../metrics/families/link.ts';
import { dashboardOf, firingAlerts, line } from '../dashboard.ts';
import { certificateSteps, zeroIsGood } from '../look.ts';
import { type Figure, figurePanels, type UnplacedPanel } from '../panels.ts';
import { countOrZero, days, firstCertificateEndsIn } from '../queries.ts';
import { chosenLink, chosenServer, exporterVariables, linkVariables, select, serverVariable } from '../variables.ts';
import {
  certificatesNow,
  endpointHistory,
  endpointsNow,
  matchesNow,
  matchHistory,
  permissionsNow,
  timeLeft,
} from './panels.ts';

/** What the ends of the links show each other, and what they listen on. */
export function certificatesDashboard(): Dashboard {
  return dashboardOf({
    uid: 'milink-certificates',
    title: 'Certificates and endpoints',
    description:
      'The certificates and database mirroring endpoints by which the ends of the links trust and reach each other.',
    variables: [...exporterVariables(), serverVariable(), ...linkVariables()],
    alerts: firingAlerts(['server', 'link', 'managed_instance']),
    sections: [
      {
        id: 100,
        title: 'Certificates',
        lines: [
          line(4, certificateFigures()),
          line(10, [certificatesNow()]),
          line(10, [matchesNow(), matchHistory(), timeLeft()]),
        ],
      },
      {
        id: 101,
        title: 'Endpoints and permissions',
        lines: [line(10, [endpointsNow(), endpointHistory(), permissionsNow()], [11, 6, 7])],
      },
    ],
  });
}

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
function certificateFigures(): readonly UnplacedPanel[] {
  return figurePanels(figures, 'None seen.');
}
