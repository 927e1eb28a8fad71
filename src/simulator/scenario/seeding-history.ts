import type { LinkState, SeedingAttempt } from '../world/state.ts';
import type { DatabaseIdentity, LinkIdentity, Topology } from '../world/topology.ts';
import { copyAsOf, disconnected, endedAttempt, healthyLink, runningAttempt, withPrimary } from './link-states.ts';
import { type Frame, type Stage, still } from './stage.ts';

const minuteMilliseconds = 60_000;
const hourMilliseconds = 60 * minuteMilliseconds;
const dayMilliseconds = 24 * hourMilliseconds;
const linkAgeDays = 31;

/** Links whose attempts at automatic seeding say less about them than it seems: history, waiting, one database of several. */
export const seedingHistoryStages = {
  'seeding-failed-long-ago': {
    ...still(
      'seeding-failed-long-ago',
      'The link is in good order: the only attempt to seed failed thirty days ago, then the copy was restored by hand and joined.',
      (frame, identity) => withHistory(healthyLink(frame, identity), failedLongAgo),
    ),
    topology: olderLinks,
  },
  'seeding-history': {
    ...still(
      'seeding-history',
      'The link is in good order after weeks of attempts, the newest of them towards a replica that is gone.',
      (frame, identity) => withHistory(healthyLink(frame, identity), weeksOfAttempts),
    ),
    topology: olderLinks,
  },
  'disconnected-after-old-failure': {
    ...still(
      'disconnected-after-old-failure',
      'The connection is lost, and the history still has an attempt to seed that failed thirty days ago.',
      (frame, identity) => withHistory(disconnected(frame, identity), failedLongAgo),
    ),
    topology: olderLinks,
  },
  'seeding-beside-not-healthy': still(
    'seeding-beside-not-healthy',
    'The last database of each link is being seeded for hours, while the first has stopped moving.',
    seedingBesideNotHealthy,
  ),
  'seeding-not-granted': still(
    'seeding-not-granted',
    'The managed instance is primary, and SQL Server has not granted CREATE ANY DATABASE to its group: no attempt to seed gets anywhere.',
    seedingNotGranted,
  ),
  'seeding-waiting': still(
    'seeding-waiting',
    'A database waits for its turn to be seeded, as too many backups run at once.',
    seedingWaiting,
  ),
  'seeding-implausible': still(
    'seeding-implausible',
    'The databases are being copied, one not yet measured, the others with more bytes sent than they have.',
    seedingImplausible,
  ),
} as const satisfies Record<string, Stage>;

function withHistory(
  link: LinkState,
  attemptsOf: (link: LinkIdentity, database: DatabaseIdentity) => readonly SeedingAttempt[],
): LinkState {
  return {
    ...link,
    databases: link.databases.map((database) => ({
      ...database,
      seeding: attemptsOf(link.identity, database.identity),
    })),
  };
}

/** The secondary never answered the first message (failure_state 21), so no error of SQL's ended it. */
function failedLongAgo(link: LinkIdentity, database: DatabaseIdentity): readonly SeedingAttempt[] {
  const startedAt = link.createdAtMilliseconds + dayMilliseconds;
  return [failed(database, startedAt, { failureState: 21, errorCode: null })];
}

/** Cancelled, met a truncated log, copied everything; and one towards the replica of a link that was dropped. */
function weeksOfAttempts(link: LinkIdentity, database: DatabaseIdentity): readonly SeedingAttempt[] {
  const day = (days: number): number => link.createdAtMilliseconds + days * dayMilliseconds;
  return [
    failed(database, day(1), { failureState: 201, errorCode: null }),
    failed(database, day(2), { failureState: 2, errorCode: 1_412 }),
    endedAttempt(database, day(3), { kind: 'completed', atMilliseconds: day(3) + hourMilliseconds }),
    {
      ...failed(database, day(linkAgeDays - 3), { failureState: 2, errorCode: 1_412 }),
      isTowardsFormerPartner: true,
    },
  ];
}

function failed(
  database: DatabaseIdentity,
  startedAtMilliseconds: number,
  failure: { readonly failureState: number; readonly errorCode: number | null },
): SeedingAttempt {
  const atMilliseconds = startedAtMilliseconds + 5 * minuteMilliseconds;
  const attempt = endedAttempt(database, startedAtMilliseconds, { kind: 'failed', atMilliseconds, ...failure });
  return failure.errorCode === null ? { ...attempt, transferredBytes: 0, reachedPhysicalSeeding: false } : attempt;
}

/** Links that are older than their failed attempts. */
function olderLinks(ordinary: Topology): Topology {
  const createdAtMilliseconds = ordinary.startMilliseconds - linkAgeDays * dayMilliseconds;
  return { ...ordinary, links: ordinary.links.map((link) => ({ ...link, createdAtMilliseconds })) };
}

function seedingBesideNotHealthy(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  const startedAtMilliseconds = frame.startedAtMilliseconds - 3 * hourMilliseconds;
  return {
    ...link,
    databases: link.databases.map((database, index) => {
      if (index === 0) return { ...database, movement: 'stopped', ...copyAsOf(frame.happenedAtMilliseconds) };
      if (index < link.databases.length - 1) return database;
      const attempt = runningAttempt(frame, database.identity, { startedAtMilliseconds, seconds: 6 * 3_600 });
      return { ...database, joined: false, seeding: [attempt] };
    }),
  };
}

/** Seen from the source: the target never answers the check message (121). */
function seedingNotGranted(frame: Frame, identity: LinkIdentity): LinkState {
  const link = withPrimary(healthyLink(frame, identity), 'managedInstance');
  const attempt = (database: DatabaseIdentity, minutes: number): SeedingAttempt => {
    const startedAt = frame.startedAtMilliseconds - minutes * minuteMilliseconds;
    return { ...failed(database, startedAt, { failureState: 121, errorCode: null }), source: 'managedInstance' };
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

/** The first database of a link waits, the others are copied. */
function seedingWaiting(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  const startedAtMilliseconds = frame.startedAtMilliseconds - 20 * minuteMilliseconds;
  return {
    ...link,
    databases: link.databases.map((database, index) => {
      const attempt = runningAttempt(frame, database.identity, { startedAtMilliseconds });
      const waiting = {
        ...attempt,
        transferredBytes: 0,
        bytesPerSecond: 0,
        reachedPhysicalSeeding: false,
        outcome: { kind: 'running', waitsIn: 'LIMIT_CONCURRENT_BACKUPS' },
      } as const;
      return { ...database, joined: false, seeding: [index === 0 ? waiting : attempt] };
    }),
  };
}

/** What a transfer shows before it is measured; and one that sends log and headers beside the data it counted at its start. */
function seedingImplausible(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  const startedAtMilliseconds = frame.startedAtMilliseconds - 8 * minuteMilliseconds;
  return {
    ...link,
    databases: link.databases.map((database, index) => {
      const attempt = runningAttempt(frame, database.identity, { startedAtMilliseconds });
      const odd = index === 0 ? { isUnmeasured: true } : { transferredBytes: database.identity.sizeBytes * 1.2 };
      return { ...database, joined: false, seeding: [{ ...attempt, ...odd }] };
    }),
  };
}
