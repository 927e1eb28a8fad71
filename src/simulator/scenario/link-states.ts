import { messageText } from '../world/message.ts';
import type { ConnectError, DatabaseState, LinkState, RoleChange, SeedingAttempt } from '../world/state.ts';
import type { DatabaseIdentity, EndName, LinkIdentity, PerEnd } from '../world/topology.ts';
import type { Frame, Stage } from './stage.ts';

/** The link compresses what it sends (sys.dm_hadr_physical_seeding_stats.is_compression_enabled). */
const compressedShare = 0.62;
/** About 84 GB an hour, the rate that Microsoft's troubleshooting page takes as its example. */
const ordinaryBytesPerSecond = 23_400_000;
const dayMilliseconds = 86_400_000;
/** Some days of log. */
const logLimitBytes = 128 * 1024 ** 3;
/** What is used of a log that is about to be full: more than an hour is left at the rate of any database. */
const fullShare = 0.98;

/** A link in good order: SQL Server is primary and the managed instance keeps up. */
export function healthyLink(frame: Frame, identity: LinkIdentity): LinkState {
  return {
    identity,
    present: { sqlServer: true, managedInstance: true },
    roles: { sqlServer: 'PRIMARY', managedInstance: 'SECONDARY' },
    operation: {},
    connected: true,
    mode: 'ASYNCHRONOUS_COMMIT',
    storedModes: {},
    writer: 'sqlServer',
    fork: null,
    quietSinceMilliseconds: null,
    idle: null,
    lastLogBackupMilliseconds: null,
    connectErrors: { sqlServer: null, managedInstance: null },
    roleChanges: [],
    databases: identity.databases.map((database) => healthyDatabase(frame, identity, database)),
  };
}

/** A link in which that end is primary and its log the one to follow; what was seeded was seeded from it. */
export function withPrimary(link: LinkState, primary: EndName): LinkState {
  if (primary === 'sqlServer') return link;
  return {
    ...link,
    roles: { sqlServer: 'SECONDARY', managedInstance: 'PRIMARY' },
    writer: 'managedInstance',
    databases: link.databases.map((database) => ({
      ...database,
      seeding: database.seeding.map((attempt) => ({ ...attempt, source: primary })),
    })),
  };
}

/** A link whose databases all differ from good order in the same way. */
export function linkWith(frame: Frame, identity: LinkIdentity, change: Partial<DatabaseState>): LinkState {
  const link = healthyLink(frame, identity);
  return { ...link, databases: link.databases.map((database) => ({ ...database, ...change })) };
}

/** A link of which only the first database differs from good order. */
export function linkWithFirst(frame: Frame, identity: LinkIdentity, change: Partial<DatabaseState>): LinkState {
  const link = healthyLink(frame, identity);
  return {
    ...link,
    databases: link.databases.map((database, index) => (index === 0 ? { ...database, ...change } : database)),
  };
}

/** A secondary's copy that has come to one instant and no further. */
export function copyAsOf(milliseconds: number): Partial<DatabaseState> {
  return {
    sentAsOfMilliseconds: milliseconds,
    hardenedAsOfMilliseconds: milliseconds,
    redoneAsOfMilliseconds: milliseconds - 250,
  };
}

/** A secondary's copy that has everything that was written up to an instant, applied too. */
export function inStep(milliseconds: number): Partial<DatabaseState> {
  return { ...copyAsOf(milliseconds), redoneAsOfMilliseconds: milliseconds };
}

/** An attempt from SQL Server that goes on: it moves at `bytesPerSecond`, ever slower near its end, which it never reaches. */
export function runningAttempt(
  frame: Frame,
  database: DatabaseIdentity,
  timing: { readonly startedAtMilliseconds: number; readonly seconds?: number },
): SeedingAttempt {
  const totalBytes = database.sizeBytes * compressedShare;
  const bytesPerSecond = timing.seconds === undefined ? ordinaryBytesPerSecond : totalBytes / timing.seconds;
  const elapsedSeconds = Math.max(frame.nowMilliseconds - timing.startedAtMilliseconds, 0) / 1000;
  return {
    source: 'sqlServer',
    startedAtMilliseconds: timing.startedAtMilliseconds,
    transferredBytes: shortOf(totalBytes, bytesPerSecond * elapsedSeconds),
    bytesPerSecond,
    reachedPhysicalSeeding: true,
    outcome: { kind: 'running' },
  };
}

