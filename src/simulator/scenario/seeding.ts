import type { LinkState, SeedingAttempt } from '../world/state.ts';
import type { DatabaseIdentity, LinkIdentity } from '../world/topology.ts';
import { endedAttempt, healthyLink, runningAttempt } from './link-states.ts';
import type { Frame } from './stage.ts';

const minuteMilliseconds = 60_000;

/** Running attempts that began eight minutes before the scenario was set. */
export function seeding(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  const startedAtMilliseconds = frame.startedAtMilliseconds - 8 * minuteMilliseconds;
  return {
    ...link,
    databases: link.databases.map((database) => ({
      ...database,
      joined: false,
      seeding: [runningAttempt(frame, database.identity, { startedAtMilliseconds })],
    })),
  };
}

/** Two failed attempts: the first timed out at the target, the newest met a truncated log (error 1412). */
export function seedingFailed(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  const minutesAgo = (minutes: number): number => frame.startedAtMilliseconds - minutes * minuteMilliseconds;
  return {
    ...link,
    databases: link.databases.map((database) => ({
      ...database,
      joined: false,
      seeding: [
        endedAttempt(database.identity, minutesAgo(55), {
          kind: 'failed',
          atMilliseconds: minutesAgo(50),
          failureState: 221,
          errorCode: 0,
        }),
        endedAttempt(database.identity, minutesAgo(40), {
          kind: 'failed',
          atMilliseconds: minutesAgo(25),
          failureState: 2,
          errorCode: 1_412,
        }),
      ],
    })),
  };
}

/** An attempt that met a truncated log, minutes before the one that copied everything. */
export function seedingRetried(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  const firstAt = identity.createdAtMilliseconds - 90 * minuteMilliseconds;
  return {
    ...link,
    databases: link.databases.map((database) => ({
      ...database,
      seeding: [
        endedAttempt(database.identity, firstAt, {
          kind: 'failed',
          atMilliseconds: firstAt + 12 * minuteMilliseconds,
          failureState: 2,
          errorCode: 1_412,
        }),
        ...database.seeding,
      ],
    })),
  };
}

/** Two attempts whose first message the partner never answered: the physical statistics never had them. */
export function seedingRefused(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  const attempt = (database: DatabaseIdentity, minutes: number): SeedingAttempt => {
    const startedAt = frame.startedAtMilliseconds - minutes * minuteMilliseconds;
    const atMilliseconds = startedAt + 5 * minuteMilliseconds;
    const outcome = { kind: 'failed', atMilliseconds, failureState: 121, errorCode: 0 } as const;
    return { ...endedAttempt(database, startedAt, outcome), transferredBytes: 0, reachedPhysicalSeeding: false };
  };
  return {
    ...link,
    databases: link.databases.map((database) => ({
      ...database,
      joined: false,
      seeding: [attempt(database.identity, 40), attempt(database.identity, 20)],
    })),
  };
}

/** Running attempts whose bytes have not moved since some minutes before the scenario was set. */
export function seedingStalled(frame: Frame, identity: LinkIdentity): LinkState {
  const link = seeding(frame, identity);
  return {
    ...link,
    databases: link.databases.map((database) => ({
      ...database,
      seeding: [
        runningAttempt({ ...frame, nowMilliseconds: frame.happenedAtMilliseconds }, database.identity, {
          startedAtMilliseconds: frame.startedAtMilliseconds - 8 * minuteMilliseconds,
        }),
      ],
    })),
  };
}
