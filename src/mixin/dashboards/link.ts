import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { linkDatabasePresent } from '../../metrics/families/link-database.ts';
import { firingAlerts, roleAnnotation, verdictAnnotation } from './annotations.ts';
import { whatChanged } from './changes.ts';
import { dashboardOf } from './dashboard.ts';
import { type Line, line } from './layout.ts';
import { databasesNow } from './link-databases.ts';
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
import { logTimeLeft, logUsed } from './link-logs.ts';
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
    annotations: [roleAnnotation(), verdictAnnotation()],
    sections: [
      {
        id: 100,
        title: 'Now',
        lines: [
          line(4, linkFigures(), [6, 3, 3, 3, 3, 3, 3]),
          line(6, [endsNow(), whyThisVerdict()], [16, 8]),
          line(6, [databasesNow()]),
        ],
      },
      {
        id: 101,
        title: 'Role, health, connection',
        lines: [
          line(6, [verdicts(), roles()]),
          line(6, [healths(), connections()]),
          line(6, [databaseStates(), suspensions()]),
        ],
      },
      { id: 102, title: 'How far behind', lines: howFarBehind() },
      { id: 103, title: 'Ready for a planned failover?', lines: [line(9, [failoverChecks(), failoverReadiness()])] },
      {
        id: 104,
        title: 'Errors and changes',
        lines: [line(8, [connectErrors(), logErrors(), roleChanges()]), line(10, [whatChanged(52)])],
      },
    ],
  });
}

function howFarBehind(): readonly Line[] {
  return [
    line(8, [lag(), dataLoss(), recoveryTime()]),
    line(8, [sendQueue(), sendRate()]),
    line(8, [redoQueue(), redoRate()]),
    line(8, [lastTimes(), logReuse()]),
    line(8, [logUsed(), logTimeLeft()]),
  ];
}
