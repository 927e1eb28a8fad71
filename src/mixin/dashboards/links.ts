import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { firingAlerts } from './annotations.ts';
import { dashboardOf } from './dashboard.ts';
import { estateFigures } from './links-figures.ts';
import { certificatesByLink, lagByLink, primaryEnds, seedingProgress, verdictHistory } from './links-history.ts';
import { linksNow, whyNotHealthy } from './links-now.ts';
import { exporterVariables, linkVariables, serverVariable } from './variables.ts';

/** The estate at a glance: which link is in trouble, since when, and whether the exporter can see. */
export function linksDashboard(): Dashboard {
  return dashboardOf({
    uid: 'milink-links',
    title: 'Links',
    description: 'Every managed instance link that the exporters watch, the worst first.',
    variables: [...exporterVariables(), serverVariable(), ...linkVariables()],
    alerts: firingAlerts(['server', 'link', 'managed_instance']),
    sections: [
      {
        id: 100,
        title: 'Now',
        lines: [
          { height: 4, panels: estateFigures().map((panel) => [3, panel] as const) },
          { height: 12, panels: [[24, linksNow()]] },
          {
            height: 10,
            panels: [
              [16, verdictHistory()],
              [8, whyNotHealthy()],
            ],
          },
        ],
      },
      {
        id: 101,
        title: 'Over time',
        lines: [
          {
            height: 8,
            panels: [
              [12, primaryEnds()],
              [12, lagByLink()],
            ],
          },
          {
            height: 8,
            panels: [
              [12, seedingProgress()],
              [12, certificatesByLink()],
            ],
          },
        ],
      },
    ],
  });
}
