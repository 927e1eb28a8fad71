import type { AzureLog } from '../../src/azure/poll/log.ts';
import type { AzurePoller } from '../../src/azure/poll/poller.ts';
import { startReading } from '../../src/cli/reading/azure.ts';
import { type AzureConfig, defaultIntervals } from '../../src/config/azure/azure.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import type { AzureState } from '../../src/model/azure/state.ts';
import { systemClock } from '../../src/poll/time/clock.ts';
import { simulatedApplication } from '../../src/simulator/azure/entra.ts';
import { simulatedResourceGroup, simulatedSubscription } from '../../src/simulator/azure/resources.ts';
import { simulatedAudience } from '../../src/simulator/azure/server.ts';
import type { Pair } from '../../src/simulator/pair.ts';

/** The configuration for the Azure beside a simulated pair. */
export function azureConfig(pair: Pair, changes: Partial<AzureConfig> = {}): AzureConfig {
  const { tenantId, clientId, clientSecret } = simulatedApplication;
  const origin = pair.azure?.origin ?? '';
  return {
    authentication: {
      type: 'service_principal',
      tenantId,
      clientId,
      proof: { kind: 'secret', secret: secretOf(clientSecret) },
      cloud: {
        authorityHost: origin,
        scope: `${simulatedAudience}/.default`,
        isPublicAuthority: false,
        authorityCa: pair.certificateAuthority,
      },
    },
    resourceManager: origin,
    apiVersion: '2025-01-01',
    ca: pair.certificateAuthority,
    timeoutSeconds: 10,
    intervals: defaultIntervals,
    subscriptions: [
      {
        id: simulatedSubscription,
        name: 'production',
        managedInstances: [{ resourceGroup: simulatedResourceGroup, name: 'mi-prod' }],
      },
    ],
    ...changes,
  };
}

export const silentLog: AzureLog = { info: () => undefined, warn: () => undefined };

/** Reads everything once, over real sockets; `log` has what was told meanwhile. */
export async function readOnce(config: AzureConfig, log: AzureLog = silentLog): Promise<AzureState> {
  const poller: AzurePoller = startReading(config, { clock: systemClock, log, onRead: () => undefined });
  await poller.firstRound;
  const state = poller.state();
  await poller.stop();
  return state;
}
