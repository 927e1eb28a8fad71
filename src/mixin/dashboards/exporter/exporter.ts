import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { exporterDefinitions } from '../../../metrics/exporter-definitions.ts';
import { up, viewSuccess } from '../../../metrics/families/polling.ts';
import { scrapeUp } from '../../promql.ts';
import { dashboardOf, firingAlerts, line } from '../dashboard.ts';
import { ageSteps, goodWhenOne, neutral, pollIntervals, zeroIsGood } from '../look.ts';
import { type Figure, figurePanels, type UnplacedPanel } from '../panels.ts';
import { countOrZero, pollsSinceSuccess } from '../queries.ts';
import { tablePanel } from '../table-panel.ts';
import { chosenServer, exporterVariables, select, serverVariable } from '../variables.ts';
import { failedPolls, logins, pollAge, pollDurations, pollRate, serversNow, serversPolled } from './polls.ts';
import { cpu, eventLoop, fileDescriptors, memory, requestDurations, requests } from './process.ts';
import { clockOffsets, failedViews, viewAge, viewDurations } from './views.ts';

/** Whether the exporters see what they should: the one place where each exporter is shown by itself. */
export function exporterDashboard(): Dashboard {
  return dashboardOf({
    uid: 'milink-exporter',
    title: 'Exporter',
    description: 'The exporters themselves: what they poll, what fails and why, how long it takes, how fresh it is.',
    variables: [...exporterVariables(), serverVariable()],
    alerts: firingAlerts(['server']),
    sections: [
      {
        id: 100,
        title: 'Now',
        lines: [line(4, exporterFigures()), line(8, [serversNow(), exportersNow()], [14, 10])],
      },
      {
        id: 101,
        title: 'Polls',
        lines: [
          line(10, [serversPolled(), failedPolls()]),
          line(8, [pollDurations(), pollAge()]),
          line(8, [pollRate(), logins()]),
        ],
      },
      {
        id: 102,
        title: 'Views',
        lines: [line(8, [failedViews(), viewDurations()]), line(8, [viewAge(), clockOffsets()])],
      },
      {
        id: 103,
        title: 'Process and requests',
        lines: [line(8, [cpu(), memory(), eventLoop()]), line(8, [requests(), requestDurations(), fileDescriptors()])],
      },
    ],
  });
}

const polled = select(up, chosenServer);
const views = select(viewSuccess, chosenServer);
const scraped = select(scrapeUp);

const figures: readonly Figure[] = [
  {
    title: 'Exporters down',
    description:
      'Targets that Prometheus cannot scrape. Look at the process and the network; the runbook is MilinkExporterDown.',
    expression: countOrZero(`${scraped} == 0`, scraped),
    look: zeroIsGood(),
  },
  {
    title: 'Servers',
    description: 'Servers that the exporters poll.',
    expression: `count(group by (server) (${polled}))`,
    look: neutral,
  },
  {
    title: 'Not polled',
    description:
      'Servers of which no exporter could end its latest poll. Why is in the table below; the runbook is MilinkServerNotPolled.',
    expression: countOrZero(`max by (server) (${polled}) == 0`, polled),
    look: zeroIsGood(),
  },
  {
    title: 'Views not read',
    description:
      'Views that no exporter could read: the series made from them are missing. Mostly a permission of the login.',
    expression: countOrZero(`max by (server, view) (${views}) == 0`, views),
    look: zeroIsGood('orange'),
  },
  {
    title: 'Oldest data',
    description:
      'How long ago the server that has waited longest was last read by any exporter, in its poll intervals.',
    expression: `max(${pollsSinceSuccess(['server'])})`,
    unit: pollIntervals,
    look: ageSteps,
  },
  {
    title: 'Series left out',
    description:
      'Series that were not served since they were there already or had no finite value: a defect of the exporter, please report it.',
    expression: `sum(${select(exporterDefinitions.pageDropped)})`,
    look: zeroIsGood('orange'),
  },
];

/** The figures at the top. */
function exporterFigures(): readonly UnplacedPanel[] {
  return figurePanels(figures, 'No exporter is scraped.');
}

/** Each exporter by itself. */
function exportersNow(): UnplacedPanel {
  const build = `max by (job, instance, version, revision, nodeversion) (${select(exporterDefinitions.build)})`;
  return tablePanel(
    {
      id: 10,
      title: 'Exporters',
      description:
        'Each target, its version and its configuration. Refused: the file that it was told to reload is wrong, and it works with the former one; its log says where.',
      unit: 'none',
      queries: [
        `max by (job, instance) (${scraped})`,
        `max by (job, instance) (${select(exporterDefinitions.configSuccessful)})`,
        `max by (job, instance) (${select(exporterDefinitions.pageSeries)})`,
        build,
      ].map((expression) => ({ expression, legend: '{{instance}}' })),
      whenEmpty: 'No exporter is scraped: check the scrape configuration.',
    },
    {
      columns: [
        { title: 'Instance', from: { label: 'instance' } },
        { title: 'Scrape', from: { query: 'A' }, look: goodWhenOne('down', 'up'), widthPixels: 70 },
        { title: 'Configuration', from: { query: 'B' }, look: goodWhenOne('refused', 'in force') },
        { title: 'Series', from: { query: 'C' }, widthPixels: 70 },
        { title: 'Version', from: { label: 'version' }, widthPixels: 80 },
        { title: 'Node.js', from: { label: 'nodeversion' }, widthPixels: 90 },
      ],
      sortBy: 'Scrape',
    },
  );
}
