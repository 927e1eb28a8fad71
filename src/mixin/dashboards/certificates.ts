import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { firingAlerts } from './annotations.ts';
import { certificateFigures } from './certificates-figures.ts';
import { endpointHistory, matchHistory, timeLeft } from './certificates-history.ts';
import { certificatesNow, endpointsNow, matchesNow, permissionsNow } from './certificates-now.ts';
import { dashboardOf } from './dashboard.ts';
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
          { height: 4, panels: certificateFigures().map((panel) => [6, panel] as const) },
          { height: 10, panels: [[24, certificatesNow()]] },
          {
            height: 10,
            panels: [
              [8, matchesNow()],
              [8, matchHistory()],
              [8, timeLeft()],
            ],
          },
        ],
      },
      {
        id: 101,
        title: 'Endpoints and permissions',
        lines: [
          {
            height: 10,
            panels: [
              [11, endpointsNow()],
              [7, endpointHistory()],
              [6, permissionsNow()],
            ],
          },
        ],
      },
    ],
  });
}
