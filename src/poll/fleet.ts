import type { Config, ServerConfig } from '../config/config.ts';
import { isSameAddress, isSameServer } from '../config/server/same-server.ts';
import { noHistory, type ServerHistory } from '../model/history.ts';
import type { ServerState } from '../model/server-state.ts';
import type { Connect } from '../sql/connection.ts';
import { type Member, type MemberOptions, type MemberStart, startMember } from './member.ts';
import type { PollLog } from './poll-log.ts';
import { expectedNames } from './reading/shown-rows.ts';
import { viewPlans } from './reading/view-schedule.ts';
import { pendingServer } from './server-loop.ts';
import type { PollLimits } from './server-poller.ts';
import { type Clock, systemClock } from './time/clock.ts';
import { createPace } from './time/pace.ts';
import { firstPollDelaySeconds } from './time/schedule.ts';

/** What of the configuration a fleet goes by. */
export type FleetConfig = Pick<Config, 'servers' | 'views' | 'pollIntervalSeconds' | 'pollTimeoutSeconds'> &
  Partial<Pick<Config, 'links'>>;

export interface FleetOptions {
  readonly config: FleetConfig;
  readonly connect: Connect;
  readonly log: PollLog;
  readonly clock?: Clock;
  /** What is known of a server from before this process; nothing unless given. */
  readonly recalled?: (server: string) => ServerHistory;
}

/** All configured servers, each polled on its own: none waits for another. */
export interface Fleet {
  /** In the order of the configuration. The same array until a poll of some server has ended, or the configuration changed. */
  readonly states: () => readonly ServerState[];
  /** Calls the listener after each poll of any server, and after a change of the configuration. */
  readonly onChange: (listener: () => void) => void;
  /**
   * Polls a server before that is due, over its own connection, after the poll that is under way; several askers share one
   * poll. Resolves to its state then; to null when there is no such server or polling has ended.
   */
  readonly pollNow: (name: string) => Promise<ServerState | null>;
  /**
   * Goes by another configuration from now on. Servers that are the same in it keep their connection and all that is known
   * of them; those of them whose latest poll failed are polled at once. The states of those that are gone are gone when
   * this returns. Resolves when no longer needed connections are closed. Not for two calls at a time.
   */
  readonly reconfigure: (config: FleetConfig) => Promise<FleetChange>;
  /** Ends the polls under way and closes every connection. */
  readonly stop: () => Promise<void>;
}

/** How many servers another configuration has. */
export interface FleetChange {
  readonly added: number;
  readonly removed: number;
  /** Of the same name, but reached or read otherwise: connected anew. */
  readonly changed: number;
  readonly unchanged: number;
}

export function startFleet({ config, connect, log, clock = systemClock, recalled }: FleetOptions): Fleet {
  const listeners: (() => void)[] = [];
  const pace = createPace(config.pollIntervalSeconds);
  const refresh = (): void => {
    states = members.map((member) => member.state());
    for (const listener of listeners) tell(listener, log);
  };
  const options: Beginning = { connect, log, clock, pace, onPolled: refresh, recalled: recalled ?? (() => noHistory) };
  let hasStopped = false;
  let closing: Promise<unknown> = Promise.resolve();
  let members = replaceMembers(planChange([], config.servers), config, { ...options, after: null });
  let states = members.map((member) => member.state());

  return {
    states: () => states,
    onChange: (listener) => listeners.push(listener),
    pollNow: async (name) => members.find(({ server }) => server.name === name)?.ask() ?? null,
    reconfigure: async (next) => {
      const plan = planChange(members, next.servers);
      if (hasStopped) return plan.change;
      // First of all: a server under another name must not see two connections at a time.
      const closed = Promise.all(plan.leaving.map((member) => member.stop()));
      closing = Promise.all([closing, closed]);
      members = replaceMembers(plan, next, { ...options, after: closed });
      pace.change(next.pollIntervalSeconds);
      refresh();
      await closed;
      return plan.change;
    },
    stop: async () => {
      hasStopped = true;
      await Promise.all([...members.map((member) => member.stop()), closing]);
    },
  };
}

interface Beginning extends MemberOptions {
  readonly recalled: (server: string) => ServerHistory;
}

interface ChangePlan {
  /** For each server of the next configuration, in its order. */
  readonly entries: readonly {
    readonly server: ServerConfig;
    readonly former: Member | null;
    readonly isKept: boolean;
  }[];
  readonly leaving: readonly Member[];
  readonly change: FleetChange;
}

function planChange(members: readonly Member[], servers: readonly ServerConfig[]): ChangePlan {
  const byName = new Map(members.map((member) => [member.server.name, member]));
  const entries = servers.map((server) => {
    const former = byName.get(server.name) ?? null;
    return { server, former, isKept: former !== null && isSameServer(former.server, server) };
  });
  const kept = new Set(entries.filter(({ isKept }) => isKept).map(({ former }) => former));
  const changed = entries.filter(({ former, isKept }) => former !== null && !isKept).length;
  const change = {
    added: entries.filter(({ former }) => former === null).length,
    removed: members.length - kept.size - changed,
    changed,
    unchanged: kept.size,
  };
  return { entries, leaving: members.filter((member) => !kept.has(member)), change };
}

function replaceMembers(
  { entries, change }: ChangePlan,
  config: FleetConfig,
  { after, recalled, ...options }: Beginning & Pick<MemberStart, 'after'>,
): Member[] {
  const limits = limitsOf(config);
  let started = 0;
  return entries.map(({ server, former, isKept }) => {
    if (former !== null && isKept) {
      former.adjust(limits);
      former.retry();
      return former;
    }
    const firstDelaySeconds = firstPollDelaySeconds(started, change.added + change.changed, config.pollIntervalSeconds);
    started += 1;
    return startMember(
      server,
      { limits, firstDelaySeconds, initial: initialState(server, former, recalled), after },
      options,
    );
  });
}

/** What was seen of a server stays true when it is only reached or read in another way; at another address it is another one. */
function initialState(server: ServerConfig, former: Member | null, recalled: Beginning['recalled']): ServerState {
  if (former === null) return { ...pendingServer(server), history: recalled(server.name) };
  if (!isSameAddress(former.server, server)) return pendingServer(server);
  return { ...former.state(), host: server.host };
}

function limitsOf(config: FleetConfig): PollLimits {
  return {
    timeoutSeconds: config.pollTimeoutSeconds,
    plans: viewPlans(config),
    expected: expectedNames(config.links ?? []),
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
