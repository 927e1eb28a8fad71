import type { Database, DatabaseReplicaState } from '../../src/model/database.ts';
import type { ExpectedLink } from '../../src/model/expected-link.ts';
import type { SeedingAttempt } from '../../src/model/seeding.ts';
import type { Engine } from '../../src/model/server.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { fc } from '../fuzz/property.ts';
import { database, databaseState, lsn } from './database-rows.ts';
import { type Fault, hidingFaults, visibleFaults, withFault } from './estate-faults.ts';
import { legalNoise, type Noise, noiseRows } from './estate-noise.ts';
import {
  certificate,
  guid,
  type LinkAtEnd,
  linkRows,
  mirroringEndpoint,
  now,
  polledServer,
  seedingAttempt,
} from './server-state.ts';

/** How a database of the link is at the end that is not primary, or at the primary itself. */
export const copyStates = [
  'moving',
  'stopped',
  'suspended',
  'reverting',
  'seeding',
  'failed',
  'absent',
  'suspect',
] as const;
export type CopyState = (typeof copyStates)[number];

/** Both ends of one link as a world: rows are derived from it for each end as a real server would show them. */
export interface Estate {
  readonly primary: Engine;
  readonly databases: readonly CopyState[];
  readonly isConnected: boolean;
  /** Both ends are PRIMARY. */
  readonly isSplit: boolean;
  /** The engine whose endpoint is stopped; null: none. */
  readonly stoppedEndpoint: Engine | null;
  readonly noise: readonly Noise[];
  /** What is wrong besides, each as if the others were not. */
  readonly faults: readonly Fault[];
}

export const anyEstate: fc.Arbitrary<Estate> = fc.record({
  primary: fc.constantFrom<Engine>('sql_server', 'managed_instance'),
  databases: fc.array(fc.constantFrom(...copyStates), { maxLength: 4 }),
  isConnected: fc.constantFrom(true, true, true, false),
  isSplit: fc.constantFrom(false, false, false, false, true),
  stoppedEndpoint: fc.constantFrom<Engine | null>(null, null, null, 'sql_server'),
  noise: fc.subarray([...legalNoise]),
  faults: fc.oneof(
    fc.constant([]),
    fc.subarray<Fault>([...visibleFaults], { maxLength: 2 }),
    fc.subarray<Fault>([...visibleFaults, ...hidingFaults], { maxLength: 2 }),
  ),
});

/** A link in good order under any legal noise. */
export const anyHealthyEstate: fc.Arbitrary<Estate> = fc.record({
  primary: fc.constantFrom<Engine>('sql_server', 'managed_instance'),
  databases: fc.array(fc.constant<CopyState>('moving'), { minLength: 1, maxLength: 4 }),
  isConnected: fc.constant(true),
  isSplit: fc.constant(false),
  stoppedEndpoint: fc.constant(null),
  noise: fc.subarray([...legalNoise]),
  faults: fc.constant([]),
});

export const serverOf: Readonly<Record<Engine, string>> = { sql_server: 'sql-prod-01', managed_instance: 'mi-prod' };
const miHost = 'mi-prod.0123abcd.database.windows.net';

/** The servers of an estate as polls left them. */
export function serversOf(estate: Estate): readonly ServerState[] {
  const others = estate.noise.includes('server without a link')
    ? [polledServer('sql-other', 'sql_server', { facts: { serverName: 'SQLOTHER' } })]
    : [];
  const servers = [serverAt('sql_server', estate), serverAt('managed_instance', estate), ...others];
  return estate.faults.reduce<readonly ServerState[]>(
    (all, fault) => withFault(all, fault, serverOf[estate.primary]),
    servers,
  );
}

/** In the configuration where an end may not be seen: else nobody knows of a link that no server shows. */
export function expectedOf({ faults }: Estate): readonly ExpectedLink[] {
  const isHidden = faults.some((fault) => hidingFaults.some((each) => each === fault));
  const listed = { name: 'DAG_Sales', managedInstance: 'mi-prod', servers: Object.values(serverOf), databases: [] };
  return isHidden ? [listed] : [];
}

/** How the end's role is called in its local row. */
function roleAt(engine: Engine, { primary, isSplit }: Estate): string {
  return isSplit || engine === primary ? 'PRIMARY' : 'SECONDARY';
}

