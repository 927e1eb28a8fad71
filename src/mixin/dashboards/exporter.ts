import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { firingAlerts } from './annotations.ts';
import { dashboardOf } from './dashboard.ts';
import { exporterFigures, exportersNow } from './exporter-now.ts';
import { failedPolls, logins, pollAge, pollDurations, pollRate, serversNow, serversPolled } from './exporter-polls.ts';
import { cpu, eventLoop, fileDescriptors, memory, requestDurations, requests } from './exporter-process.ts';
import { clockOffsets, failedViews, viewAge, viewDurations } from './exporter-views.ts';
import type { UnplacedPanel } from './frame.ts';
import { exporterVariables, serverVariable } from './variables.ts';

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
        lines: [
          { height: 4, panels: exporterFigures().map((panel) => [4, panel] as const) },
          {
            height: 8,
            panels: [
              [14, serversNow()],
              [10, exportersNow()],
            ],
          },
        ],
      },
      {
        id: 101,
        title: 'Polls',
        lines: [
          lineOf([serversPolled(), failedPolls()], 10),
          lineOf([pollDurations(), pollAge()]),
          lineOf([pollRate(), logins()]),
        ],
      },
      {
        id: 102,
        title: 'Views',
        lines: [lineOf([failedViews(), viewDurations()]), lineOf([viewAge(), clockOffsets()])],
      },
      {
        id: 103,
        title: 'Process and requests',
        lines: [lineOf([cpu(), memory(), eventLoop()]), lineOf([requests(), requestDurations(), fileDescriptors()])],
      },
    ],
  });
}

function lineOf(panels: readonly UnplacedPanel[], height = 8) {
  return { height, panels: panels.map((panel) => [24 / panels.length, panel] as const) };
}