/** A transfer that stood still would be a stalled one. */
function shortOf(totalBytes: number, bytes: number): number {
  const lastBytes = totalBytes / 10;
  const excess = Math.max(bytes - (totalBytes - lastBytes), 0) / lastBytes;
  return Math.min(bytes, totalBytes - lastBytes) + (lastBytes * excess) / (1 + excess);
}

/** An attempt from SQL Server that came to its end. */
export function endedAttempt(
  database: DatabaseIdentity,
  startedAtMilliseconds: number,
  outcome: Exclude<SeedingAttempt['outcome'], { kind: 'running' }>,
): SeedingAttempt {
  const totalBytes = database.sizeBytes * compressedShare;
  return {
    source: 'sqlServer',
    startedAtMilliseconds,
    transferredBytes: outcome.kind === 'completed' ? totalBytes : totalBytes / 5,
    bytesPerSecond: ordinaryBytesPerSecond,
    reachedPhysicalSeeding: true,
    outcome,
  };
}

/** Changes of role between primary and secondary that have happened by now. */
export function roleChangesSoFar(
  frame: Frame,
  changes: readonly (readonly [atMilliseconds: number, end: EndName, to: 'PRIMARY' | 'SECONDARY'])[],
): readonly RoleChange[] {
  return changes
    .filter(([atMilliseconds]) => atMilliseconds <= frame.nowMilliseconds)
    .map(([atMilliseconds, end, to]) => ({
      end,
      atMilliseconds,
      from: to === 'PRIMARY' ? 'SECONDARY' : 'PRIMARY',
      to,
    }));
}

/** What each end shows of a session that timed out: error 35206 in the words of sys.messages. */
export function connectionTimeout(identity: LinkIdentity, atMilliseconds: number): PerEnd<ConnectError> {
  const error = (partner: { readonly groupName: string; readonly memberReplicaId: string }): ConnectError => ({
    number: 35_206,
    description: messageText(35_206, 1033, [partner.groupName, partner.memberReplicaId]) ?? '',
    atMilliseconds,
  });
  return { sqlServer: error(identity.members.managedInstance), managedInstance: error(identity.members.sqlServer) };
}

/** A link whose ends have lost their connection: the copy stays where it was. */
export function disconnected(frame: Frame, identity: LinkIdentity): LinkState {
  return {
    ...linkWith(frame, identity, copyAsOf(frame.happenedAtMilliseconds)),
    connected: false,
    connectErrors: connectionTimeout(identity, frame.happenedAtMilliseconds),
  };
}

/** A connection that was lost so long ago that the logs of the primary, which wait for the copies, are nearly full. */
export function logFilling(frame: Frame, identity: LinkIdentity): LinkState {
  const link = disconnected(frame, identity);
  return {
    ...link,
    databases: link.databases.map((database) => {
      const heldSeconds = (logLimitBytes * fullShare) / database.identity.logBytesPerSecond;
      return { ...database, ...copyAsOf(Math.floor(frame.happenedAtMilliseconds - heldSeconds * 1000)) };
    }),
  };
}

/** What SQL Server shows while it can't resolve the managed instance's name: Windows' 11001 in the place of a number. */
export function nameLookupFailure(atMilliseconds: number): PerEnd<ConnectError | null> {
  return {
    sqlServer: {
      number: 11_001,
      description: "DNS Lookup failed with error: '11001(No such host is known.)'.",
      atMilliseconds,
    },
    managedInstance: null,
  };
}

/** Endpoint certificates of which SQL Server's ends so many days after the stage began. */
export function expiringIn(days: number): NonNullable<Stage['certificates']> {
  return (frame) => ({
    expiryMilliseconds: {
      sqlServer: frame.startedAtMilliseconds + days * dayMilliseconds,
      managedInstance: frame.topology.startMilliseconds + 180 * dayMilliseconds,
    },
  });
}

function healthyDatabase(frame: Frame, link: LinkIdentity, identity: DatabaseIdentity): DatabaseState {
  const seededSeconds = (identity.sizeBytes * compressedShare) / ordinaryBytesPerSecond;
  return {
    identity,
    inGroup: { sqlServer: true, managedInstance: true },
    joined: true,
    states: {},
    movement: 'moving',
    suspended: null,
    sentAsOfMilliseconds: frame.nowMilliseconds - 100,
    hardenedAsOfMilliseconds: frame.nowMilliseconds - 250,
    redoneAsOfMilliseconds: frame.nowMilliseconds - 500,
    logLimitBytes,
    seeding: [
      endedAttempt(identity, link.createdAtMilliseconds, {
        kind: 'completed',
        atMilliseconds: link.createdAtMilliseconds + Math.round(seededSeconds * 1000),
      }),
    ],
  };
}
