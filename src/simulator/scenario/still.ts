import type { LinkState } from '../world/state.ts';
import type { LinkIdentity } from '../world/topology.ts';
import { accessStages } from './access.ts';
import { certificateStages } from './certificates.ts';
import { copyStages } from './copies.ts';
import { droppedStages } from './dropped.ts';
import { endpointStages } from './endpoints.ts';
import {
  connectionTimeout,
  copyAsOf,
  disconnected,
  healthyLink,
  inStep,
  linkWith,
  linkWithFirst,
  logFilling,
  nameLookupFailure,
  roleChangesSoFar,
} from './link-states.ts';
import { membershipStages } from './membership.ts';
import { neverMadeStages } from './never-made.ts';
import { ownSideStages } from './own-side.ts';
import { preparationStages } from './preparation.ts';
import { redoQueueGrowing, redoQueueHigh, sendQueueGrowing, sendQueueHigh } from './queues.ts';
import { seeding, seedingFailed, seedingRefused, seedingRetried, seedingStalled } from './seeding.ts';
import { seedingHistoryStages } from './seeding-history.ts';
import { serverStages } from './servers.ts';
import { type Frame, type Stage, still } from './stage.ts';

const minuteMilliseconds = 60_000;

/** The scenarios that stand still: one stage that never ends. */
export const stillStages = {
  healthy: still('healthy', 'SQL Server is primary and the managed instance keeps up.', healthyLink),
  seeding: still('seeding', 'The databases are being copied to the managed instance for the first time.', seeding),
  'seeding-failed': {
    ...still('seeding-failed', 'The newest attempt to copy the databases failed.', seedingFailed),
    azure: { replicaState: 'LinkCreationError', mostRecentLinkError: 41_977 },
  },
  'seeding-retried': still(
    'seeding-retried',
    'The link is in good order: a first attempt to copy the databases failed, the next one completed.',
    seedingRetried,
  ),
  'seeding-refused': {
    ...still(
      'seeding-refused',
      'Every attempt to copy the databases failed before it copied anything.',
      seedingRefused,
    ),
    azure: { replicaState: 'LinkInitError', mostRecentLinkError: 41_962 },
  },
  'seeding-stalled': still(
    'seeding-stalled',
    'The databases are being copied, but no byte has moved for a while.',
    seedingStalled,
  ),
  'not-healthy': still(
    'not-healthy',
    'The ends are connected, but the first database of each link does not move.',
    notHealthy,
  ),
  disconnected: still('disconnected', 'The primary has lost its connection to the managed instance.', disconnected),
  'log-filling': still(
    'log-filling',
    'The connection was lost days ago: the logs of the primary are kept for the managed instance and nearly full.',
    logFilling,
  ),
  suspended: still(
    'suspended',
    'The data movement of the first database of each link is suspended.',
    (frame, identity) =>
      linkWithFirst(frame, identity, { suspended: frame.suspendReason, ...copyAsOf(frame.happenedAtMilliseconds) }),
  ),
  'split-brain': still(
    'split-brain',
    'After a forced failover both ends are primary and both take writes.',
    splitBrain,
  ),
  'no-primary': still(
    'no-primary',
    'Both ends are secondary, as for seconds in a planned failover.',
    (frame, identity) => ({
      ...linkWith(frame, identity, inStep(frame.happenedAtMilliseconds)),
      // Nobody can write, so the ends stay where they are.
      quietSinceMilliseconds: frame.happenedAtMilliseconds,
      roles: { sqlServer: 'SECONDARY', managedInstance: 'SECONDARY' },
      roleChanges: roleChangesSoFar(frame, [[frame.happenedAtMilliseconds, 'sqlServer', 'SECONDARY']]),
    }),
  ),
  'failover-ready': still(
    'failover-ready',
    'A planned failover is prepared: the link is synchronous, the workload stopped and nothing is left to send.',
    failoverReady,
  ),
  'partially-healthy': still(
    'partially-healthy',
    'The link is synchronous, and its copies are never quite in step.',
    (frame, identity) => ({
      ...linkWith(frame, identity, copyAsOf(frame.nowMilliseconds - 3_000)),
      mode: 'SYNCHRONOUS_COMMIT',
    }),
  ),
  'send-queue-growing': still(
    'send-queue-growing',
    'The primary writes twice as much as the network carries: the log that waits to be sent grows.',
    sendQueueGrowing,
  ),
  'send-queue-high': still('send-queue-high', 'An hour of log waits to be sent.', sendQueueHigh),
  'redo-queue-growing': still(
    'redo-queue-growing',
    'The managed instance redoes half of the log that arrives: what waits to be redone grows.',
    redoQueueGrowing,
  ),
  'redo-queue-high': still('redo-queue-high', 'An hour of log waits to be redone.', redoQueueHigh),
  ...certificateStages,
  ...accessStages,
  'database-missing': still(
    'database-missing',
    'The last database of each link is no longer in it.',
    (frame, identity) => {
      const link = healthyLink(frame, identity);
      return { ...link, databases: link.databases.slice(0, -1) };
    },
  ),
  ...membershipStages,
  ...droppedStages,
  ...neverMadeStages,
  ...copyStages,
  ...ownSideStages,
  ...seedingHistoryStages,
  ...endpointStages,
  ...serverStages,
  ...preparationStages,
} as const satisfies Record<string, Stage>;

function failoverReady(frame: Frame, identity: LinkIdentity): LinkState {
  const stoppedAt = frame.happenedAtMilliseconds;
  return {
    ...linkWith(frame, identity, inStep(stoppedAt)),
    mode: 'SYNCHRONOUS_COMMIT',
    quietSinceMilliseconds: stoppedAt,
  };
}

/** The connection error is an old one: the views keep the last, however long ago it was. */
function notHealthy(frame: Frame, identity: LinkIdentity): LinkState {
  const { happenedAtMilliseconds } = frame;
  return {
    ...linkWithFirst(frame, identity, { movement: 'stopped', ...copyAsOf(happenedAtMilliseconds) }),
    connectErrors: nameLookupFailure(happenedAtMilliseconds - 60 * minuteMilliseconds),
  };
}

function splitBrain(frame: Frame, identity: LinkIdentity): LinkState {
  const atMilliseconds = frame.happenedAtMilliseconds;
  const lostAt = atMilliseconds - minuteMilliseconds;
  return {
    ...linkWith(frame, identity, copyAsOf(lostAt)),
    roles: { sqlServer: 'PRIMARY', managedInstance: 'PRIMARY' },
    connected: false,
    fork: { atMilliseconds, commonAsOfMilliseconds: lostAt },
    connectErrors: connectionTimeout(identity, lostAt),
    roleChanges: roleChangesSoFar(frame, [[atMilliseconds, 'managedInstance', 'PRIMARY']]),
  };
}
