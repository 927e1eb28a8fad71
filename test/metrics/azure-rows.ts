import type { AzureState, AzureSubscriptionState } from '../../src/model/azure/state.ts';
import { azureState, named, readyInstance } from '../link/azure-state.ts';
import { now } from '../link/server-state.ts';

/** An Azure with a sample of every family: an instance with a link of every figure, and one of which nothing could be read. */
export function fullAzure(): AzureState {
  const databases = [
    {
      databaseName: 'Sales',
      replicaState: 'LinkInitialSeeding',
      seedingProgress: '80%',
      synchronizationHealth: 'HEALTHY',
      connectedState: 'CONNECTED',
      mostRecentLinkError: '41986',
      lastCommitTime: '2026-11-01T11:59:50Z',
      lastHardenedTime: '2026-11-01T11:59:51Z',
      lastBackupTime: '2026-11-01T11:00:00Z',
      partnerAuthCertValidity: { certificateName: 'sql-prod', expiryDate: '2028-01-01T00:00:00Z' },
      instanceSendReplicationLagSeconds: 2,
      instanceRedoReplicationLagSeconds: 3,
    },
  ];
  const certificate = {
    thumbprint: 'AB',
    blob: 'read' as const,
    subject: 's',
    issuer: 'i',
    signatureAlgorithm: null,
    startTimestampSeconds: now,
    expiryTimestampSeconds: now + 1e6,
  };
  const { subscriptions } = azureState({
    links: [named('link-mi-primary-synchronizing', { databases })],
    instance: readyInstance,
    operations: [],
    own: [{ ...certificate, name: 'DATABASE_MIRRORING' }],
    trusted: [{ ...certificate, name: 'sql-prod' }],
  });
  return { subscriptions: subscriptions.map(paused) };
}

function paused(subscription: AzureSubscriptionState): AzureSubscriptionState {
  const [first] = subscription.instances;
  const failure = {
    reason: 'throttled',
    message: 'm',
    status: 429,
    code: null,
    action: null,
    requestId: null,
  } as const;
  const other =
    first === undefined ? [] : [{ ...first, name: 'mi-other', links: { ...first.links, value: null, failure } }];
  const read = { lastPollDurationSeconds: 0.2, polls: { ok: 3, throttled: 1 } };
  return {
    ...subscription,
    instances: [...subscription.instances.map((each) => ({ ...each, links: { ...each.links, ...read } })), ...other],
    pausedUntilTimestampSeconds: now + 60,
    throttledSeconds: 90,
    remainingGlobalReads: 3749,
  };
}
