import type { DatabaseState, LinkState } from '../world/state.ts';
import type { LinkIdentity } from '../world/topology.ts';
import { copyAsOf, disconnected, healthyLink, linkWith, linkWithFirst, runningAttempt } from './link-states.ts';
import { type Frame, type Stage, still } from './stage.ts';

const minuteMilliseconds = 60_000;
const hourMilliseconds = 60 * minuteMilliseconds;

/** Copies that can't become primary, most of them with the primary lost, and figures that are easily misread. */
export const copyStages = {
  'primary-lost-reverting': primaryLost(
    'primary-lost-reverting',
    "SQL Server, the primary, is lost while the managed instance's copies are reverting.",
    { movement: 'reverting' },
  ),
  'primary-lost-initializing': primaryLost(
    'primary-lost-initializing',
    "SQL Server, the primary, is lost while the managed instance's copies are being initialized.",
    { movement: 'initializing' },
  ),
  'primary-lost-recovering': primaryLost(
    'primary-lost-recovering',
    "SQL Server, the primary, is lost while the managed instance's copies are being recovered.",
    { states: { managedInstance: 'RECOVERING' } },
  ),
  'primary-lost-never-joined': primaryLost(
    'primary-lost-never-joined',
    'SQL Server, the primary, is lost, and the copies on the managed instance were restored but never joined.',
    { joined: false, seeding: [], states: { managedInstance: 'RESTORING' } },
  ),
  'primary-lost-seeding': {
    ...still(
      'primary-lost-seeding',
      'SQL Server, the primary, is lost when a seventh of the databases had been copied to the managed instance.',
      lostWhileSeeding,
    ),
    down: ['sqlServer'],
  },
  reverting: still(
    'reverting',
    "The managed instance's copies have been reverting for three hours: they undo what only they had.",
    (frame, identity) =>
      linkWith(frame, identity, {
        movement: 'reverting',
        ...copyAsOf(frame.happenedAtMilliseconds - 3 * hourMilliseconds),
      }),
  ),
  'suspended-redo-waiting': still(
    'suspended-redo-waiting',
    'The data movement of the first database of each link is suspended, and log that had arrived is not redone either.',
    (frame, identity) =>
      linkWithFirst(frame, identity, {
        suspended: frame.suspendReason,
        ...copyAsOf(frame.happenedAtMilliseconds),
        redoneAsOfMilliseconds: frame.happenedAtMilliseconds - minuteMilliseconds,
      }),
  ),
  'idle-then-broken': {
    ...still(
      'idle-then-broken',
      'Nobody used the databases for ten hours; then the connection was lost, and one transaction has committed since.',
      (frame, identity) => withIdle(frame, disconnected(frame, identity)),
    ),
    healthyFirst: (frame, identity) => withIdle(frame, healthyLink(frame, identity)),
  },
} as const satisfies Record<string, Stage>;

function primaryLost(name: string, description: string, change: Partial<DatabaseState>): Stage {
  return {
    ...still(name, description, (frame, identity) => {
      const link = disconnected(frame, identity);
      return { ...link, databases: link.databases.map((database) => ({ ...database, ...change })) };
    }),
    down: ['sqlServer'],
  };
}

/** The attempt has come as far as it had when the primary was lost, and nobody has ended it. */
function lostWhileSeeding(frame: Frame, identity: LinkIdentity): LinkState {
  const link = disconnected(frame, identity);
  const startedAtMilliseconds = frame.happenedAtMilliseconds - 5 * minuteMilliseconds;
  return {
    ...link,
    databases: link.databases.map((database) => {
      const attempt = runningAttempt(frame, database.identity, { startedAtMilliseconds });
      const transferredBytes = database.identity.sizeBytes / 7;
      return { ...database, joined: false, seeding: [{ ...attempt, transferredBytes, bytesPerSecond: 0 }] };
    }),
  };
}

/** Counted from the beginning of the simulation, so that it is one idle time from before the loss to after it. */
function withIdle(frame: Frame, link: LinkState): LinkState {
  const { happenedAtMilliseconds, startedAtMilliseconds, topology } = frame;
  const isSettled = happenedAtMilliseconds < startedAtMilliseconds;
  const brokenAt = isSettled ? happenedAtMilliseconds : frame.startOf('idle-then-broken');
  return {
    ...link,
    idle: {
      fromMilliseconds: topology.startMilliseconds - 10 * hourMilliseconds,
      committedAtMilliseconds: brokenAt + 3 * minuteMilliseconds,
    },
  };
}
