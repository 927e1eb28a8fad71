import { certificateStartTimestampSeconds } from '../../metrics/families/certificate.ts';
import { errorsTotal } from '../../metrics/families/error.ts';
import {
  replicaLastConnectErrorTimestampSeconds,
  replicaRole,
  replicaRoleChangedTimestampSeconds,
  replicaRoleChangesTotal,
} from '../../metrics/families/replica.ts';
import { seedingStartTimestampSeconds } from '../../metrics/families/seeding.ts';
import { age } from './look.ts';
import { timeseriesPanel, type UnplacedPanel } from './panels.ts';
import { withErrorName } from './queries.ts';
import { tablePanel } from './table-panel.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

const chosen = { ...chosenLink, ...chosenServer };

/** What the connection last failed of. */
export function connectErrors(): UnplacedPanel {
  const since = `time() - max by (server, link, managed_instance, replica, error) (${select(replicaLastConnectErrorTimestampSeconds, chosen)})`;
  return tablePanel(
    {
      id: 40,
      title: 'Last connection error',
      description:
        'It stays after the connection recovers: an old one is history. What each number means and what to do is in docs/errors.md.',
      unit: 'none',
      queries: [{ expression: withErrorName(since), legend: '{{error}}' }],
      whenEmpty: 'No connection error is known, as it should be.',
    },
    {
      columns: [
        { title: 'Ago', from: { query: 'A' }, unit: age, widthPixels: 120 },
        { title: 'Error', from: { label: 'error' }, widthPixels: 80 },
        { title: 'Name', from: { label: 'name' } },
        { title: 'Seen by', from: { label: 'server' } },
      ],
      sortBy: 'Ago',
    },
  );
}

/** What the error logs of the two servers say. */
export function logErrors(): UnplacedPanel {
  const increase = `max by (server, error) (increase(${select(errorsTotal, chosenServer)}[$__rate_interval]))`;
  return timeseriesPanel({
    id: 41,
    title: 'Errors in the error logs',
    description:
      'New entries about links in the error log of each server, of all its links. The first entry of a number shows only as a new line. What each number means and what to do is in docs/errors.md.',
    unit: 'short',
    queries: [{ expression: withErrorName(increase), legend: '{{server}}: {{error}} {{name}}' }],
    whenEmpty: 'No error was logged, or error_log is not enabled in the configuration.',
  });
}

/** How often the roles moved. */
export function roleChanges(): UnplacedPanel {
  return timeseriesPanel({
    id: 42,
    title: 'Changes of role',
    description: 'Each failover shows at both ends. One that nobody planned: see the verdict and the roles above.',
    unit: 'short',
    queries: [
      {
        expression: `max by (server, link, managed_instance, role) (increase(${select(replicaRoleChangesTotal, chosen)}[$__rate_interval]))`,
        legend: '{{server}} to {{role}}',
      },
    ],
    whenEmpty: 'No end of the link was polled.',
  });
}

const latest = 20;
/** What was before is no news: a root of the link became valid years ago. */
const daysBack = 30;

/** Puts words made of a label into the label `change`. */
function told(words: string, label: string, expression: string): string {
  return `label_replace(${expression}, "change", "${words}", "${label}", "(.+)")`;
}

const times: readonly string[] = [
  told(
    'became $1',
    'role',
    `max by (server, link, managed_instance, role) (${select(replicaRoleChangedTimestampSeconds, chosen)})`,
  ),
  told(
    'connection failed of error $1',
    'error',
    `max by (server, link, managed_instance, error) (${select(replicaLastConnectErrorTimestampSeconds, chosen)})`,
  ),
  told(
    'first copy of $1 began',
    'database',
    `max by (server, link, managed_instance, database) (${select(seedingStartTimestampSeconds, chosen)})`,
  ),
  // Certificates are of servers: told of those that are ends of the chosen links, by whichever of these.
  told(
    'certificate $1 begins',
    'certificate',
    `max by (server, certificate) (${select(certificateStartTimestampSeconds, chosenServer)})\n  and on (server) ${select(replicaRole, chosen)}`,
  ),
];

/** What the metrics tell of the past, the latest first; `id` as the dashboard has it. */
export function whatChanged(id: number): UnplacedPanel {
  const since = `time() - (${times.join('\nor ')}) < ${daysBack} * 86400`;
  return tablePanel(
    {
      id,
      title: `What changed, the latest ${latest}`,
      description: `Changes of role, failures of connections, first copies that began and certificates that became valid within ${daysBack} days, by the clock of whoever says it. \`milink-exporter check --history\` and the page of the link tell the rest of the timeline.`,
      unit: 'none',
      queries: [{ expression: `bottomk(${latest}, ${since})`, legend: '{{change}}' }],
      whenEmpty: `Nothing is known to have changed within ${daysBack} days.`,
    },
    {
      columns: [
        { title: 'Ago', from: { query: 'A' }, unit: age, widthPixels: 120 },
        { title: 'Server', from: { label: 'server' }, widthPixels: 130 },
        { title: 'What', from: { label: 'change' } },
        { title: 'Link', from: { label: 'link' }, widthPixels: 130 },
        { title: 'Managed instance', from: { label: 'managed_instance' }, widthPixels: 130 },
      ],
      sortBy: 'Ago',
    },
  );
}
