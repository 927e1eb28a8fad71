import { createHash } from 'node:crypto';
import type { AvailabilityGroup, AvailabilityReplica, ReplicaState } from '../../src/model/availability.ts';
import type { Certificate, MirroringEndpoint } from '../../src/model/endpoint.ts';
import type { Failure } from '../../src/model/failure-reason.ts';
import { noHistory } from '../../src/model/history.ts';
import type { PhysicalSeeding, SeedingAttempt } from '../../src/model/seeding.ts';
import type { Engine, ServerFacts } from '../../src/model/server.ts';
import type { Outcome, ServerState } from '../../src/model/server-state.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';

/** One instant for every built state: 2026-11-01T12:00:00Z. */
export const now = 1_793_534_400;

/** An upper-case GUID that depends on `seed` only. */
export function guid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** Facts of a SQL Server 2022, or of a managed instance when `engine` says so. */
export function serverFacts(facts: Partial<ServerFacts> = {}): ServerFacts {
  const isManagedInstance = facts.engine === 'managed_instance';
  return {
    serverName: isManagedInstance ? 'mi-prod.0123abcd.database.windows.net' : 'SQL01',
    engine: 'sql_server',
    edition: isManagedInstance ? 'SQL Azure' : 'Enterprise Edition (64-bit)',
    version: isManagedInstance ? '12.0.2000.8' : '16.0.4175.1',
    majorVersion: isManagedInstance ? 12 : 16,
    collation: 'SQL_Latin1_General_CP1_CI_AS',
    isHadrEnabled: true,
    updateType: isManagedInstance ? 'CU' : null,
    utcTimestampSeconds: now,
    localOffsetSeconds: 0,
    ...facts,
  };
}

/** A replica-states row; as given, a healthy local primary. */
export function replicaState(row: Partial<ReplicaState> = {}): ReplicaState {
  const isLocal = row.isLocal ?? true;
  return {
    replicaId: guid('replica'),
    groupId: guid('group'),
    isLocal,
    role: isLocal ? 'PRIMARY' : 'SECONDARY',
    operationalState: isLocal ? 'ONLINE' : null,
    connectedState: 'CONNECTED',
    recoveryHealth: isLocal ? 'ONLINE' : null,
    synchronizationHealth: 'HEALTHY',
    lastConnectErrorNumber: null,
    lastConnectErrorDescription: null,
    lastConnectErrorTimestampSeconds: null,
    ...row,
  };
}

/** A member of a group; as given, an asynchronous member of a distributed group. */
export function availabilityReplica(row: Partial<AvailabilityReplica> = {}): AvailabilityReplica {
  return {
    replicaId: guid('replica'),
    groupId: guid('group'),
    replicaServerName: 'AG_Sales',
    endpointUrl: 'tcp://sql01.corp.example:5022',
    availabilityMode: 'ASYNCHRONOUS_COMMIT',
    failoverMode: 'MANUAL',
    seedingMode: 'AUTOMATIC',
    sessionTimeoutSeconds: 20,
    ...row,
  };
}

/** A seeding attempt; as given, completed an hour ago at its source. */
export function seedingAttempt(row: Partial<SeedingAttempt> = {}): SeedingAttempt {
  return {
    groupId: guid('group'),
    groupDatabaseId: guid('database'),
    remoteReplicaId: guid('remote'),
    operationId: guid('operation'),
    isSource: true,
    currentState: 'COMPLETED',
    startTimestampSeconds: now - 3600,
    completionTimestampSeconds: now - 3000,
    performedSeeding: true,
    failureState: null,
    failureStateDescription: null,
    errorCode: null,
    numberOfAttempts: 1,
    ...row,
  };
}

/** A transfer that runs, at its source; the operation is that of `seedingAttempt`. */
export function physicalSeeding(row: Partial<PhysicalSeeding> = {}): PhysicalSeeding {
  return {
    localPhysicalSeedingId: guid('operation'),
    localDatabaseName: 'Sales',
    remoteMachineName: 'mi-prod',
    role: 'Source',
    internalState: 'ReadingAndSendingData',
    transferRateBytesPerSecond: 25_000_000,
    transferredBytes: 1_000_000_000,
    databaseSizeBytes: 10_000_000_000,
    startTimestampSeconds: now - 40,
    endTimestampSeconds: null,
    estimatedCompletionTimestampSeconds: now + 360,
    diskIoWaitSeconds: 1.5,
    networkWaitSeconds: 2.5,
    failureCode: null,
    failureMessage: null,
    failureTimestampSeconds: null,
    isCompressionEnabled: true,
    ...row,
  };
}

