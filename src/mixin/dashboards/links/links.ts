import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { databaseSecondaryLagSeconds } from '../../../metrics/families/database.ts';
import { linkVerdict } from '../../../metrics/families/link.ts';
import { up } from '../../../metrics/families/polling.ts';
import { seedingDatabaseSizeBytes } from '../../../metrics/families/seeding.ts';
import { dashboardOf, firingAlerts, line } from '../dashboard.ts';
import { whatChanged } from '../errors-and-changes.ts';
import { ageSteps, certificateSteps, lagSteps, neutral, pollIntervals, zeroIsGood } from '../look.ts';
import { type Figure, figurePanels, type UnplacedPanel } from '../panels.ts';
import { byLink, countOrZero, days, firstCertificateEndsIn, pollsSinceSuccess } from '../queries.ts';
import { chosenLink, chosenServer, exporterVariables, linkVariables, select, serverVariable } from '../variables.ts';
import {
  certificatesByLink,
  lagByLink,
  levelsOverTime,
  levelsTable,
  primaryEnds,
  seedingProgress,
  verdictHistory,
} from './history.ts';
import { linksNow, whyNotHealthy } from './now.ts';

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

const verdict = (name?: 'split_brain' | 'healthy'): string =>
  select(linkVerdict, { ...chosenLink, ...(name === undefined ? {} : { verdict: name }) });

const figures: readonly Figure[] = [
  {
    title: 'Links',
    description: 'How many links the exporters watch. Fewer than you know of: see the servers that are not polled.',
    expression: `count(group ${byLink} (${verdict()}))`,
    look: neutral,
  },
  {
    title: 'Not healthy',
    description: 'Links whose verdict is another than healthy, seeding ones included. The table below says which.',
    expression: countOrZero(`min ${byLink} (${verdict('healthy')}) == 0`, verdict()),
    look: zeroIsGood(),
  },
  {
    title: 'Split brain',
    description:
      'Links with the role PRIMARY at both ends: both take writes. Stop the workload at one end now and follow the runbook MilinkLinkSplitBrain.',
    expression: countOrZero(`max ${byLink} (${verdict('split_brain')}) == 1`, verdict()),
    look: zeroIsGood('dark-red'),
  },
  {
    title: 'Not polled',
    description:
      'Servers that no exporter can poll: their ends of the links are not seen. The reason is in the dashboard Exporter.',
    expression: countOrZero(`max by (server) (${select(up, chosenServer)}) == 0`, select(up, chosenServer)),
    look: zeroIsGood(),
    whenEmpty: 'No server.',
  },
  {
    title: 'Highest lag',
    description:
      'How far the database that is furthest behind is behind its primary. Of a suspended or disconnected one the server may not know it.',
    expression: `max(${select(databaseSecondaryLagSeconds, { ...chosenLink, ...chosenServer })})`,
    unit: 's',
    look: lagSteps,
    whenEmpty: 'Not known.',
  },
  {
    title: 'Seeding',
    description:
      'Databases that are being copied for the first time now. How far they are is in the dashboard Seeding.',
    expression: countOrZero(
      `group by (link, managed_instance, database) (${select(seedingDatabaseSizeBytes, chosenLink)})`,
      verdict(),
    ),
    look: neutral,
  },
  {
    title: 'Next certificate',
    description:
      "Time until the first certificate ends, of SQL Server's own and the imported roots. Azure renews those of the managed instance. Renew it well before: the runbook is MilinkCertificateExpiring.",
    expression: firstCertificateEndsIn,
    unit: days,
    look: certificateSteps,
    whenEmpty: 'None seen.',
  },
  {
    title: 'Oldest data',
    description:
      'How long ago the server that has waited longest was last read, in its poll intervals. More than a few: that server is slow or in trouble.',
    expression: `max(${pollsSinceSuccess(['server'])})`,
    unit: pollIntervals,
    look: ageSteps,
    whenEmpty: 'Never read.',
  },
];

/** The figures at the top. */
function estateFigures(): readonly UnplacedPanel[] {
  return figurePanels(figures, 'No link.');
}
