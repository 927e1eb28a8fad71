import type { Outcome, ServerState } from '../model/server-state.ts';

type Fields = Readonly<Record<string, string | number | null>>;

/** Where the poller reports what changed. */
export interface PollLog {
  readonly info: (message: string, fields?: Fields) => void;
  readonly warn: (message: string, fields?: Fields) => void;
}

/** Writes one line for each change between two states of a server: nothing while things stay as they are. */
export function logChange(log: PollLog, before: ServerState, after: ServerState): void {
  if (outcomeKey(before.outcome) !== outcomeKey(after.outcome)) logOutcome(log, after);
  for (const [view, { failure }] of after.views) {
    const former = before.views.get(view)?.failure ?? null;
    if (after.outcome.kind === 'failed' || failure?.reason === former?.reason) continue;
    if (failure === null) log.info('view can be read again', { server: after.name, view });
    else log.warn('view cannot be read', { server: after.name, view, ...failureFields(failure) });
  }
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
