import {
  type AzureCertificate,
  type AzureInstance,
  type AzureOperation,
  isUnderWay,
} from '../../model/azure/instance.ts';
import { type AzureLink, type AzureLinkDatabase, type AzureLinkStage, stageOf } from '../../model/azure/link.ts';
import type { AzureFailure, AzureInstanceState, AzureState } from '../../model/azure/state.ts';

/** What Azure says of one link: a third witness beside the two ends. Plain data; times are Unix seconds. */
export interface LinkInAzure {
  /** The label `subscription` of the instance. */
  readonly subscription: string;
  readonly resourceGroup: string;
  /** `unread`: the links of the instance could not be read, or were not yet. */
  readonly listing: 'listed' | 'absent' | 'unread';
  /** Null unless it is listed. */
  readonly link: AzureLink | null;
  readonly databases: readonly DatabaseInAzure[];
  /** When the list was read; null: it was not. */
  readonly readTimestampSeconds: number | null;
  /** When the instance's links were first read: what was so then may have been so for long. */
  readonly watchedTimestampSeconds: number | null;
  /** When its present role was first listed; null unless it is listed. */
  readonly roleTimestampSeconds: number | null;
  /** Since when lists come without it; null: it never was in one. */
  readonly goneTimestampSeconds: number | null;
  readonly failure: AzureFailure | null;
  readonly instance: AzureInstance | null;
  readonly operations: readonly AzureOperation[];
  /** The one that the instance shows to its partners; null: not read. */
  readonly ownCertificates: readonly AzureCertificate[] | null;
  /** Those of SQL Servers that the instance trusts; null: not read. */
  readonly trustedCertificates: readonly AzureCertificate[] | null;
}

export interface DatabaseInAzure extends AzureLinkDatabase {
  /** Null: Azure gives no state. */
  readonly stage: AzureLinkStage | null;
  /** When its present state was first listed. */
  readonly sinceTimestampSeconds: number | null;
}

/** The instances by their short name; two of one name in different zones are both there. */
export type AzureIndex = ReadonlyMap<string, readonly AzureInstanceState[]>;

export function indexAzure(state: AzureState | null): AzureIndex {
  return Map.groupBy(state?.subscriptions.flatMap(({ instances }) => instances) ?? [], ({ name }) => name);
}

/** What Azure says of the link; null where the instance is not read, or nobody can tell which one it is. */
export function witnessOf(index: AzureIndex, name: string, managedInstance: string): LinkInAzure | null {
  const instances = index.get(managedInstance) ?? [];
  const [first, ...more] = instances;
  const [own, ...others] = instances.filter(({ links }) => findLink(links.value, name) !== null);
  if (own !== undefined && others.length === 0) return witness(own, name);
  return first === undefined || more.length > 0 ? null : witness(first, name);
}

/** The links that Azure lists, with the instance of each. */
export function listedLinks(index: AzureIndex): readonly { readonly name: string; readonly managedInstance: string }[] {
  return [...index].flatMap(([managedInstance, instances]) =>
    instances.flatMap(({ links }) => (links.value ?? []).map(({ name }) => ({ name, managedInstance }))),
  );
}

function findLink(links: readonly AzureLink[] | null, name: string): AzureLink | null {
  return links?.find((link) => link.name.toLowerCase() === name.toLowerCase()) ?? null;
}

function witness(state: AzureInstanceState, name: string): LinkInAzure {
  const { links, instance, operations, history } = state;
  const link = findLink(links.value, name);
  const past = history.links.get(name.toLowerCase());
  return {
    subscription: state.subscription,
    resourceGroup: state.resourceGroup,
    listing: links.value === null ? 'unread' : link === null ? 'absent' : 'listed',
    link,
    databases: (link?.databases ?? []).map((database) => ({
      ...database,
      stage: stageOf(database.replicaState),
      sinceTimestampSeconds: past?.states.get(database.name)?.sinceTimestampSeconds ?? null,
    })),
    readTimestampSeconds: links.value === null ? null : links.lastSuccessTimestampSeconds,
    watchedTimestampSeconds: history.listedTimestampSeconds,
    roleTimestampSeconds: link === null ? null : (past?.roleTimestampSeconds ?? null),
    goneTimestampSeconds: history.gone.get(name.toLowerCase()) ?? null,
    failure: links.failure,
    instance: instance.value,
    operations: (operations.value ?? []).filter(isUnderWay),
    ownCertificates: ownCertificates(state),
    trustedCertificates: state.serverTrustCertificates.value,
  };
}

/** Both endpoints of an instance show one certificate, and the link uses that of mirroring. */
function ownCertificates({ endpointCertificates }: AzureInstanceState): readonly AzureCertificate[] | null {
  const own = endpointCertificates.value;
  const mirroring = own?.filter(({ name }) => name.toUpperCase() === 'DATABASE_MIRRORING') ?? [];
  if (own === null) return null;
  return mirroring.length > 0 ? mirroring : own.slice(0, 1);
}
