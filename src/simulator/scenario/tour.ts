import type { DatabaseState, LinkState } from '../world/state.ts';
import type { LinkIdentity } from '../world/topology.ts';
import {
  connectionTimeout,
  copyAsOf,
  endedAttempt,
  expiringIn,
  healthyLink,
  linkWith,
  linkWithFirst,
  roleChangesSoFar,
  runningAttempt,
} from './link-states.ts';
import type { Frame, Stage } from './stage.ts';

/** How much of the log still gets through while the link lags. */
const laggingShare = 0.15;
const keptUpMilliseconds = 250;
/** In the recovery, when a planned failover back makes both ends secondary, and when SQL Server is primary again. */
const recoverySwitching = 0.75;
const recoverySwitched = 0.85;

/** The round that a link goes through, in about three minutes at speed 1. Each stage goes on from where the last one ended. */
export const tourStages: readonly Stage[] = [
  {
    name: 'seeding',
    description: 'A new link copies its databases to the managed instance.',
    seconds: 30,
    link: seeding,
  },
  {
    name: 'synchronizing',
    description: 'The copy is there and catches up with what was written meanwhile.',
    seconds: 15,
    link: (frame, identity) => roundLink(frame, identity, catchingUp(frame, frame.startOf('seeding'))),
  },
  {
    name: 'healthy',
    description: 'SQL Server is primary and the managed instance keeps up.',
    seconds: 20,
    link: (frame, identity) => roundLink(frame, identity, {}),
  },
  {
    name: 'lag',
    description: 'The primary writes more than the network carries, so the copy falls behind.',
    seconds: 20,
    link: (frame, identity) => roundLink(frame, identity, copyAsOf(lagging(frame))),
  },
  {
    name: 'disconnected',
    description: 'The connection times out with error 35206 and the log waits on SQL Server.',
    seconds: 20,
    link: (frame, identity) => ({ ...roundLink(frame, identity, copyAsOf(lagging(frame))), connected: false }),
  },
  {
    name: 'not healthy',
    description: 'The ends are connected again, but the first database does not move.',
    seconds: 20,
    link: notHealthy,
  },
  {
    name: 'split brain',
    description: 'Somebody forces a failover to the managed instance while SQL Server goes on: both ends are primary.',
    seconds: 25,
    link: splitBrain,
  },
  {
    name: 'recovery',
    description:
      'SQL Server becomes secondary, takes over what the managed instance wrote, and a planned failover ends it.',
    seconds: 30,
    link: recovery,
  },
  {
    name: 'certificate',
    description: "All is well again, but SQL Server's endpoint certificate ends in six days.",
    seconds: 15,
    link: (frame, identity) => roundLink(frame, identity, {}),
    certificates: expiringIn(6),
  },
];

/** A link of this round: seeded in its first stage, and with the last connection error once there was one. */
function roundLink(frame: Frame, identity: LinkIdentity, change: Partial<DatabaseState>): LinkState {
  return withHistory(frame, linkWith(frame, identity, change));
}

function withHistory(frame: Frame, link: LinkState): LinkState {
  const disconnectedAt = frame.startOf('disconnected');
  return {
    ...link,
    roleChanges: roundRoleChanges(frame),
    connectErrors:
      frame.nowMilliseconds < disconnectedAt ? link.connectErrors : connectionTimeout(link.identity, disconnectedAt),
    databases: link.databases.map((database) => ({
      ...database,
      seeding: [
        endedAttempt(database.identity, frame.startOf('seeding'), {
          kind: 'completed',
          atMilliseconds: frame.startOf('synchronizing'),
        }),
      ],
    })),
  };
}

function roundRoleChanges(frame: Frame): LinkState['roleChanges'] {
  const [began, ended] = [frame.startOf('recovery'), frame.startOf('certificate')];
  const at = (progress: number): number => began + (ended - began) * progress;
  return roleChangesSoFar(frame, [
    [frame.startOf('split brain'), 'managedInstance', 'PRIMARY'],
    [began, 'sqlServer', 'SECONDARY'],
    [at(recoverySwitching), 'managedInstance', 'SECONDARY'],
    [at(recoverySwitched), 'sqlServer', 'PRIMARY'],
  ]);
}

function seeding(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  const seconds = (frame.startOf('synchronizing') - frame.startedAtMilliseconds) / 1000;
  return {
    ...link,
    databases: link.databases.map((database) => ({
      ...database,
      joined: false,
      seeding: [
        runningAttempt(frame, database.identity, { startedAtMilliseconds: frame.startedAtMilliseconds, seconds }),
      ],
    })),
  };
}

/** Where the copy is while the link lags, and where it stays from then on until the recovery. */
function lagging(frame: Frame): number {
  const beganAt = frame.startOf('lag');
  const until = Math.min(frame.nowMilliseconds, frame.startOf('disconnected'));
  return beganAt - keptUpMilliseconds + (until - beganAt) * laggingShare;
}

function catchingUp(frame: Frame, fromMilliseconds: number, progress = frame.progress): Partial<DatabaseState> {
  const reached = fromMilliseconds + (frame.nowMilliseconds - fromMilliseconds) * Math.sqrt(progress);
  return copyAsOf(Math.min(reached, frame.nowMilliseconds - keptUpMilliseconds));
}

function notHealthy(frame: Frame, identity: LinkIdentity): LinkState {
  const stopped = { movement: 'stopped', ...copyAsOf(lagging(frame)) } as const;
  return withHistory(frame, linkWithFirst(frame, identity, stopped));
}

function splitBrain(frame: Frame, identity: LinkIdentity): LinkState {
  return {
    ...roundLink(frame, identity, copyAsOf(lagging(frame))),
    roles: { sqlServer: 'PRIMARY', managedInstance: 'PRIMARY' },
    connected: false,
    fork: forced(frame),
  };
}

/** Microsoft's procedure after a split brain: demote, resume, wait until it keeps up, fail over as planned. */
function recovery(frame: Frame, identity: LinkIdentity): LinkState {
  const { progress } = frame;
  if (progress >= recoverySwitched) {
    return roundLink(frame, identity, {});
  }
  const demoted = {
    roles: { sqlServer: 'SECONDARY', managedInstance: 'PRIMARY' },
    writer: 'managedInstance',
    fork: forced(frame),
  } as const satisfies Partial<LinkState>;
  if (progress >= recoverySwitching) {
    const inStep = roundLink(frame, identity, copyAsOf(frame.nowMilliseconds));
    return {
      ...inStep,
      ...demoted,
      roles: { sqlServer: 'SECONDARY', managedInstance: 'SECONDARY' },
      mode: 'SYNCHRONOUS_COMMIT',
    };
  }
  return { ...roundLink(frame, identity, recovering(frame, progress)), ...demoted };
}

function recovering(frame: Frame, progress: number): Partial<DatabaseState> {
  const behind = copyAsOf(lagging(frame));
  if (progress < 0.25) {
    return { ...behind, suspended: 'SUSPEND_FROM_PARTNER' };
  }
  if (progress < 0.4) {
    return { ...behind, movement: 'reverting' };
  }
  return catchingUp(frame, lagging(frame), (progress - 0.4) / 0.35);
}

function forced(frame: Frame): LinkState['fork'] {
  return { atMilliseconds: frame.startOf('split brain'), commonAsOfMilliseconds: lagging(frame) };
}