/** A certificate with its own private key, valid for the year around `now`. */
export function certificate({ certificateId = 256, ...row }: Partial<Certificate> = {}): Certificate {
  return {
    certificateId,
    name: 'Cert_SQL01_endpoint',
    principalId: 1,
    privateKeyEncryption: 'MK',
    issuer: 'CN=SQL01',
    subject: 'CN=SQL01',
    startTimestampSeconds: now - 180 * 86_400,
    expiryTimestampSeconds: now + 185 * 86_400,
    thumbprint: guid(`certificate ${certificateId}`).replaceAll('-', ''),
    ...row,
  };
}

/** A started endpoint that authenticates with certificate 256. */
export function mirroringEndpoint(row: Partial<MirroringEndpoint> = {}): MirroringEndpoint {
  return {
    endpointId: 65_536,
    name: 'database_mirroring_endpoint',
    state: 'STARTED',
    role: 'ALL',
    isEncryptionEnabled: true,
    encryptionAlgorithm: 'AES',
    connectionAuthentication: 'CERTIFICATE',
    certificateId: 256,
    ...row,
  };
}

/** A snapshot without any rows; every view was read. */
export function snapshot(facts: ServerFacts, views: Partial<Snapshot['views']> = {}): Snapshot {
  return {
    server: facts,
    views: {
      permissions: [],
      availability_groups: [],
      availability_replicas: [],
      availability_replica_states: [],
      physical_seeding_stats: [],
      automatic_seeding: [],
      certificates: [],
      database_mirroring_endpoints: [],
      tcp_endpoints: [],
      databases: [],
      ...{ database_replica_states: [], performance_counters: [], master_files: [] },
      endpoint_certificate: [],
      ...views,
    },
    clockOffsetSeconds: 0,
  };
}

/** A configured server with this outcome. */
export function serverState(name: string, outcome: Outcome, state: Partial<ServerState> = {}): ServerState {
  const polled = outcome.kind !== 'pending';
  return {
    name,
    host: `${name}.corp.example`,
    outcome,
    views: new Map(),
    identity: outcome.kind === 'ok' ? outcome.snapshot.server : null,
    lastPollTimestampSeconds: polled ? now : null,
    lastSuccessTimestampSeconds: outcome.kind === 'ok' ? now : null,
    lastPollDurationSeconds: polled ? 0.02 : null,
    polls: polled ? 1 : 0,
    pollFailures: new Map(),
    logins: polled ? 1 : 0,
    ...{ history: noHistory, recentPolls: [], nextPollTimestampSeconds: null },
    ...state,
  };
}

export function pendingServer(name: string, state: Partial<ServerState> = {}): ServerState {
  return serverState(name, { kind: 'pending' }, state);
}

export function failedServer(name: string, state: Partial<ServerState> = {}): ServerState {
  const failure: Failure = { reason: 'refused', message: 'connection refused', errorNumber: null };
  return serverState(name, { kind: 'failed', view: null, failure }, state);
}

/** How one link looks from one of its ends. */
export interface LinkAtEnd {
  /** DAG_Sales unless given. */
  readonly link?: string;
  /** mi-prod unless given; null leaves `;Server=[..]` out of the endpoint address. */
  readonly managedInstance?: string | null;
  readonly groupId?: string;
  readonly sqlHost?: string;
  /** Role of the local row; PRIMARY unless given. null: the row has no role. */
  readonly role?: string | null;
  readonly local?: Partial<ReplicaState>;
  /** Columns of the partner's row. As on a real server only a primary end has it; null: a primary end without it. */
  readonly partner?: Partial<ReplicaState> | null;
}

interface GroupRows {
  readonly groups: readonly AvailabilityGroup[];
  readonly replicas: readonly AvailabilityReplica[];
  readonly states: readonly ReplicaState[];
}

