import type { PolledView, PollRecord } from '../model/server-state.ts';
import type { Snapshot, ViewName } from '../model/snapshot.ts';
import type { PollResult } from './server-poller.ts';

/** So many polls are remembered, whatever became of them. */
const recentPolls = 20;

/** Of the polls before those, so many that failed: what went wrong at night is looked for in the morning. */
const olderFailures = 10;

/** The polls that are remembered after one more, the newest first: never more than 30. */
export function withPoll(before: readonly PollRecord[], record: PollRecord): readonly PollRecord[] {
  const all = [record, ...before];
  const older = all.slice(recentPolls).filter(({ failure }) => failure !== null);
  return [...all.slice(0, recentPolls), ...older.slice(0, olderFailures)];
}

/** What is remembered of a poll that ended at `endedTimestampSeconds`, Unix seconds. */
export function pollRecord(
  { outcome, views, durationSeconds, logins }: PollResult,
  endedTimestampSeconds: number,
): PollRecord {
  const snapshot = outcome.kind === 'ok' ? outcome.snapshot : null;
  return {
    endedTimestampSeconds,
    durationSeconds,
    logins,
    failure: outcome.kind === 'failed' ? { ...outcome.failure, view: outcome.view } : null,
    views: [...views].map(
      ([view, reading]): PolledView => ({
        view,
        durationSeconds: reading.durationSeconds,
        failure: reading.failure,
        readTimestampSeconds: reading.readTimestampSeconds,
        rows: rowCount(snapshot, view),
      }),
    ),
  };
}

function rowCount(snapshot: Snapshot | null, view: ViewName): number | null {
  if (snapshot === null) return null;
  return view === 'server' ? 1 : (snapshot.views[view]?.length ?? null);
}
