import type { DatabaseReplicaState } from '../model/database.ts';
import { copyKey } from '../model/history.ts';
import type { Answers } from './answer.ts';
import { compareText } from './compare.ts';
import type { DatabaseEnd, LinkDatabase } from './data/database.ts';
import type { EndDatabase, LinkEnd } from './data/end.ts';
import { type DatabaseFigures, databaseFigures } from './database-figures.ts';
import { logSpaceOf } from './log-space.ts';
import type { Pairing } from './pair.ts';

/** A database before its failover checks. */
export type FoundDatabase = Omit<LinkDatabase, 'failoverChecks' | 'isFailoverReady' | 'isCarried'>;

/** Every database that an end of the link shows or the configuration expects, each once, sorted by name. */
export function databasesOf(pairing: Pairing, answers: Answers): readonly FoundDatabase[] {
  const found = pairing.ends.flatMap((end) =>
    (end.databases ?? []).map((database) => databaseEnd(end, database, { pairing, answers })),
  );
  const byId = Map.groupBy(found, ({ groupDatabaseId }) => groupDatabaseId);
  const names = namesOf(byId);
  const expected = pairing.expected?.databases ?? [];
  const keyOf = nameKey(pairing, answers);
  const listed = new Set(expected.map(keyOf));
  const shown = [...byId].map(([groupDatabaseId, ends]) => {
    const name = names.get(groupDatabaseId) ?? groupDatabaseId;
    const isExpected = listed.size === 0 ? null : listed.has(keyOf(name));
    return { name, groupDatabaseId, isExpected, isPresent: true, ends: ends.map(({ end }) => end) };
  });
  return [...shown, ...absent(pairing, shown, keyOf)].sort((one, other) => compareText(one.name, other.name));
}

/**
 * Names are equal as the server's collation compares them (dbatools PR 7945): the primary end's where it was seen. Of a
 * server that does not say, as most installations do: without case.
 */
function nameKey({ ends }: Pairing, answers: Answers): (name: string) => string {
  const first = ends.find(({ role }) => role === 'PRIMARY') ?? ends[0];
  const collation = first === undefined ? null : (answers.get(first.server)?.facts.collation ?? null);
  return /_CS(?:_|$)|_BIN2?(?:_|$)/i.test(collation ?? '') ? (name) => name : (name) => name.toLowerCase();
}

interface FoundEnd {
  readonly groupDatabaseId: string;
  readonly end: DatabaseEnd;
}

interface Surroundings {
  readonly pairing: Pairing;
  readonly answers: Answers;
}

function databaseEnd(end: LinkEnd, database: EndDatabase, { pairing, answers }: Surroundings): FoundEnd {
  const { groupDatabaseId, catalog, local, partner, own } = database;
  const offsetSeconds = commitOffset(end, pairing, answers);
  const commit = local?.lastCommitTimestampSeconds ?? own?.lastCommitTimestampSeconds ?? null;
  const lastCommitTimestampSeconds = commit === null || offsetSeconds === null ? null : commit + offsetSeconds;
  return {
    groupDatabaseId,
    end: {
      server: end.server,
      engine: end.engine,
      role: end.role,
      catalog,
      local,
      partner,
      own,
      hardenedLsn: local?.lastHardenedLsn ?? own?.lastHardenedLsn ?? null,
      lastCommitTimestampSeconds,
      log: logOf(end, catalog, answers),
      figures: figuresOf(end, { local, partner, lastCommitTimestampSeconds }, answers),
    },
  };
}

function logOf({ server }: LinkEnd, catalog: DatabaseEnd['catalog'], answers: Answers): DatabaseEnd['log'] {
  const answer = answers.get(server);
  return answer === undefined ? null : logSpaceOf(catalog, answer.logs);
}

type Copies = Pick<DatabaseEnd, 'local' | 'partner' | 'lastCommitTimestampSeconds'>;

function figuresOf(end: LinkEnd, copies: Copies, answers: Answers): DatabaseFigures {
  const answer = answers.get(end.server);
  const historyOf = (row: DatabaseReplicaState | null) =>
    row === null ? null : (answer?.history.copies.get(copyKey(row)) ?? null);
  return databaseFigures({
    ...copies,
    role: end.role,
    partnerConnectedState: end.partner?.connectedState ?? null,
    readTimestampSeconds: answer?.databasesReadTimestampSeconds ?? 0,
    history: { local: historyOf(copies.local), partner: historyOf(copies.partner) },
  });
}

/**
 * What to add to the commit times of an end: its rows were converted with its own offset, but a secondary's commits
 * carry the primary's clock. Null when that can't be told.
 */
function commitOffset(end: LinkEnd, { ends }: Pairing, answers: Answers): number | null {
  if (end.role === 'PRIMARY') return 0;
  const [primary, ...others] = ends.filter(({ role }) => role === 'PRIMARY');
  if (end.role !== 'SECONDARY' || primary === undefined || others.length > 0) return null;
  const [own, its] = [end, primary].map(({ server }) => answers.get(server)?.facts.localOffsetSeconds ?? null);
  return own == null || its == null ? null : own - its;
}

/**
 * A name per group_database_id: what the primary end calls it, else any other. A name that is another's too, or that is
 * one of the GUIDs, is left to the GUID: labels never collide.
 */
function namesOf(byId: ReadonlyMap<string, readonly FoundEnd[]>): ReadonlyMap<string, string> {
  const taken = new Set(byId.keys());
  const names = new Map<string, string>();
  for (const groupDatabaseId of [...byId.keys()].sort(compareText)) {
    const ends = (byId.get(groupDatabaseId) ?? []).map(({ end }) => end);
    const primaryFirst = ends.toSorted(
      (one, other) => Number(other.role === 'PRIMARY') - Number(one.role === 'PRIMARY'),
    );
    const name = primaryFirst.map(({ catalog }) => catalog?.name ?? '').find((text) => text !== '');
    if (name === undefined || taken.has(name)) continue;
    taken.add(name);
    names.set(groupDatabaseId, name);
  }
  return names;
}

/** Expected databases without a row. Only a primary end's answer says that a database is not in the link. */
function absent(
  pairing: Pairing,
  shown: readonly FoundDatabase[],
  keyOf: (name: string) => string,
): readonly FoundDatabase[] {
  const present = new Set(shown.map(({ name }) => keyOf(name)));
  const isTold = pairing.ends.some(
    ({ role, databases, hasMoreDatabases }) => role === 'PRIMARY' && databases !== null && hasMoreDatabases !== true,
  );
  // A database whose name is not known may be the one.
  const isNamed = shown.every(({ ends }) => ends.some(({ catalog }) => catalog !== null));
  return (pairing.expected?.databases ?? [])
    .filter((name) => !present.has(keyOf(name)))
    .map((name) => ({
      name,
      groupDatabaseId: null,
      isExpected: true,
      isPresent: isTold && isNamed ? false : null,
      ends: [],
    }));
}
