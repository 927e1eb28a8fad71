import {
  lastSuccessTimestampSeconds,
  loginsTotal,
  pollDurationSeconds,
  pollFailed,
  pollFailuresTotal,
  pollsTotal,
  up,
} from '../../../metrics/families/polling.ts';
import { ageSteps, goodWhenOne, pollIntervals } from '../look.ts';
import { timelinePanel, timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import { chartLines, outermost, pollsSinceSuccess, timelineLines } from '../queries.ts';
import { tablePanel } from '../table-panel.ts';
import { chosenServer, select } from '../variables.ts';

const pollerLabels = ['job', 'instance', 'server'] as const;
const byPoller = `by (${pollerLabels.join(', ')})`;
const legend = '{{server}} by {{instance}}';
const whenEmpty = 'No server was polled yet.';

const sinceSuccess = `time() - max ${byPoller} (${select(lastSuccessTimestampSeconds, chosenServer)})`;

/** Which server is in trouble, and why. */
export function serversNow(): UnplacedPanel {
  return tablePanel(
    {
      id: 11,
      title: 'Servers, those in trouble first',
      description:
        'The latest poll of each server by each exporter; Due is the time since it was last read in its poll intervals. login, permission and secret are settled by a person at the server or the exporter; dns, refused, unreachable, tls, timeout and reset mostly on the way between.',
      unit: 'none',
      queries: [
        `min ${byPoller} (${select(up, chosenServer)})`,
        sinceSuccess,
        `max ${byPoller} (${select(pollDurationSeconds, chosenServer)})`,
        `group by (job, instance, server, reason) (${select(pollFailed, chosenServer)})`,
        pollsSinceSuccess(['job', 'instance', 'server']),
      ].map((expression) => ({ expression, legend })),
      whenEmpty,
    },
    {
      columns: [
        { title: 'Server', from: { label: 'server' } },
        { title: 'Poll', from: { query: 'A' }, look: goodWhenOne('failed', 'ok'), widthPixels: 70 },
        { title: 'Reason', from: { label: 'reason' } },
        { title: 'Last read', from: { query: 'B' }, unit: 's', widthPixels: 90 },
        { title: 'Due', from: { query: 'E' }, unit: pollIntervals, look: ageSteps, decimals: 1, widthPixels: 90 },
        { title: 'Took', from: { query: 'C' }, unit: 's', widthPixels: 90 },
        { title: 'Exporter', from: { label: 'instance' } },
      ],
      sortBy: 'Poll',
    },
  );
}

/** Since when a server is not polled. */
export function serversPolled(): UnplacedPanel {
  return timelinePanel(
    {
      id: 20,
      title: 'Polls over time, 20 servers',
      description:
        'Since when a server is not polled. A gap: the exporter itself was not scraped. Of more than 20 servers first those whose latest poll failed.',
      unit: 'none',
      queries: [
        {
          expression: outermost(
            'bottomk',
            timelineLines,
            (at) => `min ${byPoller} (${select(up, chosenServer)}${at})`,
            pollerLabels,
          ),
          legend,
        },
      ],
      whenEmpty,
    },
    goodWhenOne('failed', 'ok'),
  );
}

/** Why polls fail. */
export function failedPolls(): UnplacedPanel {
  return timeseriesPanel({
    id: 21,
    title: 'Failed polls by reason, the ten worst',
    description:
      'Polls that failed, per second. A few are the weather; a level line is a server that fails every time. The log of the exporter has each with its message.',
    unit: 'ops',
    queries: [
      {
        expression: outermost(
          'topk',
          chartLines,
          (at) =>
            `sum by (job, instance, server, reason) (rate(${select(pollFailuresTotal, chosenServer)}[$__rate_interval]${at})) > 0`,
          [...pollerLabels, 'reason'],
        ),
        legend: '{{server}} {{reason}} by {{instance}}',
      },
    ],
    whenEmpty: 'No poll has failed, as it should be.',
  });
}

/** How near polls are to their time limit. */
export function pollDurations(): UnplacedPanel {
  return timeseriesPanel({
    id: 22,
    title: 'Duration of polls, the ten slowest',
    description:
      'How long the latest poll of each server took. Near the time limit (poll_timeout, 10 s by default) polls begin to fail: see which view is slow.',
    unit: 's',
    queries: [
      {
        expression: outermost(
          'topk',
          chartLines,
          (at) => `max ${byPoller} (${select(pollDurationSeconds, chosenServer)}${at})`,
          pollerLabels,
        ),
        legend,
      },
    ],
    whenEmpty,
  });
}

/** How old the figures of the other dashboards may be. */
export function pollAge(): UnplacedPanel {
  return timeseriesPanel(
    {
      id: 23,
      title: 'Age of the data, the ten oldest',
      description:
        'Time since each server was last read, in its poll intervals. It stays near 1; rising: polls fail or hang.',
      unit: pollIntervals,
      queries: [
        {
          expression: outermost('topk', chartLines, (at) => pollsSinceSuccess(pollerLabels, at), pollerLabels),
          legend,
        },
      ],
      whenEmpty: 'No server was ever read.',
    },
    { steps: ageSteps },
  );
}

/** Whether polls keep their interval. */
export function pollRate(): UnplacedPanel {
  return timeseriesPanel({
    id: 24,
    title: 'Polls, the ten rarest',
    description:
      'Polls per second: one by the poll interval. Lower: polls take longer than the interval, or failing ones back off.',
    unit: 'ops',
    queries: [
      {
        expression: outermost(
          'bottomk',
          chartLines,
          (at) => `sum ${byPoller} (rate(${select(pollsTotal, chosenServer)}[$__rate_interval]${at}))`,
          pollerLabels,
        ),
        legend,
      },
    ],
    whenEmpty,
  });
}

/** Whether connections are cut. */
export function logins(): UnplacedPanel {
  return timeseriesPanel({
    id: 25,
    title: 'Logins, the ten most',
    description:
      'Attempts to connect per second. A connection is kept between polls, so this is zero; rising: the server or something on the way cuts connections.',
    unit: 'ops',
    queries: [
      {
        expression: outermost(
          'topk',
          chartLines,
          (at) => `sum ${byPoller} (rate(${select(loginsTotal, chosenServer)}[$__rate_interval]${at}))`,
          pollerLabels,
        ),
        legend,
      },
    ],
    whenEmpty,
  });
}
