import { errorsTotal } from '../../metrics/families/error.ts';
import { replicaLastConnectErrorTimestampSeconds, replicaRoleChangesTotal } from '../../metrics/families/replica.ts';
import { timeseriesPanel } from './chart-panels.ts';
import { withErrorName } from './error-name.ts';
import type { UnplacedPanel } from './frame.ts';
import { age } from './limits.ts';
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
