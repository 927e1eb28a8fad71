import type { Config } from '../../config/config.ts';
import { secretOf } from '../../config/secret/secret.ts';
import { simulatedApplication } from '../../simulator/azure/entra.ts';
import { simulatedResourceGroup, simulatedSubscription } from '../../simulator/azure/resources.ts';
import { simulatedAudience } from '../../simulator/azure/server.ts';
import type { Pair } from '../../simulator/pair.ts';

/** A demo is watched: Azure itself would allow as much for a few instances. */
const intervals = { linksSeconds: 5, instancesSeconds: 10, certificatesSeconds: 30 } as const;
const timeoutSeconds = 10;

/** The section `azure` for the Azure beside a simulated pair, as data; nothing where there is none. */
export function simulatedAzureConfig(pair: Pair): Pick<Config, 'azure'> {
  const { azure, certificateAuthority: ca } = pair;
  if (azure === null) return {};
  const { tenantId, clientId, clientSecret } = simulatedApplication;
  const cloud = {
    authorityHost: azure.origin,
    scope: `${simulatedAudience}/.default`,
    isPublicAuthority: false,
    authorityCa: ca,
  };
  const proof = { kind: 'secret', secret: secretOf(clientSecret) } as const;
  return {
    azure: {
      authentication: { type: 'service_principal', tenantId, clientId, proof, cloud },
      resourceManager: azure.origin,
      apiVersion: '2025-01-01',
      ca,
      timeoutSeconds,
      intervals,
      subscriptions: [
        {
          id: simulatedSubscription,
          name: 'demo',
          managedInstances: [{ resourceGroup: simulatedResourceGroup, name: nameOf(pair) }],
        },
      ],
    },
  };
}

/** The same for a configuration file. */
export function azureLines(
  pair: Pair,
  files: { readonly authority: string; readonly secret: string },
): readonly string[] {
  const { azure } = pair;
  if (azure === null) return [];
  const { tenantId, clientId } = simulatedApplication;
  return [
    'azure:',
    '  authentication:',
    '    type: service_principal',
    `    tenant_id: ${tenantId}`,
    `    client_id: ${clientId}`,
    `    client_secret_file: ${JSON.stringify(files.secret)}`,
    `    authority_host: ${azure.origin}`,
    `  resource_manager: ${azure.origin}`,
    `  ca_file: ${JSON.stringify(files.authority)}`,
    `  intervals: { links: ${intervals.linksSeconds}s, instances: ${intervals.instancesSeconds}s, certificates: ${intervals.certificatesSeconds}s }`,
    '  subscriptions:',
    `    - id: ${simulatedSubscription}`,
    '      name: demo',
    `      managed_instances: [{ resource_group: ${simulatedResourceGroup}, name: ${nameOf(pair)} }]`,
  ];
}

function nameOf({ topology }: Pair): string {
  return topology.servers.managedInstance.hostName.split('.')[0] ?? '';
}
