import type { RequestToken } from '../azure/request-token.ts';
import type { ServerConfig } from '../config/config.ts';
import { defaultLimits } from '../config/limits.ts';
import type { ErrorLogState } from '../model/error-log.ts';
import type { Outcome } from '../model/server-state.ts';
import type { ViewName, ViewReading } from '../model/snapshot.ts';
import type { Connect, Connection } from '../sql/connection.ts';
import type { Clock } from './clock.ts';
import { connectFailure } from './connect-failure.ts';
import { createCredentialSource } from './credentials.ts';
import { createErrorLogCollector } from './error-log-collector.ts';
import { readSnapshot, type SnapshotReading } from './read-snapshot.ts';
import { boundedSnapshot, type ExpectedNames, type ShownLimits } from './shown-rows.ts';
import { type KeptView, type ViewPlans, viewPlans } from './view-schedule.ts';

/** What a poll keeps to. */
export interface PollLimits {
  /** For connecting and for the views without a time limit of their own. */
  readonly timeoutSeconds: number;
  /** When each view is read; every view in every poll unless given. */
  readonly plans?: ViewPlans;
  /** What is shown first of a server that has more than `limits` allow; nothing unless given. */
  readonly expected?: ExpectedNames;
}

export interface PollerOptions extends PollLimits {
  readonly server: ServerConfig;
  readonly connect: Connect;
  readonly clock: Clock;
  /** How long the slow views may take before what was read until then is told; 1 unless given. */
  readonly earlyAfterSeconds?: number;
  /** @azure/identity's unless given. */
  readonly requestToken?: RequestToken;
}

/** How one poll of one server ended. */
export interface PollResult {
  readonly outcome: Exclude<Outcome, { kind: 'pending' }>;
  readonly views: ReadonlyMap<ViewName, ViewReading>;
  readonly durationSeconds: number;
  /** Attempts to log in that this poll made: 1 when it had to connect. */
  readonly logins: number;
}

/** Polls one server over one connection, which stays open between polls and is thrown away after a fault. */
export interface ServerPoller {
  /**
   * Never rejects. Ends within the time limits, or as soon as `stop` aborts, whatever the server does. `onEarly` gets,
   * at most once, what was read before the slow views when those take long.
   */
  readonly poll: (stop: AbortSignal, onEarly?: (early: PollResult) => void) => Promise<PollResult>;
  /**
   * Reads what is new in the server's error log, over the connection of the poll whose outcome is given. Null when that
   * is off or not due. Never rejects; ends when the next poll is due, at `untilSeconds` of the monotonic clock.
   */
  readonly readErrorLog: (
    outcome: PollResult['outcome'],
    limits: { readonly stop: AbortSignal; readonly untilSeconds: number },
  ) => Promise<ErrorLogState | null>;
  /** The limits from the next poll on; the connection stays. */
  readonly adjust: (limits: PollLimits) => void;
  readonly close: () => void;
}

export function createServerPoller(options: PollerOptions): ServerPoller {
  const { server, connect, clock, earlyAfterSeconds = 1 } = options;
  let limits: PollLimits = options;
  const kept = new Map<ViewName, KeptView>();
  const withoutNewerColumns = new Set<ViewName>();
  const collector = server.errorLog === undefined ? null : createErrorLogCollector(server.errorLog, clock);
  const credentials = createCredentialSource(server.authentication, clock, options.requestToken);
  let connection: Connection | null = null;

  const close = (): void => {
    connection?.close();
    connection = null;
  };

  async function poll(stop: AbortSignal, onEarly: (early: PollResult) => void = ignore): Promise<PollResult> {
    const { timeoutSeconds, plans = viewPlans({ views: {}, pollTimeoutSeconds: timeoutSeconds }) } = limits;
    const { expected = nothingExpected } = limits;
    const start = clock.monotonicSeconds();
    const signal = AbortSignal.any([stop, clock.timeLimit(timeoutSeconds)]);
    const views = new Map<ViewName, ViewReading>();
    let logins = 0;
    const end = (outcome: PollResult['outcome'], read: PollResult['views'] = views): PollResult => {
      return { outcome, views: read, durationSeconds: clock.monotonicSeconds() - start, logins };
    };
    try {
      if (connection === null) {
        const proof = await credentials.read(signal);
        logins = 1;
        connection = await connect(server, { credentials: proof, signal });
      }
      credentials.renew(signal);
      const { links, databases } = server.limits ?? defaultLimits;
      const shown = { links, databases, expected };
      const reading = await readSnapshot({
        ...{ connection, clock, signal, stop, withoutNewerColumns, plans, kept, earlyAfterSeconds },
        onEarly: ({ result, views: read }) => onEarly(end(bounded(result, shown), read)),
      });
      if (!reading.isConnectionUsable) close();
      if (reading.result.kind === 'failed') kept.clear();
      return end(bounded(reading.result, shown), reading.views);
    } catch (error) {
      close();
      kept.clear();
      const failure = connectFailure(error);
      if (failure.reason === 'login') credentials.forget();
      return end({ kind: 'failed', view: null, failure });
    }
  }

  const readErrorLog: ServerPoller['readErrorLog'] = async (outcome, { stop, untilSeconds }) => {
    if (collector === null || connection === null || outcome.kind === 'failed') return null;
    const { snapshot } = outcome;
    const collection = await collector.collect({ connection, snapshot, signal: stop, untilSeconds });
    if (collection?.isConnectionUsable === false) close();
    return collection?.state ?? null;
  };

  return {
    poll,
    readErrorLog,
    adjust: (next) => {
      limits = next;
    },
    close,
  };
}

const nothingExpected: ExpectedNames = { links: new Set(), databases: new Set() };

function bounded(outcome: SnapshotReading['result'], limits: ShownLimits): SnapshotReading['result'] {
  return outcome.kind === 'failed' ? outcome : { kind: 'ok', snapshot: boundedSnapshot(outcome.snapshot, limits) };
}

function ignore(): void {}