/** The worst of the joined databases, as a replica's synchronization_health is rolled up. */
function rollup({ databases, isConnected, isSplit }: Estate): string {
  if (!isConnected || isSplit) return 'NOT_HEALTHY';
  return databases.some((state) => state !== 'moving' && state !== 'absent' && state !== 'suspect')
    ? 'NOT_HEALTHY'
    : 'HEALTHY';
}

function serverAt(engine: Engine, estate: Estate): ServerState {
  const connected = estate.isConnected && !estate.isSplit ? 'CONNECTED' : 'DISCONNECTED';
  const error = estate.noise.includes('old connection error') ? 35_206 : null;
  const at: LinkAtEnd = {
    role: roleAt(engine, estate),
    local: { lastConnectErrorNumber: error },
    ...(roleAt(engine, estate) === 'PRIMARY'
      ? { partner: { connectedState: connected, synchronizationHealth: rollup(estate), lastConnectErrorNumber: error } }
      : {}),
  };
  const rows = linkRows(engine, at);
  const extra = noiseRows(engine, estate.noise);
  return polledServer(serverOf[engine], engine, {
    facts: engine === 'sql_server' ? {} : { serverName: miHost },
    state: { host: engine === 'sql_server' ? 'sql01.corp.example' : miHost },
    views: {
      availability_groups: [...rows.groups, ...extra.groups],
      availability_replicas: [...rows.replicas, ...extra.replicas],
      availability_replica_states: [...rows.states, ...extra.states],
      automatic_seeding: attempts(engine, estate, rows),
      ...databaseRows(engine, estate, rows),
      ...trustRows(engine, estate),
    },
  });
}

type LinkRows = ReturnType<typeof linkRows>;

function databaseId(index: number): string {
  return guid(`database D${index}`);
}

/** Whether this end has a copy that has joined. */
function hasCopy(engine: Engine, estate: Estate, state: CopyState): boolean {
  return engine === estate.primary || estate.isSplit || !['seeding', 'failed', 'absent'].includes(state);
}

function databaseRows(
  engine: Engine,
  estate: Estate,
  rows: LinkRows,
): { readonly databases: readonly Database[]; readonly database_replica_states: readonly DatabaseReplicaState[] } {
  const [local, ...rest] = rows.states;
  const partner = rest.find((row) => !row.isLocal);
  const own = rest.find((row) => row.isLocal);
  const shown = estate.databases.flatMap((state, index) => (hasCopy(engine, estate, state) ? [{ state, index }] : []));
  const contained = estate.noise.includes('contained group')
    ? ['master', 'msdb'].map((name, index) => ({
        name: `${ownGroupName(engine)}_${name}`,
        id: guid(`${engine} ${name}`),
        index,
      }))
    : [];
  const base = (index: number, row: Partial<DatabaseReplicaState>): DatabaseReplicaState =>
    databaseState({ databaseId: 5 + index, groupDatabaseId: databaseId(index), ...row });
  return {
    databases: [
      ...shown.map(({ state, index }) =>
        database({
          databaseId: 5 + index,
          name: `D${index}`,
          groupDatabaseId: databaseId(index),
          replicaId: own?.replicaId ?? null,
          state: state === 'suspect' && engine === estate.primary ? 'SUSPECT' : 'ONLINE',
        }),
      ),
      ...contained.map(({ name, id, index }) =>
        database({ databaseId: 50 + index, name, groupDatabaseId: id, replicaId: own?.replicaId ?? null }),
      ),
    ],
    database_replica_states: [
      ...shown.flatMap(({ state, index }) => [
        base(index, {
          groupId: local?.groupId ?? '',
          replicaId: local?.replicaId ?? '',
          ...localColumns(engine, estate, state),
        }),
        base(index, { groupId: own?.groupId ?? '', replicaId: own?.replicaId ?? '', isPrimaryReplica: true }),
        ...(partner === undefined || !hasCopy(other(engine), estate, state)
          ? []
          : [
              base(index, {
                groupId: partner.groupId,
                replicaId: partner.replicaId,
                isLocal: false,
                ...copyColumns(estate, state),
              }),
            ]),
      ]),
      ...contained.map(({ id, index }) =>
        databaseState({
          databaseId: 50 + index,
          groupDatabaseId: id,
          groupId: own?.groupId ?? '',
          replicaId: own?.replicaId ?? '',
          isPrimaryReplica: true,
        }),
      ),
    ],
  };
}

