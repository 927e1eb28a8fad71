import type { AzureCertificate, AzureInstance, AzureOperation } from './instance.ts';
import type { AzureLink } from './link.ts';

/** What was read of Azure, and what was not: one consistent whole, replaced at each change. */
export interface AzureState {
  /** In the order of the configuration. */
  readonly subscriptions: readonly AzureSubscriptionState[];
}

export interface AzureSubscriptionState {
  readonly id: string;
  /** The label `subscription`. */
  readonly name: string;
  /** The list of its instances; null where the configuration names them. */
  readonly listing: AzureReading<readonly AzureInstance[]> | null;
  /** Sorted by name. */
  readonly instances: readonly AzureInstanceState[];
  /** Until then nothing is asked, because Azure wants it so; null: no pause, or it is over. Unix seconds. */
  readonly pausedUntilTimestampSeconds: number | null;
  /** All pauses that Azure wanted since this program started, the present one in full. */
  readonly throttledSeconds: number;
  /** What Azure said last of the reads that are left for this identity, and for all of the subscription. */
  readonly remainingReads: number | null;
  readonly remainingGlobalReads: number | null;
}

/** The resources that are read of each instance. */
const azureResources = [
  'instance',
  'links',
  'operations',
  'endpoint_certificates',
  'server_trust_certificates',
] as const;

export type AzureResource = (typeof azureResources)[number];

export interface AzureInstanceState {
  /** The label `subscription`. */
  readonly subscription: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Short name, lower case. */
  readonly name: string;
  readonly instance: AzureReading<AzureInstance>;
  readonly links: AzureReading<readonly AzureLink[]>;
  readonly operations: AzureReading<readonly AzureOperation[]>;
  readonly endpointCertificates: AzureReading<readonly AzureCertificate[]>;
  readonly serverTrustCertificates: AzureReading<readonly AzureCertificate[]>;
  readonly history: AzureHistory;
}

/** One thing that is read again and again. After a failure nothing old is kept. */
export interface AzureReading<Value> {
  /** Of the latest reading; null when it failed, or there was none yet. */
  readonly value: Value | null;
  readonly failure: AzureFailure | null;
  /** The end of the latest reading, failed or not. Unix seconds, as all below. */
  readonly lastPollTimestampSeconds: number | null;
  readonly lastSuccessTimestampSeconds: number | null;
  readonly lastPollDurationSeconds: number | null;
  readonly nextPollTimestampSeconds: number | null;
  /** Since this program started. */
  readonly polls: Readonly<Partial<Record<AzureFailureReason | 'ok', number>>>;
  /** What of the latest answer was not taken, in words. */
  readonly oddities: readonly string[];
}

export const notYetRead: AzureReading<never> = {
  value: null,
  failure: null,
  lastPollTimestampSeconds: null,
  lastSuccessTimestampSeconds: null,
  lastPollDurationSeconds: null,
  nextPollTimestampSeconds: null,
  polls: {},
  oddities: [],
};

/** Since when the links of an instance are as they are; failed readings change nothing. Unix seconds, by this program's clock. */
export interface AzureHistory {
  /** The first list of links that was read; null: none yet. */
  readonly listedTimestampSeconds: number | null;
  /** By the link's name in lower case, those of the latest list. */
  readonly links: ReadonlyMap<string, AzureLinkHistory>;
  /** Links of former lists, by name in lower case: when a list first came without it. */
  readonly gone: ReadonlyMap<string, number>;
}

export interface AzureLinkHistory {
  readonly seenTimestampSeconds: number;
  /** When the present role of the instance was first listed. */
  readonly roleTimestampSeconds: number;
  readonly role: string | null;
  /** By the database's name: when its present state was first listed. An error state stays one whatever it is called. */
  readonly states: ReadonlyMap<string, AzureStateHistory>;
}

export interface AzureStateHistory {
  readonly key: string;
  readonly sinceTimestampSeconds: number;
}

export const noAzureHistory: AzureHistory = { listedTimestampSeconds: null, links: new Map(), gone: new Map() };

/**
 * Why something could not be read of Azure: a closed set, the same words in logs, labels and on the pages.
 *
 * - `throttled` 429: Azure Resource Manager, or the service behind it, wants fewer requests for a while
 * - `unauthorized` the token was refused, a new one as well; `token` Entra ID gave none
 * - `forbidden` the identity may not; `not_found` no such subscription, group or instance, or none that it may see
 * - `refused` Azure answers that it does not understand: mostly a version of the interface that this region has not
 * - `unavailable` Azure answers that it can't now (5xx)
 * - `timeout` no whole answer in time; `network` no connection: name, route, proxy, TLS
 * - `bad_answer` something else than Azure answered, or too much; `internal` a defect of this program
 */
export const azureFailureReasons = [
  'throttled',
  'unauthorized',
  'token',
  'forbidden',
  'not_found',
  'refused',
  'unavailable',
  'timeout',
  'network',
  'bad_answer',
  'internal',
] as const;

export type AzureFailureReason = (typeof azureFailureReasons)[number];

/** A failure ready for people: never a token, nor a signed address. */
export interface AzureFailure {
  readonly reason: AzureFailureReason;
  readonly message: string;
  /** HTTP; null where there was no answer. */
  readonly status: number | null;
  /** Azure's word for it, as `AuthorizationFailed`. */
  readonly code: string | null;
  /** The right that is missing, as `Microsoft.Sql/managedInstances/read`. */
  readonly action: string | null;
  /** What Microsoft's support asks for. */
  readonly requestId: string | null;
}
