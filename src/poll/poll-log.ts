import type { ErrorLogState } from '../model/error-log.ts';
import { describeError } from '../model/errors/catalogue.ts';
import type { Failure } from '../model/failure-reason.ts';
import type { Outcome, ServerState } from '../model/server-state.ts';

/** What the log said of a server last. */
export interface KnownState {
  readonly outcome: Outcome;
  /** From the latest poll that succeeded: a failed one does not come to every view. */
  readonly views: ServerState['views'];
  readonly errorLog?: ErrorLogState;
}

type Fields = Readonly<Record<string, string | number | null>>;

/** Where the poller reports what changed. */
export interface PollLog {
  readonly info: (message: string, fields?: Fields) => void;
  readonly warn: (message: string, fields?: Fields) => void;
  /** Absent where nobody wants details. */
  readonly debug?: (message: string, fields?: Fields) => void;
}

/**
 * Writes one line for each change of a server since the log last spoke of it: nothing while things stay as they are, and
 * one line only for a poll that fails or succeeds again, whatever view it was. Returns what is known now.
 */
export function logChange(log: PollLog, known: KnownState, after: ServerState): KnownState {
  if (outcomeKey(known.outcome) !== outcomeKey(after.outcome)) logOutcome(log, after);
  if (after.outcome.kind === 'failed') return { ...known, outcome: after.outcome };
  for (const [view, { failure, oddities = [] }] of after.views) {
    const former = known.views.get(view);
    logView(log, { server: after.name, view }, [former?.failure ?? null, failure]);
    const told = new Set(former?.oddities);
    for (const oddity of oddities) {
      if (!told.has(oddity)) log.warn('a value was not taken as it was sent', { server: after.name, view, oddity });
    }
    // A view that was not read says nothing of its values.
    for (const oddity of failure === null ? told : []) {
      if (!oddities.includes(oddity))
        log.info('values are taken as they are sent again', { server: after.name, view, oddity });
    }
  }
  if (after.errorLog !== undefined) logErrorLog(log, after.name, [known.errorLog, after.errorLog]);
  return after;
}

function logView(log: PollLog, fields: Fields, [former, failure]: readonly [Failure | null, Failure | null]): void {
  if (failure?.reason === former?.reason && failure?.errorNumber === former?.errorNumber) return;
  if (failure === null) log.info('view can be read again', fields);
  else {
    log.warn('view cannot be read', { ...fields, ...failureFields(failure) });
    logDefect(log, fields.server ?? null, failure);
  }
}

/** What whoever reports a defect of this program, or an answer that it could not read, is asked to attach. */
function logDefect(log: PollLog, server: Fields[string], { reason, stack }: Failure): void {
  if (reason === 'internal') {
    log.warn('this is a defect of milink-exporter: please report it, with the lines around this one', {
      server,
      hint: 'with --log.level=debug the next time also says where in the program',
    });
  }
  if (stack !== undefined) log.debug?.('where in the program', { server, stack });
}

/** One line for each number of which there are new entries. */
function logErrorLog(
  log: PollLog,
  server: string,
  [former, current]: readonly [ErrorLogState | undefined, ErrorLogState],
): void {
  logView(log, { server, view: 'error_log' }, [former?.reading.failure ?? null, current.reading.failure]);
  for (const [number, count] of current.counts) {
    const added = count - (former?.counts.get(number) ?? 0);
    if (added <= 0) continue;
    const description = describeError(number);
    const fields = { server, error_number: number, error_name: description?.name ?? null, count: added };
    if (description?.severity === 'info') log.info('entries in the error log', fields);
    else log.warn('errors in the error log', fields);
  }
}

function logOutcome(log: PollLog, { name, outcome, lastPollDurationSeconds }: ServerState): void {
  if (outcome.kind === 'failed') {
    const { view, failure } = outcome;
    log.warn('poll failed', { server: name, view, ...failureFields(failure) });
    logDefect(log, name, failure);
  } else if (outcome.kind === 'ok') {
    const { engine, version } = outcome.snapshot.server;
    log.info('poll succeeded', { server: name, engine, version, duration_seconds: lastPollDurationSeconds });
  }
}

function outcomeKey(outcome: Outcome): string {
  if (outcome.kind !== 'failed') return outcome.kind;
  const { reason, errorNumber } = outcome.failure;
  return `failed ${outcome.view} ${reason} ${errorNumber}`;
}

function failureFields({ reason, errorNumber, message }: Failure): Fields {
  const name = errorNumber === null ? undefined : describeError(errorNumber)?.name;
  const named = name === undefined ? {} : { error_name: name };
  return { reason, error_number: errorNumber, ...named, error: message };
}
