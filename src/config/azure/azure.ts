import type { AzureIdentity } from '../authentication/authentication.ts';

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
