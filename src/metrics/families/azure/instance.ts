import {
  type AzureCertificate,
  type AzureCertificateList,
  type AzureInstance,
  isUnderWay,
} from '../../../model/azure/instance.ts';
import type { AzureInstanceState } from '../../../model/azure/state.ts';
import { type Family, family, type State } from '../../family.ts';
import { known } from '../made-of.ts';

/** The set is open: what is not here is `other`. */
const instanceStates = [
  'Ready',
  'Creating',
  'Updating',
  'Deleting',
  'Starting',
  'Stopping',
  'Stopped',
  'other',
] as const;

interface Labels {
  readonly subscription: string;
  readonly managed_instance: string;
}

function instances(state: State): readonly { readonly labels: Labels; readonly instance: AzureInstanceState }[] {
  return (state.azure?.subscriptions ?? []).flatMap(({ name, instances: all }) =>
    all.map((instance) => ({ labels: { subscription: name, managed_instance: instance.name }, instance })),
  );
}

function told(state: State): readonly { readonly labels: Labels; readonly value: AzureInstance }[] {
  return instances(state).flatMap(({ labels, instance }) =>
    instance.instance.value === null ? [] : [{ labels, value: instance.instance.value }],
  );
}

export const azureInstanceState = family({
  name: 'milink_azure_instance_state',
  help: 'The state of the managed instance as Azure says: 1 for the present one, 0 for the others. A state that is not known here is other.',
  type: 'gauge',
  labels: ['subscription', 'managed_instance', 'state'],
  source: 'managedInstances: properties.state',
  samples: (state) =>
    told(state).flatMap(({ labels, value }) => {
      if (value.state === null) return [];
      const present = instanceStates.find((each) => each.toLowerCase() === value.state?.toLowerCase()) ?? 'other';
      return instanceStates.map((each) => ({ labels: { ...labels, state: each }, value: each === present ? 1 : 0 }));
    }),
});

export const azureInstanceInfo = family({
  name: 'milink_azure_instance_info',
  help: 'The managed instance as Azure says: its tier and its update policy (databaseFormat), empty where Azure gives none.',
  type: 'info',
  labels: ['subscription', 'managed_instance', 'tier', 'update_policy'],
  source: 'managedInstances: sku.tier, properties.databaseFormat',
  samples: (state) =>
    told(state).map(({ labels, value }) => ({
      labels: { ...labels, tier: value.tier ?? '', update_policy: value.databaseFormat ?? '' },
      value: 1,
    })),
});

export const azureInstanceStorageBytes = family({
  name: 'milink_azure_instance_storage_bytes',
  help: 'The storage that the managed instance has reserved.',
  type: 'gauge',
  labels: ['subscription', 'managed_instance'],
  source: 'managedInstances: properties.storageSizeInGB',
  samples: (state) => told(state).flatMap(({ labels, value }) => known(labels, value.storageSizeBytes)),
});

export const azureOperationsInProgress = family({
  name: 'milink_azure_operations_in_progress',
  help: 'How many operations of Azure on the managed instance are under way, as a change of its size: they explain a connection that breaks.',
  type: 'gauge',
  labels: ['subscription', 'managed_instance'],
  source: 'managedInstances/operations: properties.state',
  samples: (state) =>
    instances(state).flatMap(({ labels, instance }) =>
      known(labels, instance.operations.value?.filter(isUnderWay).length ?? null),
    ),
});

interface Listed {
  readonly labels: Labels & { readonly list: AzureCertificateList; readonly certificate: string };
  readonly certificate: AzureCertificate;
}

/** Of two certificates of one name in a list the one that ends first. */
function certificates(state: State): readonly Listed[] {
  return instances(state).flatMap(({ labels, instance }) => {
    const of = (list: AzureCertificateList, all: readonly AzureCertificate[] | null): readonly Listed[] => {
      const sorted = (all ?? []).toSorted(
        (one, other) => (other.expiryTimestampSeconds ?? 0) - (one.expiryTimestampSeconds ?? 0),
      );
      const byName = new Map(sorted.map((certificate) => [certificate.name, certificate]));
      return [...byName.values()].map((certificate) => ({
        labels: { ...labels, list, certificate: certificate.name },
        certificate,
      }));
    };
    return [
      ...of('endpoint', instance.endpointCertificates.value),
      ...of('server_trust', instance.serverTrustCertificates.value),
    ];
  });
}

export const azureCertificateExpiryTimestampSeconds = family({
  name: 'milink_azure_certificate_expiry_timestamp_seconds',
  help: 'When a certificate of the managed instance expires. list: endpoint are those that it shows itself, which Azure renews; server_trust are those of SQL Servers that it trusts. Unix time.',
  type: 'gauge',
  labels: ['subscription', 'managed_instance', 'list', 'certificate'],
  source: 'endpointCertificates, serverTrustCertificates: properties.publicBlob',
  samples: (state) =>
    certificates(state).flatMap(({ labels, certificate }) => known(labels, certificate.expiryTimestampSeconds)),
});

/** What Azure says of managed instances, whatever links they have. */
export const azureInstanceFamilies: readonly Family[] = [
  azureInstanceState,
  azureInstanceInfo,
  azureInstanceStorageBytes,
  azureOperationsInProgress,
  azureCertificateExpiryTimestampSeconds,
];
