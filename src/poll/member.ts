import type { ServerConfig } from '../config/config.ts';
import type { ServerState } from '../model/server-state.ts';
import type { Connect } from '../sql/connection.ts';
import { type KnownState, logChange, type PollLog } from './poll-log.ts';
import { runServerLoop } from './server-loop.ts';
import { createServerPoller, type PollLimits } from './server-poller.ts';
import { type AskedPolls, createAskedPolls } from './time/asked-polls.ts';
import type { Clock } from './time/clock.ts';
import type { Pace } from './time/pace.ts';

/** One server of a fleet, polled over one connection until it is stopped. */
export interface Member {
  readonly server: ServerConfig;
  readonly state: () => ServerState;
  readonly ask: AskedPolls['ask'];
  /** Has a server polled at once whose latest poll failed: somebody may have mended what was wrong. */
  readonly retry: () => void;
  /** Other limits from the next poll on. */
  readonly adjust: (limits: PollLimits) => void;
  /** Ends the poll under way, of which nothing is recorded, and resolves when the connection is closed. */
  readonly stop: () => Promise<void>;
}

/** What the members of a fleet have in common. */
export interface MemberOptions {
  readonly connect: Connect;
  readonly log: PollLog;
  readonly clock: Clock;
  readonly pace: Pace;
  /** Called after each poll, with the new state in place. */
  readonly onPolled: () => void;
}

/** How a member begins. */
export interface MemberStart {
  readonly limits: PollLimits;
  readonly firstDelaySeconds: number;
  /** What is known of the server already. */
  readonly initial: ServerState;
  /** When it ends, connecting is allowed; null: at once. */
  readonly after: Promise<unknown> | null;
}

export function startMember(server: ServerConfig, start: MemberStart, options: MemberOptions): Member {
  const { connect, log, clock, pace } = options;
  const stop = new AbortController();
  const asked = createAskedPolls();
  const poller = createServerPoller({ server, connect, clock, ...start.limits });
  let state = start.initial;
  let known: KnownState = state;
  const onPolled = (polled: ServerState): void => {
    if (stop.signal.aborted) return;
    state = polled;
    known = logChange(log, known, state);
    options.onPolled();
  };
  const { firstDelaySeconds, initial, after } = start;
  const run = (): Promise<void> =>
    runServerLoop(initial, { poller, clock, pace, firstDelaySeconds, stop: stop.signal, onPolled, asked });
  const loop = after === null ? run() : after.then(run, run);
  return {
    server,
    state: () => state,
    ask: asked.ask,
    retry: () => {
      if (state.outcome.kind === 'failed') asked.ask().catch(() => undefined);
    },
    adjust: poller.adjust,
    stop: () => {
      stop.abort();
      return loop;
    },
  };
}
