import type { DatabaseReplicaState } from '../../model/database.ts';
import { suspendReasons } from '../../model/suspend-reason.ts';
import type { DatabaseEnd } from '../data/database.ts';
import type { LinkEnd } from '../data/end.ts';
import { type Finding, finding } from '../data/finding.ts';
import type { FoundDatabase } from '../databases.ts';
import { copyOf } from '../seeding-status.ts';
import { type Evidence, isBeingSeeded, isWithoutCopy } from './evidence.ts';

/** A copy of a database as one end tells it. */
interface Told {
  readonly end: DatabaseEnd;
  readonly row: DatabaseReplicaState;
  readonly which: string;
}

function copies({ ends }: { readonly ends: readonly DatabaseEnd[] }): readonly Told[] {
  return ends.flatMap((end) => [
    ...(end.local === null ? [] : [{ end, row: end.local, which: 'its own copy' }]),
    ...(end.partner === null ? [] : [{ end, row: end.partner, which: "its partner's copy" }]),
  ]);
}

/** One finding per copy whose data movement is suspended, whatever else its database does. */
export function suspended({ databases }: Evidence): readonly Finding[] {
  return databases.flatMap((database) =>
    copies(database)
      .filter(({ row }) => row.isSuspended === true)
      .map(({ end, row: { suspendReason }, which }) => {
        const known = suspendReasons.find((reason) => reason.name === suspendReason);
        const meaning = known === undefined ? '' : ` ${known.meaning}`;
        const text = `${end.server} says that ${which} of database ${database.name} has its data movement suspended: ${suspendReason ?? 'no reason is given'}.${meaning}`;
        return finding('database_suspended', { server: end.server, database: database.name, text });
      }),
  );
}

/**
 * One finding per copy that its server does not call HEALTHY, or of which it says only that it does not move. A copy that
 * is being made for the first time is judged as seeding.
 */
export function notHealthy(evidence: Evidence): readonly Finding[] {
  return evidence.databases
    .filter((database) => !isWithoutCopy(evidence, database.name) && !isOrphan(database, evidence))
    .flatMap(({ name, ends }) =>
      copies({ ends }).flatMap(({ end, row, which }) => {
        const code = codeOf(row);
        if (code === null) return [];
        if (undoing.has(row.synchronizationState ?? '')) return [undo(name, { end, row, which })];
        const health = row.synchronizationHealth ?? 'of a health that is not reported';
        const state = row.synchronizationState ?? 'in a state that is not reported';
        const text = `${end.server} says that ${which} of database ${name} is ${health} and ${state}.`;
        const since = which === 'its own copy' ? null : row.lastHardenedTimestampSeconds;
        return [finding(code, { server: end.server, database: name, text, since })];
      }),
    );
}

/** What is left of a database that the primary no longer has in the link is a finding of its own, and stands still for that. */
function isOrphan({ ends }: FoundDatabase, { primaries }: Evidence): boolean {
  const [primary, ...more] = primaries;
  if (primary === undefined || more.length > 0 || primary.databases === null) return false;
  return ends.length > 0 && ends.every(({ role }) => role === 'SECONDARY');
}

/** A copy that takes back what the new primary does not have: it can't become primary before it has ended. */
const undoing: ReadonlySet<string> = new Set(['REVERTING', 'INITIALIZING']);

function undo(name: string, { end, row, which }: Told): Finding {
  const since = row.lastHardenedTimestampSeconds;
  const last =
    since === null
      ? ''
      : ` Its last log is of ${new Date(since * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC: it has not lasted longer than that.`;
  const text = `${end.server} says that ${which} of database ${name} is ${row.synchronizationState}: it takes back what the primary does not have. That can last hours, can't be hurried, and a failover to it would leave a database that does not start.${last}`;
  return finding('database_reverting', { server: end.server, database: name, text, since });
}

function codeOf(row: DatabaseReplicaState): 'database_not_healthy' | 'database_partially_healthy' | null {
  switch (row.synchronizationHealth) {
    case 'HEALTHY':
      return null;
    case 'PARTIALLY_HEALTHY':
      return 'database_partially_healthy';
    case null:
      return row.synchronizationState === 'NOT SYNCHRONIZING' && row.isSuspended !== true
        ? 'database_not_healthy'
        : null;
    default:
      return 'database_not_healthy';
  }
}

/** States in which a database serves nobody. Source: sys.databases.state_desc. */
const brokenStates: ReadonlySet<string> = new Set(['SUSPECT', 'RECOVERY_PENDING', 'EMERGENCY', 'OFFLINE']);
/** At a primary these are an outage as well; at the other end a copy is legally in them. */
const waitingStates: ReadonlySet<string> = new Set(['RESTORING', 'RECOVERING']);

