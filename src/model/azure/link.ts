/**
 * A link as Azure Resource Manager has it: Microsoft.Sql/managedInstances/distributedAvailabilityGroups. Every value is what
 * the answer said; null is a key that was absent or said nothing, which is the normal form of "not known" there.
 */
export interface AzureLink {
  /** The distributed group's name. Answers of 2024 had the instance's name in `id`: only `name` tells. */
  readonly name: string;
  /** Lower case, without braces. */
  readonly groupId: string | null;
  /** PRIMARY, SECONDARY, or a role that is not known here as it was sent. */
  readonly instanceRole: string | null;
  readonly partnerRole: string | null;
  readonly replicationMode: string | null;
  readonly failoverMode: string | null;
  readonly seedingMode: string | null;
  /** Only the interface of 2025-08-01-preview and later has it. */
  readonly linkMode: string | null;
  /** Lower case: `tcp://10.20.0.8:5022`. */
  readonly partnerEndpoint: string | null;
  /** Empty just after the creation of a link of several databases. */
  readonly databases: readonly AzureLinkDatabase[];
}

export interface AzureLinkDatabase {
  readonly name: string;
  /** An open set: `stageOf` sorts it. */
  readonly replicaState: string | null;
  /** HEALTHY, PARTIALLY_HEALTHY, NOT_HEALTHY: an open set. */
  readonly health: string | null;
  /** CONNECTED, DISCONNECTED: an open set. */
  readonly connectedState: string | null;
  /** The most recent one, which may be over. */
  readonly error: AzureLinkError | null;
  /** 0 to 1. Only Microsoft's specification shows how it is written. */
  readonly seedingProgress: number | null;
  /** Null unless the instance is primary: at a secondary 0 stands there whatever holds. */
  readonly sendLagSeconds: number | null;
  /** As `sendLagSeconds`. */
  readonly redoLagSeconds: number | null;
  /** Null where no log position stands beside it, as after the loss of the partner. Unix seconds, as all below. */
  readonly lastSentTimestampSeconds: number | null;
  readonly lastReceivedTimestampSeconds: number | null;
  readonly lastCommitTimestampSeconds: number | null;
  readonly lastHardenedTimestampSeconds: number | null;
  readonly lastBackupTimestampSeconds: number | null;
  /** SQL Server's certificate as the instance knows it. Absent on healthy links too: no missing certificate. */
  readonly partnerCertificate: { readonly name: string | null; readonly expiryTimestampSeconds: number } | null;
}

/** `mostRecentLinkError`: a number in a string, where Microsoft's specification speaks of a text. */
export interface AzureLinkError {
  /** Of the catalogue of errors; null where the text holds none. */
  readonly number: number | null;
  /** As it was sent, cut. */
  readonly text: string;
}

/**
 * What a `replicaState` of Azure means. The set is open, and a planned failover may pass through states that nobody has
 * published: what is not known is `other`, never an error.
 */
const azureLinkStages = ['creating', 'seeding', 'catch_up', 'synchronizing', 'failover', 'error', 'other'] as const;

export type AzureLinkStage = (typeof azureLinkStages)[number];

/** Azure's own names in lower case, as seen in recordings, in reports and in Microsoft's specification. */
const known: Readonly<Record<string, AzureLinkStage>> = {
  linksynchronizing: 'synchronizing',
  initiatinglink: 'creating',
  creatinglink: 'creating',
  seeding: 'seeding',
  linkinitialseeding: 'seeding',
  copying: 'seeding',
  catchup: 'catch_up',
  linkcatchup: 'catch_up',
  linkfailoverinprogress: 'failover',
};

/** The text "Error" decides: health and connection beside it may still read well. Null: no state was given. */
export function stageOf(replicaState: string | null): AzureLinkStage | null {
  if (replicaState === null) return null;
  const state = replicaState.toLowerCase();
  if (state.includes('error') || state.includes('failed')) return 'error';
  const own = Object.hasOwn(known, state) ? known[state] : undefined;
  if (own !== undefined) return own;
  if (state.includes('failover')) return 'failover';
  if (state.includes('seeding') || state.includes('copying')) return 'seeding';
  if (state.includes('catchup')) return 'catch_up';
  return state.includes('creating') || state.includes('initiating') ? 'creating' : 'other';
}
