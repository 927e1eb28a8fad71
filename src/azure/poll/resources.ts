import type { AzureInstanceState, AzureResource } from '../../model/azure/state.ts';
import { parseCertificate } from '../answer/certificates.ts';
import type { Fields, Parsed } from '../answer/fields.ts';
import { parseInstance, parseOperation } from '../answer/instances.ts';
import { parseLink } from '../answer/links.ts';

const provider = 'providers/Microsoft.Sql/managedInstances';

/** How one resource of an instance is read. */
interface ResourceKind {
  /** After the path of the instance. */
  readonly path: string;
  readonly kind: 'resource' | 'list';
  readonly interval: 'linksSeconds' | 'instancesSeconds' | 'certificatesSeconds';
  /** Where it is kept in the state of the instance. */
  readonly key: 'instance' | 'links' | 'operations' | 'endpointCertificates' | 'serverTrustCertificates';
  readonly parse: (item: Fields) => Parsed<unknown>;
}

export const resourceKinds: Readonly<Record<AzureResource, ResourceKind>> = {
  instance: { path: '', kind: 'resource', interval: 'instancesSeconds', key: 'instance', parse: parseInstance },
  links: {
    path: '/distributedAvailabilityGroups',
    kind: 'list',
    interval: 'linksSeconds',
    key: 'links',
    parse: parseLink,
  },
  operations: {
    path: '/operations',
    kind: 'list',
    interval: 'instancesSeconds',
    key: 'operations',
    parse: parseOperation,
  },
  endpoint_certificates: {
    path: '/endpointCertificates',
    kind: 'list',
    interval: 'certificatesSeconds',
    key: 'endpointCertificates',
    parse: parseCertificate,
  },
  server_trust_certificates: {
    path: '/serverTrustCertificates',
    kind: 'list',
    interval: 'certificatesSeconds',
    key: 'serverTrustCertificates',
    parse: parseCertificate,
  },
};

/** The list of a subscription's instances: one request for all of them. */
export function listingPath(subscriptionId: string): string {
  return `/subscriptions/${subscriptionId}/${provider}`;
}

export function resourcePath(
  { subscriptionId, resourceGroup, name }: Pick<AzureInstanceState, 'subscriptionId' | 'resourceGroup' | 'name'>,
  resource: AzureResource,
): string {
  const group = encodeURIComponent(resourceGroup);
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/${provider}/${encodeURIComponent(name)}${resourceKinds[resource].path}`;
}

/** The items that could be taken, and what could not be taken of the others. */
export function parseItems<Value>(
  items: readonly Fields[],
  parse: (item: Fields) => Parsed<Value>,
): { readonly values: readonly Value[]; readonly oddities: readonly string[] } {
  const parsed = items.map(parse);
  return {
    values: parsed.flatMap(({ value }) => (value === null ? [] : [value])),
    oddities: [...new Set(parsed.flatMap(({ oddity }) => oddity ?? []))],
  };
}
