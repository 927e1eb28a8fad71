import {
  azureCertificateExpiryTimestampSeconds,
  azureInstanceInfo,
  azureInstanceState,
  azureInstanceStorageBytes,
  azureOperationsInProgress,
} from '../../metrics/families/azure/instance.ts';
import { days } from './certificate-queries.ts';
import type { UnplacedPanel } from './frame.ts';
import { certificateSteps } from './limits.ts';
import { type ColouredState, stateNumber, stateWords } from './state-number.ts';
import { tablePanel } from './table-panel.ts';
import { chosenInstance, select } from './variables.ts';

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
