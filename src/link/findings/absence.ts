import type { Database } from '../../model/database.ts';
import { compareRows, compareText } from '../compare.ts';
import { type Finding, finding } from '../data/finding.ts';
import type { FoundDatabase } from '../databases.ts';
import { hasJoined } from '../seeding-status.ts';
import { listText, roleList } from '../words.ts';
import { type Evidence, isBeingSeeded } from './evidence.ts';

/** Expected, its servers answered, and none has it: dropped at both ends, or a cutover ended it. */
export function notFoundAnywhere(evidence: Evidence): readonly Finding[] {
  const { pairing, absence, answered } = evidence;
  if (pairing.expected === null || answered === null || pairing.doubts.length > 0) return [];
  if (!answered.areAll || absence.unseen.length > 0 || answered.servers.length === 0) return [];
  const serving = pairing.expected.databases.map((name) => servingText(name, answered.servers, evidence));
  const namesake = namesakeText(pairing, evidence);
  const text = `${namesake}the link is configured, ${listText(answered.servers)} answered, and none of them has it${namesake === '' ? ': it was dropped, or a cutover ended it' : ''}.`;
  return [finding('not_found_anywhere', { text: [text, ...serving.flatMap((each) => each ?? [])].join(' ') })];
}

/** How the text begins where a link of that name is on another managed instance. */
export const namesakeBeginning = 'a link of this name is here';

/** Said first: a group of this name is here, with another managed instance than the configuration says. Mostly a misspelt name. */
function namesakeText({ expected }: Evidence['pairing'], { estate }: Evidence): string {
  const all = estate().flatMap(({ groups }) =>
    groups.filter(({ name }) => name === expected?.name.toLowerCase()).flatMap((group) => group.managedInstances),
  );
  const names = [...new Set(all)].sort(compareText);
  if (names.length === 0) return '';
  return `${namesakeBeginning}, on ${listText(names)}, and the configuration says ${expected?.managedInstance}: see that \`managed_instance\` is right. As it stands `;
}

/**
 * One end is there, and the server of the other answered without it. A primary without a partner may be a new link; a
 * database of its own at the other end, in no group, says that the link was there and was dropped. A secondary without a
 * primary is always half of a link.
 */
export function droppedAtOneEnd(evidence: Evidence): readonly Finding[] {
  const { pairing, absence, primaries } = evidence;
  if (pairing.ends.length === 0 || pairing.isAmbiguous || absence.silent.length === 0) return [];
  const others = absence.silent.filter(
    (server) => !pairing.doubts.includes(server) && !isSecondaryNode(server, evidence),
  );
  const isOtherSeen = absence.missing.length === 0 || absence.unseen.length > 0;
  if (others.length === 0) return primaries.length > 0 && absence.missing.length > 0 ? absence.silent.map(noRow) : [];
  if (isOtherSeen && primaries.length === 0) return [];
  const names = databaseNames(evidence);
  // The end that has the link still may serve it too.
  const all = [...new Set([...pairing.ends.map(({ server }) => server), ...others])];
  const serving = names.map((name) => servingText(name, all, evidence)).flatMap((each) => each ?? []);
  const isLeft = (name: string): boolean => others.some((server) => isOwn(name, server, evidence));
  const isHalf = primaries.length === 0 || names.some(isLeft) || evidence.databases.some(hasArrived);
  if (!isHalf) return others.map(noRow);
  const where = listText(others);
  const half = `the link was dropped at ${where}: it answered and does not have it, and ${roleList(pairing.ends)}.`;
  const [only] = others.length === 1 ? others : [];
  return [finding('dropped_at_one_end', { server: only ?? null, text: [half, ...serving].join(' ') })];
}

/**
 * A node that is not primary of its own availability group shows no distributed group: that it has none proves nothing.
 * Source: Microsoft's page on distributed availability groups.
 */
export function isSecondaryNode(server: string, { servers }: Pick<Evidence, 'servers'>): boolean {
  const outcome = servers.get(server)?.outcome;
  if (outcome?.kind !== 'ok') return false;
  const { availability_replica_states: states } = outcome.snapshot.views;
  return (states ?? []).some(({ isLocal, role }) => isLocal && role !== 'PRIMARY');
}

function noRow(server: string): Finding {
  const text = `${server} answered and does not have the link: it has not joined yet, it was dropped there, or another node is the primary of its group.`;
  return finding('other_end_has_no_row', { server, text });
}

function databaseNames(evidence: Evidence): readonly string[] {
  const { databases, pairing } = evidence;
  const shown = databases.filter(({ ends, name }) => ends.length > 0 && !isBeingSeeded(evidence, name));
  return [...new Set([...shown.map(({ name }) => name), ...(pairing.expected?.databases ?? [])])];
}

/** The database as this server's catalog has it, by name; null when it is not there or the catalog was not read. */
function catalogRow(name: string, server: string, { servers }: Pick<Evidence, 'servers'>): Database | null {
  const outcome = servers.get(server)?.outcome;
  if (outcome?.kind !== 'ok') return null;
  const rows = (outcome.snapshot.views.databases ?? []).toSorted(compareRows);
  return (
    rows.find((row) => row.name === name) ?? rows.find((row) => row.name.toLowerCase() === name.toLowerCase()) ?? null
  );
}

/** Whether the primary's row of the other end's copy shows that it once had joined: a new link has no such row. */
function hasArrived({ ends }: FoundDatabase): boolean {
  return ends.some(({ role, partner }) => role === 'PRIMARY' && partner !== null && hasJoined(partner));
}

/** Whether the server has a database of this name that is in no group: what a dropped link leaves. */
function isOwn(name: string, server: string, evidence: Evidence): boolean {
  const row = catalogRow(name, server, evidence);
  return row !== null && row.groupDatabaseId === null && row.replicaId === null && row.state !== 'RESTORING';
}

function placeText(server: string, { replicaId }: Database, { pairing }: Evidence): string {
  const end = pairing.ends.find((each) => each.server === server);
  if (end !== undefined) return ` (${end.role ?? 'without a role'} in the link)`;
  return replicaId === null ? ' and in no group' : '';
}

/** A copy that a link keeps up is ONLINE in the catalog and serves nobody's writes. */
function isSecondary(server: string, { pairing }: Evidence): boolean {
  return pairing.ends.some((end) => end.server === server && end.role !== 'PRIMARY');
}

/** Who serves a database now, as its states at the servers that answered say; null when no catalog shows it. */
function servingText(name: string, servers: readonly string[], evidence: Evidence): string | null {
  const rows = servers.flatMap((server) => {
    const row = catalogRow(name, server, evidence);
    return row === null ? [] : [{ server, state: row.state ?? 'in a state that is not reported', row }];
  });
  if (rows.length === 0) return null;
  const where = listText(
    rows.map(({ server, state, row }) => `${state} on ${server}${placeText(server, row, evidence)}`),
  );
  const online = rows.filter(({ server, state }) => state === 'ONLINE' && !isSecondary(server, evidence));
  const ending =
    online.length === 0
      ? ': nobody serves it'
      : online.length > 1
        ? ': each of them takes writes of its own'
        : `: ${online[0]?.server} serves it`;
  return `Database ${name} is ${where}${ending}.`;
}
