import type { AzureIdentity, azureClouds } from '../authentication/authentication.ts';
import { item } from '../value/item.ts';

/** What is read of Azure Resource Manager, and how. */
export interface AzureConfig {
  readonly authentication: AzureIdentity;
  /** The origin of Azure Resource Manager, without a slash at its end. */
  readonly resourceManager: string;
  /** `2025-01-01`, or one with `-preview`. */
  readonly apiVersion: string;
  /** PEM text of the authorities to trust instead of the system's; null: the system's. */
  readonly ca: string | null;
  /** Each reading ends after it, all of its pages. */
  readonly timeoutSeconds: number;
  readonly intervals: AzureIntervals;
  /** At least one; ids are unique. */
  readonly subscriptions: readonly AzureSubscription[];
  /** Absent: every instance is this exporter's. */
  readonly share?: AzureShare;
}

/** From one reading to the next. */
export interface AzureIntervals {
  readonly linksSeconds: number;
  /** Of the instances and their operations. */
  readonly instancesSeconds: number;
  readonly certificatesSeconds: number;
}

export interface AzureSubscription {
  /** Lower case. */
  readonly id: string;
  /** The label `subscription` of its series: its id unless the file gives a name. */
  readonly name: string;
  /** Null: every instance of the subscription that the identity may read. */
  readonly managedInstances: readonly AzureInstanceName[] | null;
}

export interface AzureInstanceName {
  readonly resourceGroup: string;
  /** Lower case. */
  readonly name: string;
}

/** The part of the instances that one of several shards reads. Names are lower case. */
export interface AzureShare {
  /** Instances of links and servers of this shard. */
  readonly own: readonly string[];
  /** Instances of links and servers of the other shards. */
  readonly others: readonly string[];
  readonly ordinal: number;
  readonly total: number;
}

export const defaultIntervals: AzureIntervals = {
  linksSeconds: 60,
  instancesSeconds: 300,
  certificatesSeconds: 3600,
};

export const azureSchema = {
  authentication: item<null>({
    doc: 'the identity that reads Azure: its type and what belongs to it',
    format: 'milink-mapping',
    default: null,
    required: true,
  }),
  cloud: item<keyof typeof azureClouds | null>({
    doc: 'public, us_government or china',
    format: 'milink-azure-cloud',
    default: null,
  }),
  resource_manager: item<string | null>({
    doc: 'the URL of Azure Resource Manager',
    format: 'milink-https-url',
    default: null,
  }),
  ca_file: item<string | null>({ doc: 'a PEM file of the authorities to trust', format: 'milink-path', default: null }),
  api_version: item<string>({
    doc: 'the version of the interface, as 2025-01-01',
    format: 'milink-api-version',
    default: '2025-01-01',
  }),
  timeout: item<string>({ doc: 'the time limit of a reading', format: 'milink-duration', default: '30s' }),
  intervals: item<null>({ doc: 'how often Azure is read', format: 'milink-mapping', default: null }),
  subscriptions: item<null>({
    doc: 'the subscriptions to read',
    format: 'milink-filled-list',
    default: null,
    required: true,
  }),
};

export const azureIntervalsSchema = {
  links: item<string>({ doc: 'from one reading of links to the next', format: 'milink-duration', default: '1m' }),
  instances: item<string>({
    doc: 'from one reading of instances and their operations to the next',
    format: 'milink-duration',
    default: '5m',
  }),
  certificates: item<string>({
    doc: 'from one reading of certificates to the next',
    format: 'milink-duration',
    default: '1h',
  }),
};

export const azureSubscriptionSchema = {
  id: item<string | null>({
    doc: "the subscription's id",
    format: 'milink-subscription-id',
    default: null,
    required: true,
  }),
  name: item<string | null>({
    doc: 'a name of your choice, the label `subscription` of its series',
    format: 'milink-name',
    default: null,
  }),
  managed_instances: item<null>({ doc: 'the instances to read', format: 'milink-filled-list', default: null }),
};

export const azureInstanceSchema = {
  resource_group: item<string | null>({
    doc: "the instance's resource group",
    format: 'milink-resource-group',
    default: null,
    required: true,
  }),
  name: item<string | null>({
    doc: 'the short name of the managed instance',
    format: 'milink-managed-instance',
    default: null,
    required: true,
  }),
};
