import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { databaseEstimatedDataLossSeconds, databaseSecondaryLagSeconds } from '../../../metrics/families/database.ts';
import { linkEndsObserved, linkPrimaries } from '../../../metrics/families/link.ts';
import { linkDatabasePresent, linkFailoverReady } from '../../../metrics/families/link-database.ts';
import { dashboardOf, firingAlerts, type Line, line, roleAnnotation, verdictAnnotation } from '../dashboard.ts';
import { connectErrors, logErrors, roleChanges, whatChanged } from '../errors-and-changes.ts';
import { ageSteps, dataLossSteps, lagSteps, pollIntervals } from '../look.ts';
import { type Figure, figurePanels, type UnplacedPanel } from '../panels.ts';
import { byLink, pollsSinceSuccess } from '../queries.ts';
import { endWords, primaryWords, stateNumber, stateWords, verdictMetric, verdictStates } from '../states.ts';
import {
  chosenDatabase,
  chosenLink,
  databaseVariable,
  endVariable,
  exporterVariables,
  linkVariables,
  select,
} from '../variables.ts';
import { failoverChecks, failoverReadiness } from './failover.ts';
import { dataLoss, lag, lastTimes, recoveryTime, redoQueue, redoRate, sendQueue, sendRate } from './figures.ts';
import { logReuse, logTimeLeft, logUsed } from './logs.ts';
import { databasesNow, endsNow, whyThisVerdict } from './now.ts';
import { connections, databaseStates, healths, roles, suspensions, verdicts } from './states.ts';

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

const ofDatabases = { ...chosenLink, ...chosenDatabase };

const figures: readonly Figure[] = [
  {
    title: 'Verdict',
    description:
      'What both ends together say of the link. The reasons are below; what to do is in the runbook of the alert of that name.',
    expression: stateNumber(verdictMetric, verdictStates, chosenLink),
    unit: 'none',
    look: stateWords(verdictStates),
    whenEmpty: 'No exporter reports this link.',
  },
  {
    title: 'Primaries',
    description: 'How many ends are PRIMARY. Two: both take writes, stop the workload at one of them now.',
    expression: `max ${byLink} (${select(linkPrimaries, chosenLink)})`,
    unit: 'none',
    look: primaryWords,
  },
  {
    title: 'Ends seen',
    description:
      'How many ends answered in their latest poll. With one missing, this page shows half of the truth: see the dashboard Exporter.',
    expression: `max ${byLink} (${select(linkEndsObserved, chosenLink)})`,
    unit: 'none',
    look: endWords,
  },
  {
    title: 'Highest lag',
    description: 'How far the slowest database is behind. The server knows none while it is suspended.',
    expression: `max ${byLink} (${select(databaseSecondaryLagSeconds, ofDatabases)})`,
    unit: 's',
    look: lagSteps,
  },
  {
    title: 'Loss if forced',
    description: 'Seconds of commits that a forced failover would lose now, in the database that would lose most.',
    expression: `max ${byLink} (${select(databaseEstimatedDataLossSeconds, ofDatabases)})`,
    unit: 's',
    look: dataLossSteps,
  },
  {
    title: 'Failover ready',
    description:
      'Whether a planned failover of every database may start now. Under load it may not: stop the workload first. Which check fails is further down.',
    expression: `min ${byLink} (${select(linkFailoverReady, ofDatabases)})`,
    unit: 'none',
    look: [
      { value: 0, text: 'not yet', color: 'blue' },
      { value: 1, text: 'ready', color: 'green' },
    ],
  },
  {
    title: 'Oldest data',
    description:
      'How long ago the end that has waited longest was last read, in its poll intervals. Old data: see the dashboard Exporter.',
    expression: `max(${pollsSinceSuccess(['server'])})`,
    unit: pollIntervals,
    look: ageSteps,
    whenEmpty: 'Never read.',
  },
];

/** The figures at the top. */
function linkFigures(): readonly UnplacedPanel[] {
  // Two pairs may use one name for their links: then each figure has a value for each.
  const named = figures.map((figure) => ({ ...figure, legend: '{{managed_instance}}' }));
  return figurePanels(named, 'Not known.');
}
