import type { DatabaseEnd, LinkDatabase } from '../../../link/data/database.ts';
import type { LinkEnd } from '../../../link/data/end.ts';
import type { DatabaseReplicaState } from '../../../model/database.ts';
import { durationText, timeText } from '../../../text/quantity.ts';
import type { Sight } from './losing.ts';

/** States of a copy from which a primary can start; REVERTING and INITIALIZING leave one that can't. Source: sys.dm_hadr_database_replica_states. */
const startable: ReadonlySet<string> = new Set(['SYNCHRONIZED', 'SYNCHRONIZING', 'NOT SYNCHRONIZING']);

/** Redo or undo failed: recovery at the start as primary would fail in the same place. */
const brokenSuspensions: ReadonlySet<string> = new Set(['SUSPEND_FROM_REDO', 'SUSPEND_FROM_UNDO']);

/** Why this end can't become primary, by its copies of the link's databases; null when each of them can. */
export function whyNoCopy(end: LinkEnd, { link }: Sight): string | null {
  if (end.databases === null) return `What ${end.server} has of the databases was not read.`;
  if (end.hasMoreDatabases === true) return moreDatabases(end);
  const seeded = whyNotSeeded(end, link);
  if (seeded !== null) return seeded;
  const carried = link.databases.filter(({ isPresent }) => isPresent !== false);
  if (carried.length === 0) return `No database of the link was seen on ${end.server}.`;
  for (const database of carried) {
    const why = whyNotThisCopy(database, end);
    if (why !== null) return why;
  }
  return null;
}

/** Nothing is forced for databases that are not shown. */
export function moreDatabases({ server }: LinkEnd): string {
  return `${server} has more databases than the limits of the configuration show: what the others are is not known.`;
}

/** A database whose first copy is not whole may be in no row of the end that would need it. */
function whyNotSeeded({ server }: LinkEnd, { seedings }: Sight['link']): string | null {
  const open = seedings.find(({ status }) => status === 'running' || status === 'failed');
  if (open === undefined) return null;
  return `The copy of database ${open.database} on ${server} is not whole: its seeding ${open.status === 'running' ? 'still runs' : 'has failed'}.`;
}

function whyNotThisCopy({ name, ends }: LinkDatabase, { server }: LinkEnd): string | null {
  const found = ends.find((each) => each.server === server);
  const row = found?.local ?? null;
  if (found === undefined || row === null) return `No copy of database ${name} was seen on ${server}.`;
  return whyNotState(name, server, { found, row });
}

function whyNotState(
  name: string,
  server: string,
  { found, row }: { readonly found: DatabaseEnd; readonly row: DatabaseReplicaState },
): string | null {
  const copy = `The copy of database ${name} on ${server}`;
  for (const state of [row.synchronizationState, found.own?.synchronizationState ?? row.synchronizationState]) {
    if (state === null) return `${copy} is in a state that is not reported.`;
    if (!startable.has(state)) return `${copy} is ${state}: forced now it could not be started as primary.`;
  }
  const states = [row.databaseState, found.own?.databaseState, found.catalog?.state].flatMap((state) => state ?? []);
  const bad = states.find((state) => state !== 'ONLINE');
  if (bad !== undefined) return `${copy} is ${bad}.`;
  if (states.length === 0) return `${copy} is in a state that is not reported.`;
  const hasLog = row.lastHardenedLsn !== null || row.lastRedoneLsn !== null || row.lastCommitLsn !== null;
  if (!hasLog || found.catalog?.groupDatabaseId === null) return `${copy} never joined.`;
  if (row.suspendReason !== null && brokenSuspensions.has(row.suspendReason)) {
    return `${copy} is suspended with ${row.suspendReason}: it can not be brought up to date.`;
  }
  return null;
}

/** Up to when an end's copies have the primary's log, the oldest first, by the server's own clock. */
export function ageText(end: LinkEnd, { link, servers }: Sight): string {
  const now = clockOf(end, servers);
  const ages = copyTimes(end, link).toSorted((one, other) => one.at - other.at);
  const [oldest] = ages;
  if (oldest === undefined || now === null) return `How old the copy on ${end.server} is was not reported.`;
  const which = ages.length === 1 ? 'its copy' : 'its oldest copy';
  return `${which.charAt(0).toUpperCase()}${which.slice(1)}, of database ${oldest.name}, has the log until ${timeText(oldest.at)}, ${durationText(Math.max(0, now - oldest.at))} before it was asked.`;
}

interface CopyTime {
  readonly name: string;
  readonly at: number;
}

/** When log last reached each copy of an end. */
export function copyTimes({ server }: LinkEnd, link: Sight['link']): readonly CopyTime[] {
  return link.databases.flatMap(({ name, ends }) => {
    const row = ends.find((each) => each.server === server)?.local;
    const times = [row?.lastReceivedTimestampSeconds, row?.lastHardenedTimestampSeconds].flatMap((at) => at ?? []);
    return times.length === 0 ? [] : [{ name, at: Math.max(...times) }];
  });
}

/** The server's own UTC clock at its latest answer, Unix seconds; null without one. */
export function clockOf({ server }: LinkEnd, servers: Sight['servers']): number | null {
  const outcome = servers.find(({ name }) => name === server)?.outcome;
  return outcome?.kind === 'ok' ? outcome.snapshot.server.utcTimestampSeconds : null;
}
