import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { seedingState } from '../../metrics/families/seeding.ts';
import { firingAlerts } from './annotations.ts';
import { dashboardOf } from './dashboard.ts';
import { line } from './layout.ts';
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
        lines: [line(4, seedingFigures()), line(8, [transfersNow()]), line(10, [attemptsNow(), attemptStates()])],
      },
      {
        id: 101,
        title: 'Over time',
        lines: [line(8, [progress(), sizes()]), line(8, [rates(), remaining()]), line(8, [waits(), sinceProgress()])],
      },
    ],
  });
}
