import type { ServerState } from '../../src/model/server-state.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { database } from './database-rows.ts';
import { certificate, failedServer, mirroringEndpoint, now, polledServer } from './server-state.ts';

/** What may be wrong with an end whatever its databases do, and hides nothing of what it says. By role: as wrong either way round. */
export const visibleFaults = [
  'primary failed',
  'primary pending',
  'primary in recovery',
  'commit modes differ',
  'certificate expired',
  'certificate ends in hours',
  'certificate ends in days',
  'certificate not valid yet',
  'certificate not seen',
  'build too old',
] as const;

/** These take away what one end would say. */
export const hidingFaults = [
  'primary unreachable',
  'primary lost',
  'other end unreachable',
  'primary dropped',
  'other end dropped',
  'view not read',
] as const;

export type Fault = (typeof visibleFaults)[number] | (typeof hidingFaults)[number];

/** Of one engine only, so that they have no mirror image. */
export const oneSidedFaults: ReadonlySet<Fault> = new Set<Fault>([
  'certificate expired',
  'certificate ends in hours',
  'certificate ends in days',
  'certificate not valid yet',
  'certificate not seen',
  'build too old',
]);

/** The servers with a fault. `primary` is the name of the primary's server. */
export function withFault(servers: readonly ServerState[], fault: Fault, primary: string): readonly ServerState[] {
  return servers.map((server) => {
    if (server.name !== 'sql-prod-01' && server.name !== 'mi-prod') return server;
    return faulty(server, fault, server.name === primary);
  });
}

function faulty(server: ServerState, fault: Fault, isPrimary: boolean): ServerState {
  const isSqlServer = server.name === 'sql-prod-01';
  switch (fault) {
    case 'primary failed':
      return isPrimary ? withLocal(server, { operationalState: 'FAILED' }) : server;
    case 'primary pending':
      return isPrimary ? withLocal(server, { operationalState: 'PENDING' }) : server;
    case 'primary in recovery':
      return isPrimary ? withLocal(server, { recoveryHealth: 'ONLINE_IN_PROGRESS' }) : server;
    case 'commit modes differ':
      return isPrimary ? withSynchronousMember(server) : server;
    case 'view not read':
      return isPrimary ? withViews(server, () => ({ automatic_seeding: null })) : server;
    case 'build too old':
      return isSqlServer ? withFacts(server, { version: '16.0.900.1' }) : server;
    case 'primary unreachable':
      return isPrimary ? unreachable(server) : server;
    case 'primary lost':
      return isPrimary ? unreachable(server) : withoutPrimary(server);
    case 'other end unreachable':
      return isPrimary ? server : unreachable(server);
    case 'primary dropped':
      return isPrimary ? dropped(server) : server;
    case 'other end dropped':
      return isPrimary ? server : dropped(server);
    default:
      return isSqlServer ? withCertificate(server, fault) : server;
  }
}

type CertificateFault = Extract<Fault, `certificate ${string}`>;

const dates: Readonly<Record<CertificateFault, Partial<ReturnType<typeof certificate>> | null>> = {
  'certificate expired': { expiryTimestampSeconds: now - 86_400 },
  'certificate ends in hours': { expiryTimestampSeconds: now + 20 * 3600 },
  'certificate ends in days': { expiryTimestampSeconds: now + 10 * 86_400 },
  'certificate not valid yet': { startTimestampSeconds: now + 7 * 86_400 },
  'certificate not seen': null,
};

function withCertificate(server: ServerState, fault: CertificateFault): ServerState {
  return withViews(server, ({ certificates, database_mirroring_endpoints: endpoints }) => {
    const own = dates[fault];
    const others = (certificates ?? []).filter(({ certificateId }) => certificateId !== 256);
    return {
      certificates: [...others, ...(own === null ? [] : [certificate(own)])],
      database_mirroring_endpoints: endpoints?.length === 0 ? [mirroringEndpoint()] : endpoints,
    };
  });
}

type Views = Snapshot['views'];

function withViews(server: ServerState, change: (views: Views) => Partial<Views>): ServerState {
  if (server.outcome.kind !== 'ok') return server;
  const { snapshot } = server.outcome;
  const views = { ...snapshot.views, ...change(snapshot.views) };
  return { ...server, outcome: { kind: 'ok', snapshot: { ...snapshot, views } } };
}

function withFacts(server: ServerState, facts: Partial<Snapshot['server']>): ServerState {
  if (server.outcome.kind !== 'ok') return server;
  const { snapshot } = server.outcome;
  return { ...server, outcome: { kind: 'ok', snapshot: { ...snapshot, server: { ...snapshot.server, ...facts } } } };
}

/** The local row of the link, which stands first. */
function withLocal(
  server: ServerState,
  row: Partial<NonNullable<Views['availability_replica_states']>[number]>,
): ServerState {
  return withViews(server, ({ availability_replica_states: states }) => ({
    availability_replica_states: states?.map((each, index) => (index === 0 ? { ...each, ...row } : each)) ?? null,
  }));
}

function withSynchronousMember(server: ServerState): ServerState {
  return withViews(server, ({ availability_replicas: replicas }) => ({
    availability_replicas:
      replicas?.map((each, index) => (index === 0 ? { ...each, availabilityMode: 'SYNCHRONOUS_COMMIT' } : each)) ??
      null,
  }));
}

/** What an end says whose primary has been down for a quarter of an hour. */
function withoutPrimary(server: ServerState): ServerState {
  const still = { lastReceivedTimestampSeconds: now - 900, lastHardenedTimestampSeconds: now - 900 };
  const lost = withLocal(server, { connectedState: 'DISCONNECTED', synchronizationHealth: 'NOT_HEALTHY' });
  return withViews(lost, ({ database_replica_states: states }) => ({
    database_replica_states:
      states?.map((row) => ({
        ...row,
        ...still,
        ...(row.isPrimaryReplica === true || row.synchronizationState !== 'SYNCHRONIZING'
          ? {}
          : { synchronizationState: 'NOT SYNCHRONIZING', synchronizationHealth: 'NOT_HEALTHY' }),
      })) ?? null,
  }));
}

function unreachable({ name, host, identity }: ServerState): ServerState {
  return failedServer(name, { host, identity });
}

/** It answers, has no group, and its databases are its own now. */
function dropped(server: ServerState): ServerState {
  const { name, host, outcome } = server;
  if (outcome.kind !== 'ok') return server;
  const { server: facts, views } = outcome.snapshot;
  const databases = (views.databases ?? [])
    .filter((row) => /^D\d$/.test(row.name))
    .map((row) => database({ ...row, groupDatabaseId: null, replicaId: null }));
  return polledServer(name, facts.engine, { facts, views: { databases }, state: { host } });
}
