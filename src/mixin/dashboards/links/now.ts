import { databaseEstimatedDataLossSeconds, databaseSecondaryLagSeconds } from '../../../metrics/families/database.ts';
import { linkEndsObserved, linkPrimaries, linkVerdict } from '../../../metrics/families/link.ts';
import { linkDatabasePresent, linkFailoverReady } from '../../../metrics/families/link-database.ts';
import { seedingDatabaseSizeBytes } from '../../../metrics/families/seeding.ts';
import { certificateSteps, dataLossSteps, lagSteps } from '../look.ts';
import { queryLetter, type UnplacedPanel } from '../panels.ts';
import { byLink, certificateOfLinkEndsIn, days, findingsBySeverity, linkName } from '../queries.ts';
import { endWords, primaryWords, stateNumber, stateWords, verdictMetric, verdictStates } from '../states.ts';
import { type Column, linkColumn, managedInstanceColumn, severityColumn, tablePanel } from '../table-panel.ts';
import { chosenLink, select } from '../variables.ts';

const legend = linkName;
const queries: readonly (readonly [expression: string, column: Omit<Column, 'from'>])[] = [
  [
    stateNumber(verdictMetric, verdictStates, chosenLink),
    { title: 'Verdict', look: stateWords(verdictStates), widthPixels: 160 },
  ],
  [
    `max ${byLink} (${select(linkPrimaries, chosenLink)})`,
    { title: 'Primaries', look: primaryWords, isQuiet: true, widthPixels: 110 },
  ],
  [
    `max ${byLink} (${select(linkEndsObserved, chosenLink)})`,
    { title: 'Ends seen', look: endWords, isQuiet: true, widthPixels: 100 },
  ],
  [
    `sum ${byLink} (max by (link, managed_instance, database) (${select(linkDatabasePresent, chosenLink)}))`,
    { title: 'Databases', widthPixels: 90 },
  ],
  [
    `sum ${byLink} (max by (link, managed_instance, database) (${select(linkFailoverReady, chosenLink)}))`,
    { title: 'Failover ready', widthPixels: 120 },
  ],
  [
    `count ${byLink} (group by (link, managed_instance, database) (${select(seedingDatabaseSizeBytes, chosenLink)}))`,
    { title: 'Seeding', widthPixels: 80 },
  ],
  [
    `max ${byLink} (${select(databaseSecondaryLagSeconds, chosenLink)})`,
    { title: 'Lag', unit: 's', look: lagSteps, isQuiet: true },
  ],
  [
    `max ${byLink} (${select(databaseEstimatedDataLossSeconds, chosenLink)})`,
    { title: 'Data loss if forced', unit: 's', look: dataLossSteps, isQuiet: true },
  ],
  [certificateOfLinkEndsIn(), { title: 'Certificate ends in', unit: days, look: certificateSteps, isQuiet: true }],
];

/** What is wrong with which link now. */
export function linksNow(): UnplacedPanel {
  return tablePanel(
    {
      id: 20,
      title: 'Links, worst first',
      description:
        'The verdict on each link from both of its ends. Click a link to see it alone. Databases: in the link; of these, ready for a planned failover (under load none is: stop the workload first) and being seeded. Data loss: what a forced failover would lose. An empty cell is not known or does not apply.',
      unit: 'none',
      queries: queries.map(([expression]) => ({ expression, legend })),
      whenEmpty: 'The exporters report no link. See the dashboard Exporter.',
    },
    {
      columns: [
        linkColumn,
        managedInstanceColumn,
        ...queries.map(([, column], index) => ({ ...column, from: { query: queryLetter(index) } })),
      ],
      sortBy: 'Verdict',
    },
  );
}

/** Why a verdict is what it is. */
export function whyNotHealthy(): UnplacedPanel {
  const healthy = `min ${byLink} (${select(linkVerdict, { ...chosenLink, verdict: 'healthy' })}) == 1`;
  return tablePanel(
    {
      id: 22,
      title: 'Why not healthy',
      description:
        'The findings of every link that is not healthy, worst first. `milink-exporter check` says each in a sentence, with what to do.',
      unit: 'none',
      queries: [
        {
          expression: `(${findingsBySeverity()})\nunless on (link, managed_instance) (${healthy})`,
          legend: linkName,
        },
      ],
      whenEmpty: 'Every link is healthy.',
    },
    {
      columns: [
        severityColumn,
        { title: 'Finding', from: { label: 'finding' }, widthPixels: 210 },
        linkColumn,
        { title: 'Database', from: { label: 'database' } },
        managedInstanceColumn,
      ],
      sortBy: 'Severity',
      isDescending: true,
    },
  );
}
