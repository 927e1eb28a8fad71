import type { State } from '../../src/metrics/family.ts';
import type { Certificate, MirroringEndpoint } from '../../src/model/endpoint.ts';
import { noHistory } from '../../src/model/history.ts';
import type { PhysicalSeeding } from '../../src/model/seeding.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import type { ViewName, ViewReading } from '../../src/model/snapshot.ts';
import { database, databaseViews } from '../link/database-rows.ts';
import {
  failedServer,
  guid,
  linkRows,
  managedInstance,
  now,
  certificate as ownCertificate,
  pendingServer,
  physicalSeeding,
  seedingAttempt,
  sqlServer,
  mirroringEndpoint as startedEndpoint,
} from '../link/server-state.ts';
import { fullAzure } from './azure-rows.ts';
import { stateOf } from './series.ts';

/** The group of the link that `sqlServer()` and `managedInstance()` carry. */
export const linkGroup = guid('DAG_Sales@mi-prod');

/** A transfer; as given, half done and running for a minute at its source. */
export function transfer(row: Partial<PhysicalSeeding> = {}): PhysicalSeeding {
  return physicalSeeding({
    remoteMachineName: 'node-7',
    transferRateBytesPerSecond: 1000,
    transferredBytes: 5000,
    databaseSizeBytes: 10_000,
    startTimestampSeconds: now - 60,
    estimatedCompletionTimestampSeconds: now + 60,
    diskIoWaitSeconds: 0.25,
    networkWaitSeconds: 1.5,
    ...row,
  });
}

/** A certificate; as given, that of the endpoint, valid since yesterday and for thirty days. */
export function certificate(row: Partial<Certificate> = {}): Certificate {
  const [startTimestampSeconds, expiryTimestampSeconds] = [now - 86_400, now + 30 * 86_400];
  return ownCertificate({ startTimestampSeconds, expiryTimestampSeconds, thumbprint: 'AB12', ...row });
}

/** A database mirroring endpoint; as given, as a link needs it. */
export function mirroringEndpoint(row: Partial<MirroringEndpoint> = {}): MirroringEndpoint {
  return startedEndpoint({ name: 'hadr', ...row });
}

/** Four servers between them with a sample of every family. */
export function fullState(): State {
  const partner = { lastConnectErrorNumber: 10_061, lastConnectErrorTimestampSeconds: now - 86_400 };
  const end = { role: 'PRIMARY', partner };
  const { groups, replicas, states } = linkRows('sql_server', end);
  const rows = databaseViews('sql_server', end);
  const views = {
    permissions: [{ name: 'VIEW SERVER STATE', held: true }],
    availability_groups: groups,
    availability_replicas: replicas,
    availability_replica_states: states,
    physical_seeding_stats: [transfer()],
    automatic_seeding: [
      seedingAttempt({
        groupId: linkGroup,
        groupDatabaseId: guid('database HR'),
        currentState: 'FAILED',
        errorCode: 1412,
      }),
    ],
    certificates: [certificate()],
    database_mirroring_endpoints: [mirroringEndpoint()],
    ...rows,
    // Its copy is not there: only then a failed attempt says how things stand.
    databases: [
      ...(rows.databases ?? []),
      database({ ...rows.databases?.[0], databaseId: 6, name: 'HR', groupDatabaseId: guid('database HR') }),
    ],
    performance_counters: [
      { instanceName: 'Sales', counter: 'size' as const, bytes: 2_000_000 },
      { instanceName: 'Sales', counter: 'used' as const, bytes: 1_500_000 },
    ],
    master_files: [{ databaseId: 5, fileId: 2, sizeBytes: 2_000_000, limitBytes: 3_000_000 }],
    tcp_endpoints: [{ endpointId: 65_536, port: 5022, ipAddress: null }],
  };
  const failure = { reason: 'permission', message: 'denied', errorNumber: 300 } as const;
  const readings = new Map<ViewName, ViewReading>([
    [
      'server',
      { durationSeconds: 0.001, failure: null, readTimestampSeconds: now, unreadableColumns: ['ProductUpdateType'] },
    ],
    ['certificates', { durationSeconds: 0.001, failure, readTimestampSeconds: null }],
  ]);
  const turn = {
    from: 'SECONDARY',
    to: 'PRIMARY',
    afterTimestampSeconds: now - 3615,
    byTimestampSeconds: now - 3600,
  } as const;
  const history = {
    ...noHistory,
    logs: new Map([['sales', { samples: [], growthBytesPerSecond: 1000, waitsForBackupSinceSeconds: null }]]),
    roles: new Map([[linkGroup, { role: 'PRIMARY', changes: new Map([['PRIMARY', 1]]), turn }]]),
    groups: new Map(),
    transfers: new Map([
      [guid('operation'), { transferredBytes: 5000, movedTimestampSeconds: now - 15, readTimestampSeconds: now }],
    ]),
  };
  const trust = {
    certificates: [
      certificate({ thumbprint: 'CD34' }),
      certificate({ certificateId: 257, privateKeyEncryption: 'NA' }),
    ],
    database_mirroring_endpoints: [mirroringEndpoint()],
  };
  const errorLog = {
    reading: { durationSeconds: 0.02, failure: null, readTimestampSeconds: now },
    counts: new Map([[35_206, 2]]),
  };
  const expected = [{ name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases: ['Sales'] }];
  return stateOf(
    [
      withLeftOut(
        sqlServer(
          {},
          {
            views,
            state: { views: readings, history, errorLog, nextPollTimestampSeconds: now + 15, pollIntervalSeconds: 15 },
          },
        ),
      ),
      managedInstance({}, { views: trust }),
      failedServer('down'),
      pendingServer('new'),
    ],
    expected,
    fullAzure(),
  );
}

/** A server that has more than the limits of the configuration. */
function withLeftOut(server: ServerState): ServerState {
  if (server.outcome.kind !== 'ok') return server;
  const snapshot = { ...server.outcome.snapshot, leftOut: { groups: 1, databases: 2, rows: 3 } };
  return { ...server, outcome: { kind: 'ok', snapshot } };
}
