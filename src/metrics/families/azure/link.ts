import type { DatabaseInAzure, LinkInAzure } from '../../../link/azure/witness.ts';
import { type Family, family, type State } from '../../family.ts';
import { flag, known, stateFlags } from '../made-of.ts';

/** As recorded, reported or documented; the set is open, and what is not here is `other`. */
const replicaStates = [
  'InitiatingLink',
  'CreatingLink',
  'Seeding',
  'LinkInitialSeeding',
  'Catchup',
  'LinkSynchronizing',
  'LinkFailoverInProgress',
  'LinkSynchronizationError',
  'LinkInitError',
  'LinkCreationError',
  'other',
] as const;

const resource = 'distributedAvailabilityGroups';
const behind = 'Azure is some seconds behind the servers.';

interface LinkLabels {
  readonly link: string;
  readonly managed_instance: string;
}

function witnesses(state: State): readonly { readonly labels: LinkLabels; readonly azure: LinkInAzure }[] {
  return state.links.flatMap(({ name, managedInstance, azure }) =>
    azure === null ? [] : [{ labels: { link: name, managed_instance: managedInstance }, azure }],
  );
}

interface Row {
  readonly labels: LinkLabels & { readonly database: string };
  readonly database: DatabaseInAzure;
}

function databases(state: State): readonly Row[] {
  return witnesses(state).flatMap(({ labels, azure }) =>
    azure.databases.map((database) => ({ labels: { ...labels, database: database.name }, database })),
  );
}

const linkLabels = ['link', 'managed_instance'] as const;
const databaseLabels = [...linkLabels, 'database'] as const;

export const azureLinkListed = family({
  name: 'milink_azure_link_listed',
  help: 'Whether Azure lists the link on its managed instance: 1 or 0. Absent while the list could not be read.',
  type: 'gauge',
  labels: linkLabels,
  source: resource,
  samples: (state) =>
    witnesses(state).flatMap(({ labels, azure: { listing } }) =>
      listing === 'unread' ? [] : [{ labels, value: listing === 'listed' ? 1 : 0 }],
    ),
});

export const azureLinkOnlyWitness = family({
  name: 'milink_azure_link_only_witness',
  help: "Whether the managed instance's end of the link is seen through Azure only, as no server of the configuration is that end: 1 or 0. Then milink_link_ends_observed, milink_link_primaries and the verdict go by what Azure says.",
  type: 'gauge',
  labels: linkLabels,
  source: 'exporter',
  samples: ({ links }) =>
    links.flatMap(({ name, managedInstance, azure, azureEnd }) =>
      azure === null
        ? []
        : [{ labels: { link: name, managed_instance: managedInstance }, value: azureEnd === null ? 0 : 1 }],
    ),
});

export const azureLinkRole = family({
  name: 'milink_azure_link_role',
  help: `The role of the managed instance in the link as Azure says: 1 for the present one. ${behind}`,
  type: 'gauge',
  labels: [...linkLabels, 'role'],
  source: `${resource}: instanceLinkRole`,
  samples: (state) =>
    witnesses(state).flatMap(({ labels, azure }) =>
      stateFlags(['PRIMARY', 'SECONDARY'], azure.link?.instanceRole ?? null).map(({ state: role, value }) => ({
        labels: { ...labels, role },
        value,
      })),
    ),
});

export const azureLinkReadTimestampSeconds = family({
  name: 'milink_azure_link_read_timestamp_seconds',
  help: 'When what is shown of the link was read of Azure. Absent while it could not be read. Unix time.',
  type: 'gauge',
  labels: linkLabels,
  source: 'exporter',
  samples: (state) => witnesses(state).flatMap(({ labels, azure }) => known(labels, azure.readTimestampSeconds)),
});

export const azureDatabaseReplicaState = family({
  name: 'milink_azure_database_replica_state',
  help: `The replicaState of the database as Azure says: 1 for the present one, 0 for the others. A state that is not known here is other. ${behind}`,
  type: 'gauge',
  labels: [...databaseLabels, 'state'],
  source: `${resource}: databases[].replicaState`,
  samples: (state) =>
    databases(state).flatMap(({ labels, database: { replicaState } }) => {
      if (replicaState === null) return [];
      const present = replicaStates.find((each) => each === replicaState) ?? 'other';
      return replicaStates.map((each) => ({ labels: { ...labels, state: each }, value: each === present ? 1 : 0 }));
    }),
});

export const azureDatabaseError = family({
  name: 'milink_azure_database_error',
  help: 'Whether the replicaState that Azure shows of the database is an error: 1 or 0. On a new link one may stand for seconds.',
  type: 'gauge',
  labels: databaseLabels,
  source: `${resource}: databases[].replicaState`,
  samples: (state) =>
    databases(state).flatMap(({ labels, database: { stage } }) =>
      known(labels, flag(stage === null ? null : stage === 'error')),
    ),
});

