import type { TextOf } from './codes.ts';
import { lastWriteMilliseconds } from './log-position.ts';
import type { DatabaseState, LinkState } from './state.ts';

/** A synchronous copy this close behind counts as caught up. */
const synchronizedWithinMilliseconds = 1_000;

type SynchronizationState = TextOf<'synchronization_state'>;
type Health = TextOf<'synchronization_health'>;

/** Whether data can flow: two primaries have nothing to say to each other. */
export function linkConnected(link: LinkState): boolean {
  return link.connected && !(link.roles.sqlServer === 'PRIMARY' && link.roles.managedInstance === 'PRIMARY');
}

/** synchronization_state of the secondary's copy. */
export function databaseSynchronization(
  link: LinkState,
  database: DatabaseState,
  nowMilliseconds: number,
): SynchronizationState {
  if (!linkConnected(link) || database.suspended !== null) {
    return 'NOT SYNCHRONIZING';
  }
  switch (database.movement) {
    case 'stopped':
      return 'NOT SYNCHRONIZING';
    case 'reverting':
      return 'REVERTING';
    case 'initializing':
      return 'INITIALIZING';
    case 'moving': {
      const behind = lastWriteMilliseconds(link, nowMilliseconds) - database.hardenedAsOfMilliseconds;
      const caughtUp = link.mode === 'SYNCHRONOUS_COMMIT' && behind < synchronizedWithinMilliseconds;
      return caughtUp ? 'SYNCHRONIZED' : 'SYNCHRONIZING';
    }
  }
}

/** synchronization_state of a primary's own database: its target, it waits for nobody. */
export function ownSynchronization(link: LinkState): SynchronizationState {
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

/** synchronization_health of the secondary's replica: the worst of its databases; without a joined one, not healthy. */
export function replicaHealth(link: LinkState, nowMilliseconds: number): Health {
  const healths = link.databases.map((database) =>
    database.joined ? databaseHealth(link, databaseSynchronization(link, database, nowMilliseconds)) : 'NOT_HEALTHY',
  );
  if (healths.length === 0 || healths.includes('NOT_HEALTHY')) {
    return 'NOT_HEALTHY';
  }
  return healths.includes('PARTIALLY_HEALTHY') ? 'PARTIALLY_HEALTHY' : 'HEALTHY';
}
