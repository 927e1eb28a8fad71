import {
  azureLastSuccessTimestampSeconds,
  azureReadFailed,
  azureReadsTotal,
  azureRemainingReads,
  azureUp,
} from '../../metrics/families/azure/reading.ts';
import { timeseriesPanel } from './chart-panels.ts';
import type { UnplacedPanel } from './frame.ts';
import { goodWhenOne } from './look.ts';
import { tablePanel } from './table-panel.ts';
import { chosenInstance, select } from './variables.ts';

const byReading = 'by (subscription, managed_instance, resource)';
const legend = '{{managed_instance}} {{resource}}';

/** What is read, how long ago, and why not. */
export function readings(): UnplacedPanel {
  return tablePanel(
    {
      id: 30,
      title: 'What is read of Azure, what fails first',
      description:
        'Each resource of each instance. forbidden: `milink-exporter grants --azure` prints the role that the identity needs. throttled: Azure wants fewer requests, the exporter waits as long as it says. What the servers say does not depend on it.',
      unit: 'none',
      queries: [
        `max ${byReading} (${select(azureUp, chosenInstance)})`,
        `time() - max ${byReading} (${select(azureLastSuccessTimestampSeconds, chosenInstance)})`,
        `group by (subscription, managed_instance, resource, reason) (${select(azureReadFailed, chosenInstance)})`,
      ].map((expression) => ({ expression, legend })),
      whenEmpty: 'Azure is not read: the configuration has no section azure.',
    },
    {
      columns: [
        { title: 'Managed instance', from: { label: 'managed_instance' } },
        { title: 'Resource', from: { label: 'resource' } },
        { title: 'Reading', from: { query: 'A' }, look: goodWhenOne('failed', 'ok'), isQuiet: true, widthPixels: 80 },
        { title: 'Reason', from: { label: 'reason' } },
        { title: 'Last read', from: { query: 'B' }, unit: 's', widthPixels: 90 },
        { title: 'Subscription', from: { label: 'subscription' } },
      ],
      sortBy: 'Reading',
    },
  );
}

/** How often, and with what outcome. */
export function readRates(): UnplacedPanel {
  return timeseriesPanel({
    id: 31,
    title: 'Readings by outcome',
    description: 'Readings of Azure per second, by resource and outcome. Anything but ok that goes on: see the table.',
    unit: 'ops',
    queries: [
      {
        expression: `sum by (subscription, resource, outcome) (rate(${select(azureReadsTotal)}[$__rate_interval])) > 0`,
        legend: '{{resource}} {{outcome}}',
      },
    ],
    whenEmpty: 'Azure is not read.',
  });
}

/** How near Azure's limit is. */
export function remainingReads(): UnplacedPanel {
  return timeseriesPanel({
    id: 32,
    title: 'Reads that Azure still allows',
    description:
      'What Azure allows this identity for each subscription before it throttles. Falling to nothing: something else uses the identity too, or azure.intervals are too short.',
    unit: 'short',
    queries: [{ expression: `min by (subscription) (${select(azureRemainingReads)})`, legend: '{{subscription}}' }],
    whenEmpty: 'Azure does not say.',
  });
}