/** Each end's own database in a state in which it can't do its part. */
export function notOnline(evidence: Evidence): readonly Finding[] {
  return evidence.databases.flatMap(({ name, ends }) =>
    ends.flatMap((end) => {
      const states = [end.catalog?.state, end.local?.databaseState, end.own?.databaseState];
      const state = states.find((each) => isBroken(each ?? '', end.role));
      if (state === undefined || (end.role !== 'PRIMARY' && isBeingSeeded(evidence, name))) return [];
      const text = `database ${name} is ${state} on ${end.server}, which is ${end.role ?? 'without a role'} in the link.`;
      return [finding('database_not_online', { server: end.server, database: name, text })];
    }),
  );
}

function isBroken(state: string, role: string | null): boolean {
  return brokenStates.has(state) || (role === 'PRIMARY' && waitingStates.has(state));
}

/**
 * A database that the primary has in its group and of which the other end has no copy, nor gets one. The health of a
 * replica is the worst of the *joined* databases, so the link stays HEALTHY (dbatools issue 4433).
 */
export function unprotected(evidence: Evidence): readonly Finding[] {
  const { primaries, databases, pairing, absence } = evidence;
  const [primary, ...more] = primaries;
  if (primary === undefined || more.length > 0 || primary.databases === null || absence.missing.length > 0) return [];
  return databases.flatMap((database) => {
    const isThere = database.ends.some(({ role }) => role === 'PRIMARY');
    if (!isThere || isWithoutCopy(evidence, database.name) || isSystem(database.name, primary)) return [];
    if (copyOf(database, pairing.ends) !== 'absent' || isHeldElsewhere(database, pairing.ends)) return [];
    const others = pairing.ends.filter(({ role }) => role !== 'PRIMARY').map(({ server }) => server);
    const text = `database ${database.name} is in the availability group on ${primary.server}, which is PRIMARY, and has no copy on ${others.join(', ')}: it is not protected.`;
    return [finding('database_unprotected', { server: others[0] ?? null, database: database.name, text })];
  });
}

/** An end that is not primary and shows any row of the database holds some copy, whatever state it is in. */
function isHeldElsewhere({ ends: told }: FoundDatabase, ends: readonly LinkEnd[]): boolean {
  const unread = ends.some(({ role, databases }) => role !== 'PRIMARY' && databases === null);
  return (
    unread || told.some(({ role, catalog, local, own }) => role !== 'PRIMARY' && (catalog ?? local ?? own) !== null)
  );
}

/** A contained availability group brings `<group>_master` and `<group>_msdb` with it: no databases of users. */
function isSystem(name: string, { localMember }: LinkEnd): boolean {
  const group = localMember?.replicaServerName?.toLowerCase() ?? null;
  return group !== null && [`${group}_master`, `${group}_msdb`].includes(name.toLowerCase());
}

/** A copy at the secondary of a database that the primary does not have in the link: an orphan. */
export function orphaned({ primaries, databases, absence, pairing }: Evidence): readonly Finding[] {
  const [primary, ...more] = primaries;
  if (primary === undefined || more.length > 0 || primary.databases === null || absence.missing.length > 0) return [];
  if (primary.hasMoreDatabases === true) return [];
  return databases.flatMap(({ name, ends }) => {
    if (ends.length === 0 || ends.some(({ role }) => role === 'PRIMARY')) return [];
    const isOfGroup = (server: string): boolean =>
      pairing.ends.some((end) => end.server === server && isSystem(name, end));
    const holders = ends.filter(
      ({ server, catalog, local, own }) => (catalog ?? local ?? own) !== null && !isOfGroup(server),
    );
    return holders.map(({ server }) => {
      const text = `database ${name} has a copy in the link on ${server}, and ${primary.server}, which is PRIMARY, does not have it in the link: the copy is an orphan, nothing reaches it.`;
      return finding('database_orphaned', { server, database: name, text });
    });
  });
}

/** What differs between the databases of the link and those that the configuration lists. */
export function unexpected({ databases, pairing }: Evidence): readonly Finding[] {
  return databases.flatMap(({ name, isExpected, isPresent }): readonly Finding[] => {
    if (pairing.ends.some((end) => isSystem(name, end))) return [];
    if (isExpected === true && isPresent === false) {
      const text = `database ${name} is configured and not in the link: it was removed from the availability group, or never added.`;
      return [finding('database_missing', { database: name, text })];
    }
    if (isExpected === false) {
      const text = `database ${name} is in the link and not among the databases that are configured for it.`;
      return [finding('database_unexpected', { database: name, text })];
    }
    return [];
  });
}