function other(engine: Engine): Engine {
  return engine === 'sql_server' ? 'managed_instance' : 'sql_server';
}

function ownGroupName(engine: Engine): string {
  return engine === 'sql_server' ? 'AG_Sales' : 'AG_Sales_MI';
}

/** What the primary says of the other end's copy. */
function copyColumns(estate: Estate, state: CopyState): Partial<DatabaseReplicaState> {
  const isStill = !estate.isConnected || estate.isSplit || ['stopped', 'suspended', 'reverting'].includes(state);
  const word = state === 'reverting' ? 'REVERTING' : 'NOT SYNCHRONIZING';
  return {
    lastHardenedLsn: lsn,
    secondaryLagSeconds: isStill ? 600 : 0,
    ...(isStill ? { synchronizationState: word, synchronizationHealth: 'NOT_HEALTHY' } : {}),
    ...(state === 'suspended' ? { isSuspended: true, suspendReason: 'SUSPEND_FROM_USER' } : {}),
  };
}

function localColumns(engine: Engine, estate: Estate, state: CopyState): Partial<DatabaseReplicaState> {
  if (engine !== estate.primary) return copyAtSecondary(state);
  return { isPrimaryReplica: true, lastHardenedLsn: null, redoQueueBytes: null };
}

/** What the other end says of its own copy. */
function copyAtSecondary(state: CopyState): Partial<DatabaseReplicaState> {
  if (state === 'suspended') return { isSuspended: true, suspendReason: 'SUSPEND_FROM_USER' };
  return state === 'reverting' ? { synchronizationState: 'REVERTING', synchronizationHealth: 'NOT_HEALTHY' } : {};
}

/** Attempts as both ends keep them: the running or failed one of a copy that is not there, and what once was. */
function attempts(engine: Engine, estate: Estate, rows: LinkRows): readonly SeedingAttempt[] {
  const groupId = rows.states[0]?.groupId ?? '';
  const remote = rows.states.find((row) => !row.isLocal)?.replicaId ?? guid('remote');
  const isSource = engine === estate.primary;
  const of = (index: number, row: Partial<SeedingAttempt>): SeedingAttempt =>
    seedingAttempt({
      groupId,
      groupDatabaseId: databaseId(index),
      remoteReplicaId: remote,
      isSource,
      operationId: guid(`o${index}`),
      ...row,
    });
  const old = {
    currentState: 'FAILED',
    failureState: 21,
    startTimestampSeconds: now - 30 * 86_400,
    completionTimestampSeconds: now - 30 * 86_400 + 600,
  };
  return estate.databases.flatMap((state, index) => [
    ...(estate.noise.includes('failed attempt of long ago') ? [of(index, old)] : []),
    ...(state === 'seeding' ? [of(index, { currentState: 'SEEDING', completionTimestampSeconds: null })] : []),
    ...(state === 'failed' ? [of(index, { currentState: 'FAILED', errorCode: 1412 })] : []),
  ]);
}

function trustRows(
  engine: Engine,
  { stoppedEndpoint, noise }: Estate,
): Pick<Snapshot['views'], 'certificates' | 'database_mirroring_endpoints'> {
  const endpoint = mirroringEndpoint({ state: stoppedEndpoint === engine ? 'STOPPED' : 'STARTED' });
  const expired = { expiryTimestampSeconds: now - 30 * 86_400 };
  return {
    database_mirroring_endpoints: [endpoint],
    certificates: [
      certificate(),
      ...(noise.includes('expired certificate of another use')
        ? [certificate({ ...expired, certificateId: 300, name: 'TDE' })]
        : []),
      ...(noise.includes('imported certificate that signs modules')
        ? [
            certificate({
              ...expired,
              certificateId: 301,
              name: 'Signing',
              privateKeyEncryption: 'NA',
              issuer: 'CN=Signing',
              subject: 'CN=Signing',
            }),
          ]
        : []),
    ],
  };
}
