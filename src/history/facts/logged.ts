import type { ServerState } from '../../model/server-state.ts';
import { type HistoryEvent, kept, nothing } from '../event.ts';

/** The entries of a server's error log that are new since the former look: each has the server's own time. */
export function loggedEvents(former: ServerState | undefined, state: ServerState): readonly HistoryEvent[] {
  const recent = state.errorLog?.recent;
  if (recent === undefined || recent === former?.errorLog?.recent) return [];
  const told = new Set((former?.errorLog?.recent ?? []).map((each) => JSON.stringify(each)));
  const { readTimestampSeconds } = state.errorLog?.reading ?? {};
  const bySeconds = readTimestampSeconds ?? state.lastPollTimestampSeconds ?? 0;
  return recent
    .filter((each) => !told.has(JSON.stringify(each)))
    .map(({ number, timestampSeconds, text }) => ({
      ...nothing,
      ...{ kind: 'error', server: kept(state.name), name: String(number), from: null, to: kept(text) },
      ...{ afterSeconds: null, bySeconds, saidSeconds: timestampSeconds },
    }));
}
