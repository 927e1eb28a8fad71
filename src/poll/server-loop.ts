import type { ServerConfig } from '../config/config.ts';
import { failureReasons } from '../model/failure-reason.ts';
import { noHistory } from '../model/history.ts';
import type { ServerState } from '../model/server-state.ts';
import type { AskedPolls } from './asked-polls.ts';
import type { Clock } from './clock.ts';
import { dueAfter, dueFirst, untilDue } from './due.ts';
import { nextHistory } from './history.ts';
import type { Pace } from './pace.ts';
import { pollRecord, withPoll } from './recent-polls.ts';
import type { PollResult, ServerPoller } from './server-poller.ts';

export interface LoopOptions {
  readonly poller: Omit<ServerPoller, 'adjust'>;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly firstDelaySeconds: number;
  readonly stop: AbortSignal;
  readonly onPolled: (state: ServerState) => void;
  /** Polls that somebody wants before the next is due; none unless given. */
  readonly asked?: AskedPolls | undefined;
}

/** A server before its first poll. */
export function pendingServer({ name, host }: ServerConfig): ServerState {
  return {
    name,
    host,
    outcome: { kind: 'pending' },
    views: new Map(),
    identity: null,
    lastPollTimestampSeconds: null,
    lastSuccessTimestampSeconds: null,
    lastPollDurationSeconds: null,
    polls: 0,
    pollFailures: new Map(failureReasons.map((reason) => [reason, 0])),
    logins: 0,
    history: noHistory,
    recentPolls: [],
  };
}

/** Polls one server until `stop` aborts: the next poll starts after the last one ended. Resolves when all is closed. */
export async function runServerLoop(initial: ServerState, options: LoopOptions): Promise<void> {
  const { poller, clock, stop, onPolled, asked } = options;
  let state = initial;
  let consecutiveFailures = 0;
  let due = dueFirst(options.firstDelaySeconds, options);
  try {
    for (;;) {
      const dueSeconds = await untilDue(due, options);
      if (dueSeconds === null) return;
      const answer = asked?.begin() ?? null;
      const startedSeconds = clock.monotonicSeconds();
      // The state before counts until the poll has ended: an early word on it is the same poll.
      const before = state;
      const result = await poller.poll(stop, (early) => onPolled(polledServer(before, early, clock.nowSeconds())));
      // A poll that the end of the program cut short says nothing of the server.
      if (stop.aborted) return void answer?.(null);
      state = {
        ...polledServer(state, result, clock.nowSeconds()),
        pollIntervalSeconds: options.pace.intervalSeconds(),
      };
      consecutiveFailures = result.outcome.kind === 'failed' ? consecutiveFailures + 1 : 0;
      onPolled(state);
      answer?.(state);
      const askedSeconds = answer === null ? null : startedSeconds;
      due = dueAfter({ dueSeconds, consecutiveFailures, random: clock.random(), askedSeconds }, options);
      // Last, and told on its own: role and health never wait for it.
      const errorLog = await poller.readErrorLog(result.outcome, { stop, untilSeconds: due.dueSeconds });
      if (errorLog === null || stop.aborted) continue;
      state = { ...state, errorLog };
      onPolled(state);
    }
  } finally {
    poller.close();
    asked?.end();
  }
}

/** A server's state after one more poll. Identity, history and the time of the last success outlive a failure. */
export function polledServer(before: ServerState, result: PollResult, nowSeconds: number): ServerState {
  const { outcome } = result;
  const pollFailures = new Map(before.pollFailures);
  if (outcome.kind === 'failed') {
    pollFailures.set(outcome.failure.reason, (pollFailures.get(outcome.failure.reason) ?? 0) + 1);
  }
  return {
    ...before,
    outcome,
    views: result.views,
    identity: outcome.kind === 'ok' ? identityOf(outcome.snapshot.server) : before.identity,
    lastPollTimestampSeconds: nowSeconds,
    lastSuccessTimestampSeconds: outcome.kind === 'ok' ? nowSeconds : before.lastSuccessTimestampSeconds,
    lastPollDurationSeconds: result.durationSeconds,
    polls: before.polls + 1,
    pollFailures,
    logins: before.logins + result.logins,
    history: nextHistory(before.history, result),
    recentPolls: withPoll(before.recentPolls, pollRecord(result, nowSeconds)),
  };
}

function identityOf({ serverName, engine }: NonNullable<ServerState['identity']>): ServerState['identity'] {
  return { serverName, engine };
}
