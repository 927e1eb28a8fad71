import {
  azureCertificateExpiryTimestampSeconds,
  azureInstanceInfo,
  azureInstanceState,
  azureInstanceStorageBytes,
  azureOperationsInProgress,
} from '../../../metrics/families/azure/instance.ts';
import {
  azureLastSuccessTimestampSeconds,
  azureReadFailed,
  azureReadsTotal,
  azureRemainingReads,
  azureUp,
} from '../../../metrics/families/azure/reading.ts';
import { certificateSteps, goodWhenOne } from '../look.ts';
import { timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import { days } from '../queries.ts';
import { type ColouredState, stateNumber, stateWords } from '../states.ts';
import { tablePanel } from '../table-panel.ts';
import { chosenInstance, select } from '../variables.ts';

const byInstance = 'by (subscription, managed_instance)';
const legend = '{{managed_instance}}';
const expiry = select(azureCertificateExpiryTimestampSeconds, chosenInstance);

/** Days until the first certificate that Azure lists ends. */
export const nextAzureCertificate = `(min(${expiry}) - time()) / 86400`;

/** Worst first. */
const instanceStates: readonly ColouredState[] = [
  ['other', 'purple'],
  ['Deleting', 'red'],
  ['Stopped', 'red'],
  ['Stopping', 'orange'],
  ['Starting', 'orange'],
  ['Creating', 'orange'],
  ['Updating', 'orange'],
  ['Ready', 'green'],
];

/** Each managed instance. */
export function azureInstances(): UnplacedPanel {
  const state = { metric: azureInstanceState, label: 'state', by: ['subscription', 'managed_instance'] } as const;
  return tablePanel(
    {
      id: 20,
      title: 'Managed instances, those in trouble first',
      description:
        'The state of each instance, its service tier and update policy, its storage and the operations of Azure on it that are under way. With the policy Always-up-to-date a failover to the instance is one way.',
      unit: 'none',
      queries: [
        stateNumber(state, instanceStates, chosenInstance),
        `max ${byInstance} (${select(azureInstanceStorageBytes, chosenInstance)})`,
        `max ${byInstance} (${select(azureOperationsInProgress, chosenInstance)})`,
        `group by (subscription, managed_instance, tier, update_policy) (${select(azureInstanceInfo, chosenInstance)})`,
      ].map((expression) => ({ expression, legend })),
      whenEmpty: 'No managed instance is read of Azure.',
    },
    {
      columns: [
        { title: 'Managed instance', from: { label: 'managed_instance' } },
        { title: 'State', from: { query: 'A' }, look: stateWords(instanceStates), widthPixels: 90 },
        { title: 'Tier', from: { label: 'tier' } },
        { title: 'Updates', from: { label: 'update_policy' } },
        { title: 'Storage', from: { query: 'B' }, unit: 'bytes', widthPixels: 90 },
        { title: 'Operations', from: { query: 'C' }, widthPixels: 90 },
        { title: 'Subscription', from: { label: 'subscription' } },
      ],
      sortBy: 'State',
    },
  );
}

/** The certificates of both lists. */
export function azureCertificates(): UnplacedPanel {
  return tablePanel(
    {
      id: 21,
      title: 'Certificates in Azure, the next first',
      description:
        "When each certificate ends that Azure lists: the instance's own (endpoint), and those of SQL Server that were uploaded (server_trust).",
      unit: 'none',
      queries: [
        {
          expression: `(min by (managed_instance, list, certificate) (${expiry}) - time()) / 86400`,
          legend: '{{certificate}}',
        },
      ],
      whenEmpty: 'No certificate is read of Azure.',
    },
    {
      columns: [
        { title: 'Ends in', from: { query: 'A' }, unit: days, look: certificateSteps, isQuiet: true, widthPixels: 100 },
        { title: 'Certificate', from: { label: 'certificate' } },
        { title: 'List', from: { label: 'list' }, widthPixels: 100 },
        { title: 'Managed instance', from: { label: 'managed_instance' } },
      ],
      sortBy: 'Ends in',
    },
  );
}

const byReading = 'by (subscription, managed_instance, resource)';
const readingLegend = '{{managed_instance}} {{resource}}';

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
      ].map((expression) => ({ expression, legend: readingLegend })),
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
