import type { DatabaseState, LinkState } from '../world/state.ts';
import { type EndName, type LinkIdentity, otherEnd } from '../world/topology.ts';
import { connectionTimeout, copyAsOf, healthyLink, inStep, linkWith, roleChangesSoFar } from './link-states.ts';
import type { Frame, Stage } from './stage.ts';

const keptUpMilliseconds = 250;

/**
 * A planned failover to the managed instance and one back, round and round. Replication becomes synchronous for the switch
 * and asynchronous after it; in between both ends are secondary.
 */
export const plannedFailoverStages: readonly Stage[] = [
  ...plannedFailover('sqlServer', ['healthy', 'switching to synchronous', 'both secondary']),
  ...plannedFailover('managedInstance', ['failed over', 'switching to synchronous, back', 'both secondary, back']),
];

/** SQL Server is lost, the managed instance is forced to take over, and the old primary returns: both take writes. */
export const forcedFailoverStages: readonly Stage[] = [
  {
    name: 'healthy',
    description: 'SQL Server is primary and the managed instance keeps up.',
    seconds: 20,
    link: healthyLink,
  },
  {
    name: 'primary lost',
    description: 'SQL Server is lost: nobody reaches it, and the managed instance times out with error 35206.',
    seconds: 20,
    down: ['sqlServer'],
    link: afterLoss,
  },
  {
    name: 'forced failover',
    description: 'The managed instance is forced to be primary and takes writes while SQL Server is still lost.',
    seconds: 20,
    down: ['sqlServer'],
    link: (frame, identity) => ({ ...afterLoss(frame, identity), ...forced(frame) }),
  },
  {
    name: 'split brain',
    description: 'The old primary returns and does not know that it was replaced: both ends take writes.',
    seconds: 25,
    link: (frame, identity) => ({ ...afterLoss(frame, identity), ...forced(frame) }),
  },
  {
    name: 'recovery',
    description: 'SQL Server is made secondary, drops what only it had, and catches up with the managed instance.',
    seconds: 25,
    link: recovery,
  },
];

/** The stages from one primary to the next, under three names. */
function plannedFailover(
  primary: EndName,
  [healthy, synchronous, switching]: readonly [string, string, string],
): Stage[] {
  const secondary = otherEnd(primary);
  const from = { sqlServer: 'SQL Server', managedInstance: 'The managed instance' }[primary];
  return [
    {
      name: healthy,
      description: `${from} is primary and its partner keeps up.`,
      seconds: 20,
      link: (frame, identity) => planned(frame, healthyLink(frame, identity), primary),
    },
    {
      name: synchronous,
      description: 'A planned failover begins: the workload is stopped and the link becomes synchronous.',
      seconds: 10,
      link: (frame, identity) => planned(frame, quiet(frame, identity, frame.startedAtMilliseconds), primary),
    },
    {
      name: switching,
      description: 'The old primary is secondary and the new one is not primary yet.',
      seconds: 5,
      link: (frame, identity) => ({
        ...planned(frame, quiet(frame, identity, frame.startOf(synchronous)), primary),
        roles: { sqlServer: 'SECONDARY', managedInstance: 'SECONDARY' },
        // Both have the same log now; the one to write next is the one to follow.
        writer: secondary,
      }),
    },
  ];
}

/** A link with that primary and with the changes of role of this round; its first one ended the round before. */
function planned(frame: Frame, link: LinkState, primary: EndName): LinkState {
  return {
    ...link,
    roleChanges: roleChangesSoFar(frame, [
      [frame.startOf('healthy'), 'sqlServer', 'PRIMARY'],
      [frame.startOf('both secondary'), 'sqlServer', 'SECONDARY'],
      [frame.startOf('failed over'), 'managedInstance', 'PRIMARY'],
      [frame.startOf('both secondary, back'), 'managedInstance', 'SECONDARY'],
    ]),
    writer: primary,
    roles:
      primary === 'sqlServer'
        ? { sqlServer: 'PRIMARY', managedInstance: 'SECONDARY' }
        : { sqlServer: 'SECONDARY', managedInstance: 'PRIMARY' },
  };
}

/** A synchronous link without workload: the copy has all of it a moment after the workload stopped. */
function quiet(frame: Frame, identity: LinkIdentity, stoppedAtMilliseconds: number): LinkState {
  const reached = Math.min(frame.nowMilliseconds - keptUpMilliseconds, stoppedAtMilliseconds);
  return {
    ...linkWith(frame, identity, inStep(reached)),
    mode: 'SYNCHRONOUS_COMMIT',
    quietSinceMilliseconds: stoppedAtMilliseconds,
  };
}

/** How far the copy had come when SQL Server was lost. */
function lostAt(frame: Frame): number {
  return frame.startOf('primary lost') - keptUpMilliseconds;
}

function afterLoss(frame: Frame, identity: LinkIdentity): LinkState {
  return {
    ...linkWith(frame, identity, copyAsOf(lostAt(frame))),
    connected: false,
    connectErrors: connectionTimeout(identity, frame.startOf('primary lost')),
  };
}

function forced(frame: Frame): Pick<LinkState, 'roles' | 'fork' | 'roleChanges'> {
  return {
    roleChanges: roleChangesSoFar(frame, [
      [frame.startOf('forced failover'), 'managedInstance', 'PRIMARY'],
      [frame.startOf('recovery'), 'sqlServer', 'SECONDARY'],
    ]),
    roles: { sqlServer: 'PRIMARY', managedInstance: 'PRIMARY' },
    fork: { atMilliseconds: frame.startOf('forced failover'), commonAsOfMilliseconds: lostAt(frame) },
  };
}

/** Microsoft's procedure after a split brain: SET (ROLE = SECONDARY) on the old primary, then resume. */
function recovery(frame: Frame, identity: LinkIdentity): LinkState {
  return {
    ...linkWith(frame, identity, recovering(frame)),
    ...forced(frame),
    roles: { sqlServer: 'SECONDARY', managedInstance: 'PRIMARY' },
    writer: 'managedInstance',
    connectErrors: connectionTimeout(identity, frame.startOf('primary lost')),
  };
}

function recovering(frame: Frame): Partial<DatabaseState> {
  const { progress, nowMilliseconds } = frame;
  const from = lostAt(frame);
  if (progress < 0.3) return { ...copyAsOf(from), suspended: 'SUSPEND_FROM_PARTNER' };
  if (progress < 0.45) return { ...copyAsOf(from), movement: 'reverting' };
  const reached = from + (nowMilliseconds - from) * Math.sqrt((progress - 0.45) / 0.55);
  return copyAsOf(Math.min(reached, nowMilliseconds - keptUpMilliseconds));
}