export const azureDatabaseLastError = family({
  name: 'milink_azure_database_last_error',
  help: 'The most recent error of the database that Azure shows, by its number: 1. It may be over: alert on milink_azure_database_error. docs/errors.md says what each number means.',
  type: 'gauge',
  labels: [...databaseLabels, 'error'],
  source: `${resource}: databases[].mostRecentLinkError`,
  samples: (state) =>
    databases(state).flatMap(({ labels, database: { error } }) =>
      error === null
        ? []
        : [{ labels: { ...labels, error: error.number === null ? 'other' : String(error.number) }, value: 1 }],
    ),
});

export const azureDatabaseConnected = family({
  name: 'milink_azure_database_connected',
  help: `Whether the database is connected to its partner as Azure says: 1 or 0. ${behind}`,
  type: 'gauge',
  labels: databaseLabels,
  source: `${resource}: databases[].connectedState`,
  samples: (state) =>
    databases(state).flatMap(({ labels, database: { connectedState } }) =>
      known(labels, connectedState === 'CONNECTED' ? 1 : connectedState === 'DISCONNECTED' ? 0 : null),
    ),
});

export const azureDatabaseHealth = family({
  name: 'milink_azure_database_synchronization_health',
  help: 'The synchronization health of the database as Azure says: 1 for the present one, 0 for the others. It was seen HEALTHY for a while after the partner was lost.',
  type: 'gauge',
  labels: [...databaseLabels, 'health'],
  source: `${resource}: databases[].synchronizationHealth`,
  samples: (state) =>
    databases(state).flatMap(({ labels, database }) =>
      stateFlags(['NOT_HEALTHY', 'PARTIALLY_HEALTHY', 'HEALTHY'], database.health).map(({ state: health, value }) => ({
        labels: { ...labels, health },
        value,
      })),
    ),
});

const figure = (name: string, help: string, source: string, of: (database: DatabaseInAzure) => number | null): Family =>
  family({
    name: `milink_azure_database_${name}`,
    help,
    type: 'gauge',
    labels: databaseLabels,
    source: `${resource}: databases[].${source}`,
    samples: (state) => databases(state).flatMap(({ labels, database }) => known(labels, of(database))),
  });

const primaryOnly = 'Only while the managed instance is primary.';

export const azureDatabaseSeedingProgressRatio = figure(
  'seeding_progress_ratio',
  'How much of the first copy is made as Azure says, 0 to 1. Absent while nothing is copied.',
  'seedingProgress',
  ({ seedingProgress }) => seedingProgress,
);

/** What Azure says of links: absent where it is not read. */
export const azureLinkFamilies: readonly Family[] = [
  azureLinkListed,
  azureLinkOnlyWitness,
  azureLinkRole,
  azureLinkReadTimestampSeconds,
  azureDatabaseReplicaState,
  azureDatabaseError,
  azureDatabaseLastError,
  azureDatabaseConnected,
  azureDatabaseHealth,
  azureDatabaseSeedingProgressRatio,
  figure(
    'send_lag_seconds',
    `How far sending is behind, as Azure says. ${primaryOnly}`,
    'instanceSendReplicationLagSeconds',
    ({ sendLagSeconds }) => sendLagSeconds,
  ),
  figure(
    'redo_lag_seconds',
    `How far redo is behind, as Azure says. ${primaryOnly}`,
    'instanceRedoReplicationLagSeconds',
    ({ redoLagSeconds }) => redoLagSeconds,
  ),
  figure(
    'last_commit_timestamp_seconds',
    'The last commit that the managed instance has, as Azure says. Unix time.',
    'lastCommitTime',
    ({ lastCommitTimestampSeconds }) => lastCommitTimestampSeconds,
  ),
  figure(
    'last_hardened_timestamp_seconds',
    'When the managed instance last hardened log, as Azure says. Unix time.',
    'lastHardenedTime',
    ({ lastHardenedTimestampSeconds }) => lastHardenedTimestampSeconds,
  ),
  figure(
    'last_backup_timestamp_seconds',
    'The last backup of the database that Azure knows. Unix time.',
    'lastBackupTime',
    ({ lastBackupTimestampSeconds }) => lastBackupTimestampSeconds,
  ),
  figure(
    'partner_certificate_expiry_timestamp_seconds',
    "When SQL Server's certificate ends, as Azure says of the database. Azure leaves it out of healthy links too. Unix time.",
    'partnerAuthCertValidity.expiryDate',
    ({ partnerCertificate }) => partnerCertificate?.expiryTimestampSeconds ?? null,
  ),
];
