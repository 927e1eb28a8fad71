import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import {
  lastSuccessTimestampSeconds,
  pollDurationSeconds,
  pollFailuresTotal,
  up,
} from '../../metrics/families/polling.ts';
import { mixinConfig } from '../config.ts';
import { colouredColumn, statPanel, tablePanel, timeseriesPanel } from './panels.ts';
import { selectChosen as select } from './variables.ts';

const server = { matches: '$server' };
const secondsPerDay = 24 * 60 * 60;

/** Time left until each certificate of a link expires. */
export function certificates(): Builder<Panel> {
  const expiry = select(certificateExpiryTimestampSeconds, { server });
  const table = tablePanel(
    {
      id: 5,
      title: 'Certificates',
      description:
        'Time left until each certificate that a link uses expires. Renew those of SQL Server (usage endpoint) and the imported roots (authority); Azure renews those of the managed instance.',
      unit: 's',
      position: { x: 12, y: 21, w: 12, h: 8 },
      queries: [
        {
          expression: `min by (server, certificate, usage) (${expiry}) - time()`,
          legend: '{{server}} {{certificate}}',
        },
      ],
      whenEmpty: 'No certificate is visible: the login may lack VIEW ANY DEFINITION.',
    },
    {
      names: { server: 'Server', certificate: 'Certificate', usage: 'Usage', Value: 'Time left' },
      sortBy: 'Time left',
    },
  );
  return colouredColumn(table, 'Time left', [
    { from: null, color: 'red' },
    { from: mixinConfig.certificateCriticalDays * secondsPerDay, color: 'orange' },
    { from: mixinConfig.certificateWarningDays * secondsPerDay, color: 'green' },
  ]);
}

/** Whether the exporters see everything. */
export function serversNotPolled(): Builder<Panel> {
  return statPanel(
    {
      id: 6,
      title: 'Servers not polled',
      description:
        'Servers that no exporter can poll: their ends of the links are not seen. The reason is in the panel of failed polls.',
      unit: 'short',
      position: { x: 14, y: 0, w: 5, h: 9 },
      queries: [
        { expression: `count(max by (server) (${select(up, { server })}) == 0) or vector(0)`, legend: 'not polled' },
      ],
      whenEmpty: 'The exporter reports no server.',
    },
    [
      { from: null, color: 'green' },
      { from: 1, color: 'red' },
    ],
  );
}

/** How old the figures of the other panels may be. */
export function oldestData(): Builder<Panel> {
  const lastSuccess = select(lastSuccessTimestampSeconds, { server });
  return statPanel(
    {
      id: 7,
      title: 'Oldest data',
      description:
        'How long ago the server that has waited longest was last read. More than a few poll intervals: that server is slow or in trouble.',
      unit: 's',
      position: { x: 19, y: 0, w: 5, h: 9 },
      queries: [{ expression: `max(time() - max by (server) (${lastSuccess}))`, legend: 'oldest' }],
      whenEmpty: 'No poll has succeeded yet.',
    },
    [
      { from: null, color: 'green' },
      { from: 60, color: 'orange' },
      { from: 180, color: 'red' },
    ],
  );
}

/** Why servers are not polled. */
export function failedPolls(): Builder<Panel> {
  const failures = select(pollFailuresTotal, { server });
  return timeseriesPanel({
    id: 8,
    title: 'Failed polls',
    description:
      'Polls that failed, per second, by reason. login, permission and secret are settled by a person at the server or the exporter; dns, refused, unreachable, tls, timeout and reset mostly on the way between.',
    unit: 'ops',
    position: { x: 0, y: 29, w: 12, h: 8 },
    queries: [
      {
        expression: `sum by (server, reason) (rate(${failures}[$__rate_interval])) > 0`,
        legend: '{{server}}: {{reason}}',
      },
    ],
    whenEmpty: 'No poll has failed.',
  });
}

/** How near polls are to their time limit. */
export function pollDurations(): Builder<Panel> {
  return timeseriesPanel({
    id: 9,
    title: 'Duration of polls',
    description:
      'How long the latest poll of each server took. Near the time limit of the exporter (poll_timeout, 10 s by default) polls begin to fail.',
    unit: 's',
    position: { x: 12, y: 29, w: 12, h: 8 },
    queries: [{ expression: `max by (server) (${select(pollDurationSeconds, { server })})`, legend: '{{server}}' }],
    whenEmpty: 'No server has been polled yet.',
  });
}