/** Rows of the distributed group and of the end's own group, in which this end is always PRIMARY. */
export function linkRows(engine: Engine, at: LinkAtEnd = {}): GroupRows {
  const { link = 'DAG_Sales', managedInstance = 'mi-prod', sqlHost = 'sql01.corp.example', role = 'PRIMARY' } = at;
  const groupId = at.groupId ?? guid(`${link}@${managedInstance}`);
  const ownGroupId = guid(`${groupId} own ${engine}`);
  const ownReplicaId = guid(`${ownGroupId} replica`);
  const ids = { sql_server: guid(`${groupId} sql`), managed_instance: guid(`${groupId} mi`) };
  const other = engine === 'sql_server' ? ids.managed_instance : ids.sql_server;
  const miHost = `tcp://${managedInstance ?? 'mi-prod'}.0123abcd.database.windows.net:5022`;
  const own = { sql_server: link.replace('DAG', 'AG'), managed_instance: `${link.replace('DAG', 'AG')}_MI` };
  const partner = at.partner === undefined ? (role === 'PRIMARY' ? {} : null) : at.partner;
  return {
    groups: [
      { groupId, name: link, isDistributed: true, clusterType: null },
      { groupId: ownGroupId, name: own[engine], isDistributed: false, clusterType: 'NONE' },
    ],
    replicas: [
      availabilityReplica({
        replicaId: ids.sql_server,
        groupId,
        replicaServerName: own.sql_server,
        endpointUrl: `tcp://${sqlHost}:5022`,
      }),
      availabilityReplica({
        replicaId: ids.managed_instance,
        groupId,
        replicaServerName: own.managed_instance,
        endpointUrl: managedInstance === null ? miHost : `${miHost};Server=[${managedInstance}]`,
      }),
      availabilityReplica({ replicaId: ownReplicaId, groupId: ownGroupId, replicaServerName: 'NODE1' }),
    ],
    states: [
      replicaState({ replicaId: ids[engine], groupId, role, ...at.local }),
      ...(partner === null ? [] : [replicaState({ replicaId: other, groupId, isLocal: false, ...partner })]),
      replicaState({ replicaId: ownReplicaId, groupId: ownGroupId }),
    ],
  };
}

/** With an end of each link given. */
export interface PolledServer {
  readonly facts?: Partial<ServerFacts>;
  readonly links?: readonly LinkAtEnd[];
  /** Replaces what the links yield; null: the view was not read. */
  readonly views?: Partial<Snapshot['views']>;
  readonly state?: Partial<ServerState>;
}

/** An answered server of this engine, as a poll would have left it. */
export function polledServer(name: string, engine: Engine, polled: PolledServer = {}): ServerState {
  const rows = (polled.links ?? []).map((link) => linkRows(engine, link));
  const facts = serverFacts({ engine, ...polled.facts });
  const views: Partial<Snapshot['views']> = {
    availability_groups: rows.flatMap((each) => each.groups),
    availability_replicas: rows.flatMap((each) => each.replicas),
    availability_replica_states: rows.flatMap((each) => each.states),
    ...polled.views,
  };
  return serverState(name, { kind: 'ok', snapshot: snapshot(facts, views) }, polled.state);
}

/** The SQL Server end, host sql01.corp.example, of the link given: DAG_Sales with role PRIMARY unless told otherwise. */
export function sqlServer(at: LinkAtEnd = {}, polled: PolledServer = {}): ServerState {
  const state = { host: 'sql01.corp.example', ...polled.state };
  return polledServer('sql-prod-01', 'sql_server', { links: [at], ...polled, state });
}

/** The managed instance's end: DAG_Sales with role SECONDARY unless told otherwise. */
export function managedInstance(at: LinkAtEnd = {}, polled: PolledServer = {}): ServerState {
  const host = `${at.managedInstance ?? 'mi-prod'}.0123abcd.database.windows.net`;
  return polledServer('mi-prod', 'managed_instance', {
    links: [{ role: 'SECONDARY', ...at }],
    ...polled,
    facts: { serverName: host, ...polled.facts },
    state: { host, ...polled.state },
  });
}
