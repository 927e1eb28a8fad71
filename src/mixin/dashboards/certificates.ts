import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { firingAlerts } from './annotations.ts';
import { certificateFigures } from './certificates-figures.ts';
import { endpointHistory, matchHistory, timeLeft } from './certificates-history.ts';
import { certificatesNow, endpointsNow, matchesNow, permissionsNow } from './certificates-now.ts';
import { dashboardOf } from './dashboard.ts';
import { line } from './layout.ts';
import { exporterVariables, linkVariables, serverVariable } from './variables.ts';

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
