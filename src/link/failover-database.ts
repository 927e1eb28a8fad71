import type { DatabaseEnd, DatabaseSeeding, FailoverCheck, LinkDatabase } from './data/database.ts';
import type { LinkEnd } from './data/end.ts';
import type { FoundDatabase } from './databases.ts';
import { checked } from './failover-link.ts';

/** Adds to a database what a planned failover asks of it, and whether it and its link are ready. */
export function withFailoverChecks(
  database: FoundDatabase & Pick<LinkDatabase, 'isCarried'>,
  { ends, seedings, ofLink }: LinkScene,
): LinkDatabase {
  // There is nothing to fail over of a database that the link does not carry.
  const failoverChecks =
    database.ends.length === 0
      ? []
      : [
          copyJoined(database),
          notSuspended(database),
          notSeeding(seedings.get(database.name), ends),
          noLag(database),
          hardenedLsnEqual(database),
        ];
  return { ...database, failoverChecks, isFailoverReady: isReady(failoverChecks, ofLink) };
}

interface LinkScene {
  readonly ends: readonly LinkEnd[];
  readonly seedings: ReadonlyMap<string, DatabaseSeeding>;
  /** The checks of the whole link. */
  readonly ofLink: readonly FailoverCheck[];
}

function isReady(own: readonly FailoverCheck[], ofLink: readonly FailoverCheck[]): boolean | null {
  if (own.length === 0) return null;
  const all = [...ofLink, ...own];
  if (all.some(({ status }) => status === 'failed')) return false;
  return all.every(({ status }) => status === 'passed') ? true : null;
}

function primaryOf({ ends }: FoundDatabase): DatabaseEnd | null {
  const [primary, ...others] = ends.filter(({ role }) => role === 'PRIMARY');
  return primary !== undefined && others.length === 0 ? primary : null;
}

function copyJoined({ isCarried }: Pick<LinkDatabase, 'isCarried'>): FailoverCheck {
  if (isCarried === null) return checked('copy_joined', 'unknown', 'whether both ends have a copy was not seen.');
  return isCarried
    ? checked('copy_joined', 'passed', 'both ends have a copy, or one is being made.')
    : checked('copy_joined', 'failed', 'it has a copy at one end only.');
}

function notSuspended(database: FoundDatabase): FailoverCheck {
  const suspended = database.ends.find(({ local, partner }) => local?.isSuspended || partner?.isSuspended);
  if (suspended !== undefined) {
    return checked('not_suspended', 'failed', `${suspended.server} says that data movement is suspended.`);
  }
  return primaryOf(database)?.partner?.isSuspended === false
    ? checked('not_suspended', 'passed', 'data movement is not suspended.')
    : checked('not_suspended', 'unknown', 'no primary end says whether data movement is suspended.');
}

function notSeeding(seeding: DatabaseSeeding | undefined, ends: readonly LinkEnd[]): FailoverCheck {
  if (seeding?.status === 'failed') return checked('not_seeding', 'failed', 'the newest attempt to seed it failed.');
  if (seeding?.status === 'running') return checked('not_seeding', 'failed', 'it is being seeded.');
  return ends.some((end) => end.role === 'PRIMARY' && end.seeding !== 'unseen')
    ? checked('not_seeding', 'passed', 'it is not being seeded.')
    : checked('not_seeding', 'unknown', 'no primary end says whether it is being seeded.');
}

function noLag(database: FoundDatabase): FailoverCheck {
  const primary = primaryOf(database);
  const lag = primary?.figures.secondaryLagSeconds ?? null;
  if (primary === null || lag === null) {
    return checked('no_lag', 'unknown', 'no primary end says how far the other end is behind, or data does not move.');
  }
  const text = `${primary.server} says that the other end is ${lag} s behind.`;
  return checked('no_lag', lag === 0 ? 'passed' : 'failed', text);
}

/**
 * Both ends hardened the same log, each in its own words. Two polls are never at one instant: under load the answer is
 * no, and with the workload stopped, as a planned failover asks, it becomes yes and stays so.
 */
function hardenedLsnEqual(database: FoundDatabase): FailoverCheck {
  const primary = primaryOf(database);
  const [secondary, ...others] = database.ends.filter(({ role }) => role === 'SECONDARY');
  const [one, other] = [primary?.hardenedLsn ?? null, secondary?.hardenedLsn ?? null];
  if (one === null || other === null || others.length > 0) {
    return checked('hardened_lsn_equal', 'unknown', 'last_hardened_lsn was not seen at both ends.');
  }
  const text = `last_hardened_lsn is ${one} on ${primary?.server} and ${other} on ${secondary?.server}.`;
  return checked('hardened_lsn_equal', one === other ? 'passed' : 'failed', text);
}
