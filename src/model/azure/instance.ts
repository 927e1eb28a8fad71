/** A managed instance as Azure Resource Manager has it: Microsoft.Sql/managedInstances. Null is absent. */
export interface AzureInstance {
  /** Short name, lower case. */
  readonly name: string;
  /** From the resource's id; null where that does not tell. */
  readonly resourceGroup: string | null;
  /** `Ready`, `Creating`, `Stopped`, `Updating`: an open set. */
  readonly state: string | null;
  readonly provisioningState: string | null;
  readonly domainName: string | null;
  /** The update policy: `SQLServer2022`, `AlwaysUpToDate`. */
  readonly databaseFormat: string | null;
  readonly tier: string | null;
  readonly vCores: number | null;
  readonly storageSizeBytes: number | null;
  /** The region, as `westeurope`. */
  readonly location: string | null;
  readonly hasPublicEndpoint: boolean | null;
  /** Next-gen General Purpose, which carries more databases. */
  readonly isNextGeneration: boolean | null;
}

/** Something that Azure does, or did, to a managed instance: Microsoft.Sql/managedInstances/operations. */
export interface AzureOperation {
  /** `UpsertManagedServer`. */
  readonly operation: string | null;
  /** `UPDATE MANAGED SERVER`. */
  readonly friendlyName: string | null;
  /** Pending, InProgress, Succeeded, Failed, CancelInProgress, Cancelled: an open set. */
  readonly state: string | null;
  /** 0 to 1. */
  readonly progress: number | null;
  readonly startTimestampSeconds: number | null;
  readonly estimatedCompletionTimestampSeconds: number | null;
  /** The step under way, as `New SQL Instance Startup`. */
  readonly step: string | null;
}

const underWay: ReadonlySet<string> = new Set(['pending', 'inprogress', 'cancelinprogress']);

/** Whether the operation is still going on. */
export function isUnderWay({ state }: AzureOperation): boolean {
  return underWay.has((state ?? '').toLowerCase());
}

/** Whether the instance serves, as far as Azure says: null without a state. */
export function isReady({ state }: Pick<AzureInstance, 'state'>): boolean | null {
  return state === null ? null : state.toLowerCase() === 'ready';
}

/**
 * What Azure gives as the certificate itself. `unreadable`: it has the form of one and OpenSSL refuses it here, which SQL Server
 * need not; `none`: nothing was given; `cut_off` and `other` are no whole certificate.
 */
export type CertificateBlob = 'read' | 'unreadable' | 'cut_off' | 'other' | 'none';

/** A certificate in one of the two lists of a managed instance. What can't be parsed of it is null. */
export interface AzureCertificate {
  /** `SERVICE_BROKER` and `DATABASE_MIRRORING` in the list of its own, a chosen name in that of its partners'. */
  readonly name: string;
  /** SHA-1, upper-case hexadecimal, as sys.certificates has it. */
  readonly thumbprint: string | null;
  readonly blob: CertificateBlob;
  readonly subject: string | null;
  readonly issuer: string | null;
  /** What it is signed with, as `sha256WithRSAEncryption`; null where this Node.js does not tell. */
  readonly signatureAlgorithm: string | null;
  readonly startTimestampSeconds: number | null;
  readonly expiryTimestampSeconds: number | null;
}

/** The list that a certificate stands in: those that the instance shows, or those of SQL Servers that it trusts. */
const azureCertificateLists = ['endpoint', 'server_trust'] as const;

export type AzureCertificateList = (typeof azureCertificateLists)[number];

/** A failover group of managed instances: its two instances keep each other's copies, and carry no link. */
export interface AzureFailoverGroup {
  readonly name: string;
  /** Short names, lower case. */
  readonly instances: readonly string[];
}
