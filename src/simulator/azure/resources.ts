import { createHash } from 'node:crypto';
import { type EncodedFacts, encodedCertificate } from '../world/certificate-encoding.ts';
import { guid } from '../world/guid.ts';
import type { CertificateState, World } from '../world/state.ts';
import { isInAzure, linkResource } from './link-resource.ts';

export const simulatedSubscription = '11111111-2222-4333-8444-555555555555';
export const simulatedResourceGroup = 'rg-sales';

/** What a path stands for: one resource, or a list; null for a path that is none. */
export type Found =
  | { readonly resource: object }
  | { readonly list: readonly object[] }
  | { readonly missing: string }
  | null;

const region = 'westeurope';
const provider = 'providers/Microsoft.Sql/managedInstances';

/** Looks a path up, in any case as Azure does. */
export function findResource(world: World, path: string, version: string): Found {
  const subscription = `/subscriptions/${simulatedSubscription}`;
  const { hostName } = world.topology.servers.managedInstance;
  const name = hostName.split('.')[0] ?? '';
  const id = `${subscription}/resourceGroups/${simulatedResourceGroup}/${provider}/${name}`;
  if (isSame(path, `${subscription}/${provider}`)) return { list: [instanceResource(world, id)] };
  if (isSame(path, id)) return { resource: instanceResource(world, id) };
  const groups = `${subscription}/resourceGroups/${simulatedResourceGroup}/providers/Microsoft.Sql/locations/${region}/instanceFailoverGroups`;
  if (isSame(path, groups)) return { list: failoverGroups(world, groups, id) };
  const below = path.slice(id.length + 1);
  if (!isSame(path.slice(0, id.length), id) || path.charAt(id.length) !== '/') return missing(path);
  switch (below.toLowerCase()) {
    case 'distributedavailabilitygroups':
      return {
        list: world.links
          .filter((link) => isInAzure(link, world))
          .map((link) => linkResource(world, link, { id, version })),
      };
    case 'operations':
      return { list: operations(world, id) };
    case 'endpointcertificates':
      return { list: endpointCertificates(world, id) };
    case 'servertrustcertificates':
      return { list: trustCertificates(world, id) };
    default:
      return missing(path);
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A resource of the service that is not there, which Azure's front tells by name. */
function missing(path: string): Found {
  const [, subscriptions = '', , groups = '', group = '', providers = '', service = '', ...resource] = path.split('/');
  const kind = [subscriptions, groups, providers, service].join('/');
  if (!isSame(kind, 'subscriptions/resourceGroups/providers/Microsoft.Sql') || resource.length === 0) return null;
  return {
    missing: `The Resource 'Microsoft.Sql/${resource.join('/')}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  };
}

function instanceResource(world: World, id: string): object {
  const { hostName, productUpdateType } = world.topology.servers.managedInstance;
  const state = world.azure.instanceState ?? 'Ready';
  return {
    sku: { name: 'GP_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 8 },
    properties: {
      provisioningState: 'Succeeded',
      fullyQualifiedDomainName: hostName,
      state,
      licenseType: 'LicenseIncluded',
      vCores: 8,
      storageSizeInGB: 2048,
      collation: world.topology.servers.managedInstance.collation,
      dnsZone: hostName.split('.')[1],
      publicDataEndpointEnabled: false,
      timezoneId: 'UTC',
      zoneRedundant: false,
      databaseFormat: productUpdateType === 'Continuous' ? 'AlwaysUpToDate' : 'SQLServer2022',
    },
    location: region,
    id,
    name: id.split('/').at(-1),
    type: 'Microsoft.Sql/managedInstances',
  };
}

/** As Microsoft's specification writes them. */
function failoverGroups(world: World, path: string, id: string): readonly object[] {
  const { failoverGroup } = world.azure;
  if (failoverGroup === undefined) return [];
  const partner = `${id.slice(0, id.lastIndexOf('/') + 1)}mi-other`;
  return [
    {
      properties: {
        readWriteEndpoint: { failoverPolicy: 'Manual' },
        readOnlyEndpoint: { failoverPolicy: 'Disabled' },
        replicationRole: 'Primary',
        replicationState: 'CATCH_UP',
        partnerRegions: [{ location: 'northeurope', replicationRole: 'Secondary' }],
        managedInstancePairs: [{ primaryManagedInstanceId: id, partnerManagedInstanceId: partner }],
        secondaryType: 'Geo',
      },
      id: `${path}/${failoverGroup}`,
      name: failoverGroup,
      type: 'Microsoft.Sql/locations/instanceFailoverGroups',
    },
  ];
}

function operations(world: World, id: string): readonly object[] {
  const { operation } = world.azure;
  if (operation === undefined) return [];
  const name = guid(world.topology.seed, 'operation').toLowerCase();
  return [
    {
      properties: {
        managedInstanceName: id.split('/').at(-1),
        operation: 'UpsertManagedServer',
        operationFriendlyName: operation,
        percentComplete: 50,
        startTime: new Date(world.topology.startMilliseconds - 20 * 60_000).toISOString(),
        state: 'InProgress',
        isCancellable: true,
        operationSteps: {
          totalSteps: '3',
          currentStep: 2,
          stepsList: [
            { order: 1, name: 'Request validation', status: 'Completed' },
            { order: 2, name: 'Virtual Cluster resize/creation', status: 'InProgress' },
            { order: 3, name: 'New SQL Instance Startup', status: 'NotStarted' },
          ],
        },
      },
      id: `${id}/operations/${name}`,
      name,
      type: 'Microsoft.Sql/managedInstances/operations',
    },
  ];
}

/** Both endpoints of an instance show one certificate. */
function endpointCertificates(world: World, id: string): readonly object[] {
  const own = world.certificates.managedInstance.find(({ isEndpointCertificate }) => isEndpointCertificate);
  if (own === undefined) return [];
  const publicBlob = Buffer.from(encodedCertificate(factsOf(own)).der)
    .toString('hex')
    .toUpperCase();
  return ['SERVICE_BROKER', 'DATABASE_MIRRORING'].map((name) => ({
    properties: { publicBlob },
    id: `${id}/endpointCertificates/${name}`,
    name,
    type: 'Microsoft.Sql/managedInstances/endpointCertificates',
  }));
}

function trustCertificates(world: World, id: string): readonly object[] {
  // What was never uploaded is not there.
  if (world.azure.mostRecentLinkError === 41_973) return [];
  return world.certificates.managedInstance
    .filter(({ isEndpointCertificate }) => !isEndpointCertificate)
    .map((certificate) => {
      const { der } = encodedCertificate(factsOf(certificate));
      const { name } = certificate;
      return {
        properties: {
          publicBlob: Buffer.from(der).toString('hex').toUpperCase(),
          thumbprint: createHash('sha1').update(der).digest('hex').toUpperCase(),
          certificateName: name,
        },
        id: `${id}/serverTrustCertificates/${name}`,
        name,
        type: 'Microsoft.Sql/managedInstances/serverTrustCertificates',
      };
    });
}

function factsOf(certificate: CertificateState): EncodedFacts {
  const { subject, issuer, serialNumber, startMilliseconds, expiryMilliseconds } = certificate;
  return { subject, issuer, serialNumber, startMilliseconds, expiryMilliseconds };
}
