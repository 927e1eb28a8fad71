import type { Outcome, ServerState } from '../model/server-state.ts';

/** What the log said of a server last. */
export interface KnownState {
  readonly outcome: Outcome;
  /** From the latest poll that succeeded: a failed one does not come to every view. */
  readonly views: ServerState['views'];
}

type Fields = Readonly<Record<string, string | number | null>>;

/** Where the poller reports what changed. */
export interface PollLog {
  readonly info: (message: string, fields?: Fields) => void;
  readonly warn: (message: string, fields?: Fields) => void;
}

/**
 * Writes one line for each change of a server since the log last spoke of it: nothing while things stay as they are, and
 * one line only for a poll that fails or succeeds again, whatever view it was. Returns what is known now.
 */
export function logChange(log: PollLog, known: KnownState, after: ServerState): KnownState {
  if (outcomeKey(known.outcome) !== outcomeKey(after.outcome)) logOutcome(log, after);
  if (after.outcome.kind === 'failed') return { ...known, outcome: after.outcome };
  for (const [view, { failure }] of after.views) {
    const former = known.views.get(view)?.failure ?? null;
    if (failure?.reason === former?.reason) continue;
    if (failure === null) log.info('view can be read again', { server: after.name, view });
    else log.warn('view cannot be read', { server: after.name, view, ...failureFields(failure) });
  }
  return after;
}

function logOutcome(log: PollLog, { name, outcome, lastPollDurationSeconds }: ServerState): void {
  if (outcome.kind === 'failed') {
    const { view, failure } = outcome;
    log.warn('poll failed', { server: name, view, ...failureFields(failure) });
  } else if (outcome.kind === 'ok') {
    const { engine, version } = outcome.snapshot.server;
    log.info('poll succeeded', { server: name, engine, version, duration_seconds: lastPollDurationSeconds });
  }
}

function outcomeKey(outcome: Outcome): string {
  return outcome.kind === 'failed' ? `failed ${outcome.view} ${outcome.failure.reason}` : outcome.kind;
}

function failureFields(failure: { reason: string; errorNumber: number | null; message: string }): Fields {
  return { reason: failure.reason, error_number: failure.errorNumber, error: failure.message };
}
