import type { LinkEnd } from '../data/end.ts';
import { type Finding, finding } from '../data/finding.ts';
import type { FoundDatabase } from '../databases.ts';
import { copyOf } from '../seeding-status.ts';
import { type Evidence, isWithoutCopy } from './evidence.ts';

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
