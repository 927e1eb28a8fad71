import type { DatabaseInAzure, LinkInAzure } from '../link/azure/witness.ts';
import { isoTime } from '../text/quantity.ts';
import type { UnreadInAzure } from './report/report.ts';

/** What Azure says of a link, in Azure's own words where there are some. */
export function azureDocument(azure: LinkInAzure, isOnlyWitness: boolean): object {
  const { link, failure, instance, operations } = azure;
  return {
    subscription: azure.subscription,
    listing: azure.listing,
    is_only_witness: isOnlyWitness,
    read_at: isoTime(azure.readTimestampSeconds),
    failure: failure === null ? null : { reason: failure.reason, message: failure.message, action: failure.action },
    instance_role: link?.instanceRole ?? null,
    partner_role: link?.partnerRole ?? null,
    replication_mode: link?.replicationMode ?? null,
    instance_state: instance?.state ?? null,
    operations: operations.map(({ operation, state, progress, step, startTimestampSeconds }) => ({
      operation,
      state,
      progress,
      step,
      started_at: isoTime(startTimestampSeconds),
    })),
    databases: azure.databases.map(databaseDocument),
  };
}

function databaseDocument(database: DatabaseInAzure): object {
  return {
    database: database.name,
    replica_state: database.replicaState,
    stage: database.stage,
    since: isoTime(database.sinceTimestampSeconds),
    connected_state: database.connectedState,
    synchronization_health: database.health,
    most_recent_error: database.error,
    seeding_progress: database.seedingProgress,
    send_lag_seconds: database.sendLagSeconds,
    redo_lag_seconds: database.redoLagSeconds,
    last_commit: isoTime(database.lastCommitTimestampSeconds),
    last_hardened: isoTime(database.lastHardenedTimestampSeconds),
  };
}

/** Something of Azure that could not be read. */
export function unreadDocument({ subscription, managedInstance, resource, failure }: UnreadInAzure): object {
  const { reason, message, action } = failure;
  return { subscription, managed_instance: managedInstance, resource, failure: { reason, message, action } };
}
