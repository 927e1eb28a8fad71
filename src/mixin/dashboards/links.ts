import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { firingAlerts } from './annotations.ts';
import { whatChanged } from './changes.ts';
import { dashboardOf } from './dashboard.ts';
import { line } from './layout.ts';
import { estateFigures } from './links-figures.ts';
import { certificatesByLink, lagByLink, primaryEnds, seedingProgress, verdictHistory } from './links-history.ts';
import { levelsOverTime, levelsTable } from './links-levels.ts';
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
          line(4, estateFigures()),
          line(12, [linksNow()]),
          line(10, [verdictHistory(), whyNotHealthy()], [13, 11]),
        ],
      },
      {
        id: 101,
        title: 'Over time',
        lines: [line(8, [primaryEnds(), lagByLink()]), line(8, [seedingProgress(), certificatesByLink()])],
      },
      { id: 102, title: 'What changed', lines: [line(10, [whatChanged(42)])] },
      { id: 103, title: 'Service levels', lines: [line(10, [levelsTable(), levelsOverTime()], [17, 7])] },
    ],
  });
}
