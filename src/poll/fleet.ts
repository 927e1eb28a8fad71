import type { Config } from '../config/config.ts';
import type { ServerState } from '../model/server-state.ts';
import type { Connect } from '../sql/connection.ts';
import { createAskedPolls } from './asked-polls.ts';
import { type Clock, systemClock } from './clock.ts';
import { type KnownState, logChange, type PollLog } from './poll-log.ts';
import { firstPollDelaySeconds } from './schedule.ts';
import { pendingServer, runServerLoop } from './server-loop.ts';
import { createServerPoller } from './server-poller.ts';
import { viewPlans } from './view-schedule.ts';

export interface FleetOptions {
  readonly config: Pick<Config, 'servers' | 'views' | 'pollIntervalSeconds' | 'pollTimeoutSeconds'>;
  readonly connect: Connect;
  readonly log: PollLog;
  readonly clock?: Clock;
}

/** All configured servers, each polled on its own: none waits for another. */
export interface Fleet {
  /** In the order of the configuration. The same array until a poll of some server has ended. */
  readonly states: () => readonly ServerState[];
  /** Calls the listener after each poll of any server. */
  readonly onChange: (listener: () => void) => void;
  /**
   * Polls a server before that is due, over its own connection, after the poll that is under way; several askers share one
   * poll. Resolves to its state then; to null when there is no such server or polling has ended.
   */
  readonly pollNow: (name: string) => Promise<ServerState | null>;
  /** Ends the polls under way and closes every connection. */
  readonly stop: () => Promise<void>;
}

export function startFleet({ config, connect, log, clock = systemClock }: FleetOptions): Fleet {
  const { servers, pollIntervalSeconds, pollTimeoutSeconds } = config;
  const plans = viewPlans(config);
  const stop = new AbortController();
  const listeners: (() => void)[] = [];
  let states = servers.map(pendingServer);

  const asked = new Map(servers.map(({ name }) => [name, createAskedPolls()]));
  const loops = servers.map((server, index) => {
    let known: KnownState = pendingServer(server);
    const onPolled = (state: ServerState): void => {
      states = states.with(index, state);
      known = logChange(log, known, state);
      for (const listener of listeners) tell(listener, log);
    };
    return runServerLoop(pendingServer(server), {
      poller: createServerPoller({ server, connect, clock, timeoutSeconds: pollTimeoutSeconds, plans }),
      clock,
      intervalSeconds: pollIntervalSeconds,
      firstDelaySeconds: firstPollDelaySeconds(index, servers.length, pollIntervalSeconds),
      stop: stop.signal,
      onPolled,
      asked: asked.get(server.name),
    });
  });

  return {
    states: () => states,
    onChange: (listener) => listeners.push(listener),
    pollNow: async (name) => asked.get(name)?.ask() ?? null,
    stop: async () => {
      stop.abort();
      await Promise.all(loops);
    },
  };
}

/** A defect in what listens must not end the polling. */
function tell(listener: () => void, log: PollLog): void {
  try {
    listener();
  } catch (error) {
    log.warn('a listener to polls failed', { error: error instanceof Error ? error.message : String(error) });
  }
}
