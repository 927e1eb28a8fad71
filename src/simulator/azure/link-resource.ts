import { withoutTrailing } from '../without-trailing.ts';
import { logPosition } from '../world/log-position.ts';
import type { DatabaseState, LinkState, World } from '../world/state.ts';
import { databaseHealth, databaseSynchronization, linkConnected } from '../world/synchronization.ts';
import { type EndName, otherEnd } from '../world/topology.ts';

/** From this version on Azure tells links of several databases from others. */
const firstVersionWithMode = '2025-08-01-preview';

type Properties = Readonly<Record<string, unknown>>;

/** Whether Azure has a link: with the managed instance's end, or because its creation failed. */
export function isInAzure({ present }: LinkState, { azure }: World): boolean {
  return present.managedInstance || azure.replicaState === 'LinkInitError';
}

/** A link as Azure shows it, in the forms of recorded answers: absent keys, {}, -1, "0" and "1" for what is not there. */
export function linkResource(
  world: World,
  link: LinkState,
  at: { readonly id: string; readonly version: string },
): object {
  const { identity } = link;
  const isPrimary = link.roles.managedInstance === 'PRIMARY';
  const isMultiple = identity.databases.length > 1;
  return {
    properties: {
      distributedAvailabilityGroupName: identity.name,
      distributedAvailabilityGroupId: identity.groupIds.managedInstance.toLowerCase(),
      replicationMode: link.mode === 'SYNCHRONOUS_COMMIT' ? 'Sync' : 'Async',
      partnerLinkRole: isPrimary ? 'Secondary' : 'Primary',
      partnerAvailabilityGroupName: identity.members.sqlServer.groupName,
      partnerEndpoint: identity.endpointUrls.sqlServer.toLowerCase(),
      instanceLinkRole: isPrimary ? 'Primary' : 'Secondary',
      instanceAvailabilityGroupName: identity.members.managedInstance.groupName,
      failoverMode: 'Manual',
      seedingMode: 'Automatic',
      ...(isMultiple && at.version >= firstVersionWithMode ? { linkMode: 'MultiDatabase' } : {}),
      databases: link.databases
        .filter(({ inGroup }) => inGroup.managedInstance)
        .map((database) => databaseEntry(world, link, database)),
    },
    // Of a secondary answers of 2024 named the instance.
    id: isPrimary ? `${at.id}/distributedAvailabilityGroups/${identity.name}` : at.id,
    name: identity.name,
    type: 'Microsoft.Sql/managedInstances/distributedAvailabilityGroups',
  };
}

function databaseEntry(world: World, link: LinkState, database: DatabaseState): Properties {
  const { identity } = database;
  const names = {
    databaseName: identity.name,
    instanceReplicaId: link.identity.members.managedInstance.memberReplicaId.toLowerCase(),
  };
  if (world.azure.replicaState !== undefined) {
    return {
      ...names,
      mostRecentLinkError: String(world.azure.mostRecentLinkError),
      partnerAuthCertValidity: validityOf(world),
      replicaState: world.azure.replicaState,
    };
  }
  const isPrimary = link.roles.managedInstance === 'PRIMARY';
  return {
    ...names,
    partnerReplicaId: link.identity.members.sqlServer.memberReplicaId.toLowerCase(),
    ...statesOf(world, link, database),
    ...positionsOf(world, link, database),
    partnerAuthCertValidity: isPrimary ? validityOf(world) : {},
    instanceSendReplicationLagSeconds: isPrimary && !linkConnected(link) ? -1 : 0,
    instanceRedoReplicationLagSeconds: 0,
  };
}

function statesOf(world: World, link: LinkState, database: DatabaseState): Properties {
  const isConnected = linkConnected(link);
  const attempt = database.seeding.at(-1);
  if (!database.joined && attempt?.outcome.kind === 'running') {
    const percent = Math.floor((100 * attempt.transferredBytes) / database.identity.sizeBytes);
    // Only Microsoft's specification shows a progress.
    const progress = { replicaState: 'LinkInitialSeeding', seedingProgress: `${Math.min(percent, 99)}%` };
    return { ...progress, synchronizationHealth: 'HEALTHY', connectedState: 'CONNECTED' };
  }
  const isPrimary = link.roles.managedInstance === 'PRIMARY';
  if (!isConnected) {
    return {
      replicaState: 'LinkSynchronizationError',
      // The health of a secondary that lost its partner was stale in a recording.
      synchronizationHealth: isPrimary ? 'NOT_HEALTHY' : 'HEALTHY',
      connectedState: 'DISCONNECTED',
      mostRecentLinkError: isPrimary ? '41977' : '41976',
    };
  }
  const isSwitching = link.roles.sqlServer === 'SECONDARY' && !isPrimary;
  return {
    replicaState: isSwitching ? 'LinkFailoverInProgress' : 'LinkSynchronizing',
    synchronizationHealth: databaseHealth(link, databaseSynchronization(link, database, world.nowMilliseconds)),
    connectedState: 'CONNECTED',
  };
}

/** A primary has what it sent, a secondary what it received; after a loss "1" and "0" stand for nothing. */
function positionsOf(world: World, link: LinkState, database: DatabaseState): Properties {
  const isPrimary = link.roles.managedInstance === 'PRIMARY';
  const writer: EndName = isPrimary ? 'managedInstance' : link.writer;
  const reached = isPrimary ? world.nowMilliseconds : database.hardenedAsOfMilliseconds;
  const lsn = String(10n ** 16n + BigInt(Math.max(0, positionAt(world, { link, database, writer, reached }))));
  const [sent, redone] = [timeText(database.sentAsOfMilliseconds), timeText(database.redoneAsOfMilliseconds)];
  if (isPrimary && !linkConnected(link)) {
    return { lastSentLsn: '1', lastSentTime: sent, lastCommitLsn: '0', lastHardenedLsn: '0', lastHardenedTime: sent };
  }
  const moved = isPrimary ? { lastSentLsn: lsn, lastSentTime: sent } : { lastReceivedLsn: lsn, lastReceivedTime: sent };
  return {
    ...moved,
    lastCommitLsn: lsn,
    lastCommitTime: isPrimary ? timeText(world.nowMilliseconds) : redone,
    lastHardenedLsn: lsn,
    lastHardenedTime: timeText(reached),
  };
}

interface Position {
  readonly link: LinkState;
  readonly database: DatabaseState;
  readonly writer: EndName;
  readonly reached: number;
}

function positionAt({ topology }: World, { link, database, writer, reached }: Position): number {
  const { startMilliseconds } = topology;
  return logPosition({ link, database, writer, atMilliseconds: reached, startMilliseconds });
}

/** SQL Server's certificate as the managed instance holds it. */
function validityOf({ certificates }: World): Properties {
  const held = certificates[otherEnd('sqlServer')].find(({ isEndpointCertificate }) => !isEndpointCertificate);
  return held === undefined ? {} : { certificateName: held.name, expiryDate: timeText(held.expiryMilliseconds) };
}

/** With as many decimals as there are: recordings have 0, 2 and 3. */
function timeText(milliseconds: number): string {
  return `${withoutTrailing(withoutTrailing(new Date(milliseconds).toISOString().slice(0, -1), '0'), '.')}Z`;
}
