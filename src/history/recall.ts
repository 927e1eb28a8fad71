import {
  noHistory,
  type RoleHistory,
  type RoleTurn,
  type ServerHistory,
  type SettledRoleName,
} from '../model/history.ts';
import type { HistoryEvent } from './event.ts';
import type { Known } from './ledger.ts';

/** What a server's polls showed before this process began, as the directory has it. */
export function recalledHistory(
  server: string,
  known: readonly Known[],
  events: readonly HistoryEvent[],
): ServerHistory {
  const roles = new Map<string, RoleHistory>();
  for (const { fact, seenSeconds } of known) {
    if (fact.kind !== 'role' || fact.server !== server || !isSettled(fact.value) || seenSeconds === null) continue;
    const settled = {
      role: fact.value,
      firstSeenTimestampSeconds: seenSeconds,
      seenTimestampSeconds: seenSeconds,
    };
    const turn = turnOf(fact, events);
    roles.set(fact.name, { role: fact.value, changes: new Map(), settled, ...(turn === null ? {} : { turn }) });
  }
  return { ...noHistory, roles };
}

function turnOf(fact: Known['fact'], events: readonly HistoryEvent[]): RoleTurn | null {
  const last = events.findLast(
    ({ kind, server, name, from }) => kind === 'role' && server === fact.server && name === fact.name && from !== null,
  );
  if (last === undefined || last.to !== fact.value || last.from === null || last.afterSeconds === null) return null;
  if (!isSettled(last.from) || !isSettled(last.to)) return null;
  return {
    from: last.from,
    to: last.to,
    afterTimestampSeconds: last.afterSeconds,
    byTimestampSeconds: last.bySeconds,
    isFromFile: true,
  };
}

function isSettled(role: string): role is SettledRoleName {
  return role === 'PRIMARY' || role === 'SECONDARY';
}
