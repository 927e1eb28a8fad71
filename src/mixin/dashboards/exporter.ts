import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { firingAlerts } from './annotations.ts';
import { dashboardOf } from './dashboard.ts';
import { exporterFigures, exportersNow } from './exporter-now.ts';
import { failedPolls, logins, pollAge, pollDurations, pollRate, serversNow, serversPolled } from './exporter-polls.ts';
import { cpu, eventLoop, fileDescriptors, memory, requestDurations, requests } from './exporter-process.ts';
import { clockOffsets, failedViews, viewAge, viewDurations } from './exporter-views.ts';
import { line } from './layout.ts';
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
