import type { TextOf } from './codes.ts';
import { lastWriteMilliseconds } from './log-position.ts';
import type { DatabaseState, LinkState } from './state.ts';

/** A synchronous copy this close behind counts as caught up. */
const synchronizedWithinMilliseconds = 1_000;

type SynchronizationState = TextOf<'synchronization_state'>;
type Health = TextOf<'synchronization_health'>;

/** Whether data can flow: two primaries have nothing to say to each other, and an end without the group says nothing. */
export function linkConnected(link: LinkState): boolean {
  const { identity, present } = link;
  if (!identity.ends.every((end) => present[end])) return false;
  return link.connected && !(link.roles.sqlServer === 'PRIMARY' && link.roles.managedInstance === 'PRIMARY');
}

/** synchronization_state of the secondary's copy. */
export function databaseSynchronization(
  link: LinkState,
  database: DatabaseState,
  nowMilliseconds: number,
): SynchronizationState {
  // It goes on, or waits for pages of its primary, whether anybody can be reached or not.
  if (database.movement === 'reverting') return 'REVERTING';
  if (database.movement === 'initializing') return 'INITIALIZING';
  if (!linkConnected(link) || database.suspended !== null || isBroken(database)) {
    return 'NOT SYNCHRONIZING';
  }
  switch (database.movement) {
    case 'stopped':
      return 'NOT SYNCHRONIZING';
    case 'moving': {
      const behind = lastWriteMilliseconds(link, nowMilliseconds) - database.hardenedAsOfMilliseconds;
      const caughtUp = link.mode === 'SYNCHRONOUS_COMMIT' && behind < synchronizedWithinMilliseconds;
      return caughtUp ? 'SYNCHRONIZED' : 'SYNCHRONIZING';
    }
  }
}

/** A database that is not ONLINE sends nothing and takes nothing. */
function isBroken({ states }: DatabaseState): boolean {
  return Object.values(states).some((state) => state !== 'ONLINE');
}

/** Whether a copy at the secondary takes part: both ends have the database, and it has joined. */
export function isReplicated({ joined, inGroup }: DatabaseState): boolean {
  return joined && inGroup.sqlServer && inGroup.managedInstance;
}

/** synchronization_state of a primary's own database: its target, it waits for nobody. */
export function ownSynchronization(link: LinkState, state: TextOf<'database_state'>): SynchronizationState {
  if (state !== 'ONLINE') return 'NOT SYNCHRONIZING';
  return link.mode === 'SYNCHRONOUS_COMMIT' ? 'SYNCHRONIZED' : 'SYNCHRONIZING';
}

/**
 * synchronization_health of a database by its state and mode. The page leaves out REVERTING and INITIALIZING; as neither is
 * NOT SYNCHRONIZING nor the target, they are partially healthy here (not verified on a server).
 */
export function databaseHealth(link: LinkState, state: SynchronizationState): Health {
  if (state === 'NOT SYNCHRONIZING') {
    return 'NOT_HEALTHY';
  }
  const asynchronousTarget = link.mode === 'ASYNCHRONOUS_COMMIT' && state === 'SYNCHRONIZING';
  return state === 'SYNCHRONIZED' || asynchronousTarget ? 'HEALTHY' : 'PARTIALLY_HEALTHY';
}

/**
 * synchronization_health of the secondary's replica: the worst of its joined databases, so one without a copy shows in none
 * (dbatools 4433); without a joined one, not healthy.
 */
export function replicaHealth(link: LinkState, nowMilliseconds: number): Health {
  const healths = link.databases
    .filter(isReplicated)
    .map((database) => databaseHealth(link, databaseSynchronization(link, database, nowMilliseconds)));
  if (healths.length === 0 || healths.includes('NOT_HEALTHY')) {
    return 'NOT_HEALTHY';
  }
  return healths.includes('PARTIALLY_HEALTHY') ? 'PARTIALLY_HEALTHY' : 'HEALTHY';
}
