import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { linkDatabasePresent } from '../../metrics/families/link-database.ts';
import { firingAlerts } from './annotations.ts';
import { dashboardOf } from './dashboard.ts';
import { connectErrors, logErrors, roleChanges } from './link-errors.ts';
import { failoverChecks, failoverReadiness } from './link-failover.ts';
import {
  dataLoss,
  lag,
  lastTimes,
  logReuse,
  recoveryTime,
  redoQueue,
  redoRate,
  sendQueue,
  sendRate,
} from './link-figures.ts';
import { endsNow, linkFigures, whyThisVerdict } from './link-now.ts';
import { connections, databaseStates, healths, roles, suspensions, verdicts } from './link-states.ts';
import { chosenLink, databaseVariable, endVariable, exporterVariables, linkVariables, select } from './variables.ts';

/** One link from both ends: what is wrong, where, since when, and whether it can be failed over. */
export function linkDashboard(): Dashboard {
  return dashboardOf({
    uid: 'milink-link',
    title: 'Link',
    description: 'One managed instance link, both ends side by side.',
    variables: [
      ...exporterVariables(),
      ...linkVariables({ isSingle: true }),
      endVariable(),
      databaseVariable(select(linkDatabasePresent, chosenLink)),
    ],
    alerts: firingAlerts(['server', 'link', 'managed_instance']),
    sections: [
      {
        id: 100,
        title: 'Now',
        lines: [
          { height: 4, panels: linkFigures() },
          {
            height: 6,
            panels: [
              [18, endsNow()],
              [6, whyThisVerdict()],
            ],
          },
        ],
      },
      { id: 101, title: 'Role, health, connection', lines: stateLines() },
      { id: 102, title: 'How far behind', lines: figureLines() },
      {
        id: 103,
        title: 'Ready for a planned failover?',
        lines: [
          {
            height: 9,
            panels: [
              [12, failoverChecks()],
              [12, failoverReadiness()],
            ],
          },
        ],
      },
      {
        id: 104,
        title: 'Errors and changes',
        lines: [
          {
            height: 8,
            panels: [
              [8, connectErrors()],
              [8, logErrors()],
              [8, roleChanges()],
            ],
          },
        ],
      },
    ],
  });
}

function stateLines() {
  const pairs = [
    [verdicts(), roles()],
    [healths(), connections()],
    [databaseStates(), suspensions()],
  ];
  return pairs.map((panels) => ({ height: 6, panels: panels.map((panel) => [12, panel] as const) }));
}

function figureLines() {
  const lines = [
    [lag(), dataLoss(), recoveryTime()],
    [sendQueue(), sendRate()],
    [redoQueue(), redoRate()],
    [lastTimes(), logReuse()],
  ];
  return lines.map((panels) => ({ height: 8, panels: panels.map((panel) => [24 / panels.length, panel] as const) }));
}
