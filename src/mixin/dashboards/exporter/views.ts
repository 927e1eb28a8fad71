import { viewDurationSeconds, viewFailed, viewLastReadTimestampSeconds } from '../../../metrics/families/polling.ts';
import { serverClockOffsetSeconds } from '../../../metrics/families/server.ts';
import { timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import { chartLines, type Instant, outermost, withoutOthers } from '../queries.ts';
import { tablePanel } from '../table-panel.ts';
import { chosenServer, select } from '../variables.ts';

const byView = 'by (job, instance, server, view)';
const pollerLabels = ['job', 'instance', 'server'];
const whenEmpty = 'No server was polled yet.';

/** What is missing, and why. */
export function failedViews(): UnplacedPanel {
  return tablePanel(
    {
      id: 30,
      title: 'Views that could not be read',
      description:
        'The series made from such a view are missing. permission: grant the login what it lacks; timeout: the server is busy, or the view is large and wants views.<name>.timeout.',
      unit: 'none',
      queries: [
        {
          expression: `group by (job, instance, server, view, reason) (${select(viewFailed, chosenServer)})`,
          legend: '{{server}} {{view}}',
        },
      ],
      whenEmpty: 'Every view is read, as it should be.',
    },
    {
      columns: [
        { title: 'Server', from: { label: 'server' } },
        { title: 'View', from: { label: 'view' } },
        { title: 'Reason', from: { label: 'reason' }, widthPixels: 110 },
        { title: 'Exporter', from: { label: 'instance' } },
      ],
      sortBy: 'Server',
    },
  );
}

/** Which view is slow. */
export function viewDurations(): UnplacedPanel {
  return timeseriesPanel({
    id: 31,
    title: 'Slowest reading of each view',
    description:
      'How long the latest reading of each view took, at the server where it took longest. One that grows: have it read less often with views.<name>.interval. Choose one server to see only its readings.',
    unit: 's',
    queries: [
      {
        expression: `max by (view) (${select(viewDurationSeconds, chosenServer)})`,
        legend: '{{view}}',
      },
    ],
    whenEmpty,
  });
}

/** How old the rows of the views that are read less often are. */
export function viewAge(): UnplacedPanel {
  return timeseriesPanel({
    id: 32,
    title: 'Age of the oldest view, the ten oldest',
    description:
      'Time since the rows were read that the series are made from, of the view of each server that was read longest ago: as long as its interval in the configuration.',
    unit: 's',
    queries: [
      {
        expression: outermost(
          'topk',
          chartLines,
          (at) =>
            `max by (job, instance, server) (time() - max ${byView} (${select(viewLastReadTimestampSeconds, chosenServer)}${at}))`,
          pollerLabels,
        ),
        legend: '{{server}} by {{instance}}',
      },
    ],
    whenEmpty,
  });
}

const clockOffset = (at: Instant): string =>
  `max by (job, instance, server) (${select(serverClockOffsetSeconds, chosenServer)}${at})`;

/** Whether ages and time left can be trusted. */
export function clockOffsets(): UnplacedPanel {
  return timeseriesPanel(
    {
      id: 33,
      title: 'Clocks of the servers, the ten furthest off',
      description:
        'How far the clock of each server is ahead of that of the exporter. More than seconds: mend the time synchronization, ages and time left are wrong by as much.',
      unit: 's',
      queries: [
        {
          expression: withoutOthers(
            clockOffset(''),
            `topk(${chartLines}, `,
            `abs(${clockOffset(' @ end()')})`,
            pollerLabels,
          ),
          legend: '{{server}} by {{instance}}',
        },
      ],
      whenEmpty,
    },
    { canBeNegative: true },
  );
}
