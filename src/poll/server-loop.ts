import { setTimeout as wait } from 'node:timers/promises';
import type { ServerConfig } from '../config/config.ts';
import { failureReasons } from '../model/failure-reason.ts';
import { noHistory } from '../model/history.ts';
import type { ServerState } from '../model/server-state.ts';
import { isTurnOver, nextTurn } from '../steps/turn.ts';
import { nextHistory } from './history.ts';
import { pollRecord, withPoll } from './recent-polls.ts';
import type { PollResult, ServerPoller } from './server-poller.ts';
import type { AskedPolls } from './time/asked-polls.ts';
import type { Clock } from './time/clock.ts';
import { type Due, type DueOptions, dueAfter, dueFirst, type EndedPoll, untilDue } from './time/due.ts';
import type { Pace } from './time/pace.ts';
import { nextRefusals } from './time/schedule.ts';

interface LoopOptions {
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
    nextPollTimestampSeconds: null,
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
  let former: Former = { consecutiveFailures: 0, refusals: null };
  let due = dueFirst(options.firstDelaySeconds, options);
  const tell = (next: ServerState): void => {
    state = next;
    onPolled(state);
  };
  const nextPoll = (dueSeconds: number): Pick<ServerState, 'nextPollTimestampSeconds'> => {
    return { nextPollTimestampSeconds: clock.nowSeconds() + dueSeconds - clock.monotonicSeconds() };
  };
  const onMoved = (dueSeconds: number): void => tell({ ...state, ...nextPoll(dueSeconds) });
  try {
    for (;;) {
      const wait = await waitFor(due, former, { ...options, onMoved });
      if (wait.dueSeconds === null) return;
      const { dueSeconds } = wait;
      const answer = asked?.begin() ?? null;
      const startedSeconds = clock.monotonicSeconds();
      // The state before counts until the poll has ended: an early word on it is the same poll.
      const before = state;
      const result = await poller.poll(stop, (early) => onPolled(polledServer(before, early, clock.nowSeconds())));
      // What follows from it is a step of its own: the last rows may have been read in this turn.
      if (isTurnOver()) await nextTurn();
      // A poll that the end of the program cut short says nothing of the server.
      if (stop.aborted) return void answer?.(null);
      former = formerAfter(former, result);
      const askedSeconds = wait.hasOtherProof || answer !== null ? startedSeconds : null;
      due = dueAfter({ dueSeconds, ...former, random: clock.random(), askedSeconds }, options);
      tell({
        ...polledServer(before, result, clock.nowSeconds()),
        pollIntervalSeconds: options.pace.intervalSeconds(),
        ...nextPoll(due.dueSeconds),
      });
      answer?.(state);
      const rest = { stop, untilSeconds: due.dueSeconds };
      // Last, and told on its own: role and health never wait for it.
      const errorLog = await poller.readErrorLog(result.outcome, rest);
      if (errorLog !== null && !stop.aborted) tell({ ...state, errorLog });
      await poller.renew(rest);
    }
  } finally {
    poller.close();
    asked?.end();
  }
}

/** What of the polls before decides when the next one is due. */
type Former = Pick<EndedPoll, 'consecutiveFailures' | 'refusals'>;

function formerAfter({ consecutiveFailures, refusals }: Former, { outcome }: PollResult): Former {
  const failure = outcome.kind === 'failed' ? outcome.failure : null;
  return {
    consecutiveFailures: failure === null ? 0 : consecutiveFailures + 1,
    refusals: nextRefusals(refusals, failure),
  };
}

interface Wait {
  /** When the poll was due; null when polling ends. */
  readonly dueSeconds: number | null;
  readonly hasOtherProof: boolean;
}

/** As `untilDue`; a server that refuses the login is asked as soon as there is another secret for it. */
async function waitFor(due: Due, { refusals }: Former, options: LoopOptions & DueOptions): Promise<Wait> {
  if (refusals === null) return { dueSeconds: await untilDue(due, options), hasOtherProof: false };
  const watch = watchProof(options.poller, options.pace);
  try {
    const dueSeconds = await untilDue(due, { ...options, wake: watch.changed });
    return { dueSeconds, hasOtherProof: watch.changed.aborted };
  } finally {
    watch.end();
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

interface ProofWatch {
  /** Aborts when another secret is there than the one that was refused. */
  readonly changed: AbortSignal;
  readonly end: () => void;
}

/** Looks once in each poll interval whether a server whose login was refused has got another secret. */
function watchProof({ hasOtherProof }: Pick<ServerPoller, 'hasOtherProof'>, pace: Pace): ProofWatch {
  const [changed, ended] = [new AbortController(), new AbortController()];
  const watch = async (): Promise<void> => {
    while (!changed.signal.aborted) {
      await wait(pace.intervalSeconds() * 1000, undefined, { signal: ended.signal });
      if (await hasOtherProof(ended.signal)) changed.abort();
    }
  };
  // Only the end of the watch rejects it.
  watch().catch(() => undefined);
  return { changed: changed.signal, end: () => ended.abort() };
}
