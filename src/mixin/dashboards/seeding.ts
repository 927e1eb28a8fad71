import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { seedingState } from '../../metrics/families/seeding.ts';
import { firingAlerts } from './annotations.ts';
import { dashboardOf } from './dashboard.ts';
import { attemptStates, progress, rates, remaining, sinceProgress, sizes, waits } from './seeding-history.ts';
import { attemptsNow, seedingFigures, transfersNow } from './seeding-now.ts';
import {
  chosenLink,
  chosenServer,
  databaseVariable,
  exporterVariables,
  linkVariables,
  select,
  serverVariable,
} from './variables.ts';

/** The first copies of databases, for those who run a migration. */
export function seedingDashboard(): Dashboard {
  return dashboardOf({
    uid: 'milink-seeding',
    title: 'Seeding',
    description: 'Databases on their way to the other end of a link: how far, how fast, until when, and what failed.',
    variables: [
      ...exporterVariables(),
      ...linkVariables(),
      serverVariable(),
      databaseVariable(select(seedingState, { ...chosenLink, ...chosenServer })),
    ],
    alerts: firingAlerts(['server', 'link', 'managed_instance']),
    sections: [
      {
        id: 100,
        title: 'Now',
        lines: [
          { height: 4, panels: seedingFigures().map((panel) => [4, panel] as const) },
          { height: 8, panels: [[24, transfersNow()]] },
          {
            height: 10,
            panels: [
              [12, attemptsNow()],
              [12, attemptStates()],
            ],
          },
        ],
      },
      {
        id: 101,
        title: 'Over time',
        lines: [
          [progress(), sizes()],
          [rates(), remaining()],
          [waits(), sinceProgress()],
        ].map((panels) => ({ height: 8, panels: panels.map((panel) => [12, panel] as const) })),
      },
    ],
  });
}
