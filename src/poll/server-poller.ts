import type { RequestToken } from '../azure/request-token.ts';
import type { ServerConfig } from '../config/config.ts';
import { defaultLimits } from '../config/limits.ts';
import type { ErrorLogState } from '../model/error-log.ts';
import { type Failure, isForPeople } from '../model/failure-reason.ts';
import type { Outcome } from '../model/server-state.ts';
import type { ViewName, ViewReading } from '../model/snapshot.ts';
import type { Connect } from '../sql/connection.ts';
import { limitedBy, withinLimit } from '../threads/abort-signals.ts';
import { createErrorLogCollector } from './error-log/collector.ts';
import { connectFailure } from './login/connect-failure.ts';
import { type CredentialSource, createCredentialSource } from './login/credentials.ts';
import { createKeptConnection, type KeptConnection } from './login/kept-connection.ts';
import { boundedSnapshot, type ExpectedNames, type ShownLimits } from './reading/shown-rows.ts';
import { type PollLine, readSnapshot, type SnapshotReading } from './reading/snapshot.ts';
import { createViewMemory, forgetRests, type ViewMemory } from './reading/view-memory.ts';
import { type ViewPlans, viewPlans } from './reading/view-schedule.ts';
import type { Clock } from './time/clock.ts';

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
  /** Attempts to log in of this poll, and of a renewal since the one before. */
  readonly logins: number;
}

/** What goes on between two polls. */
export interface RestLimits {
  readonly stop: AbortSignal;
  /** The next poll is due then, on the monotonic clock. */
  readonly untilSeconds: number;
}

/**
 * Polls one server over one connection, which stays open between polls, is thrown away after a fault, and is replaced when
 * it is old.
 */
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
  readonly readErrorLog: (outcome: PollResult['outcome'], limits: RestLimits) => Promise<ErrorLogState | null>;
  /**
   * Between two polls: replaces a connection that is old. A login that the server refuses is what the next poll fails
   * with; any other failure leaves it to that poll to log in. Never rejects, and ends before `untilSeconds`.
   */
  readonly renew: (limits: RestLimits) => Promise<void>;
  /** Whether another secret is there than the one that the last login proved itself with. Never rejects. */
  readonly hasOtherProof: (signal: AbortSignal) => Promise<boolean>;
  /** The limits from the next poll on; the connection stays. */
  readonly adjust: (limits: PollLimits) => void;
  readonly close: () => void;
}

export function createServerPoller(options: PollerOptions): ServerPoller {
  const { server, connect, clock } = options;
  let limits: PollLimits = options;
  const collector = server.errorLog === undefined ? null : createErrorLogCollector(server.errorLog, clock);
  const credentials = createCredentialSource(server.authentication, clock, options.requestToken);
  const connection = createKeptConnection({ server, connect, credentials, clock });
  const parts: PollerParts = { server, connection, credentials, memory: createViewMemory(), refusal: null };

  return {
    poll: async (stop, onEarly = ignore) => {
      const { earlyAfterSeconds = 1 } = options;
      const limit = clock.timeLimit(limits.timeoutSeconds);
      return withinLimit(stop, limit, (signal) =>
        pollOnce(parts, { ...limits, clock, stop, signal, onEarly, earlyAfterSeconds }),
      );
    },
    readErrorLog: async (outcome, { stop, untilSeconds }) => {
      const current = connection.current();
      if (collector === null || current === null || outcome.kind === 'failed') return null;
      const { snapshot } = outcome;
      const collection = await collector.collect({ connection: current, snapshot, signal: stop, untilSeconds });
      if (collection?.isConnectionUsable === false) connection.close();
      return collection?.state ?? null;
    },
    renew: async ({ stop, untilSeconds }) => {
      const leftSeconds = Math.min(limits.timeoutSeconds, untilSeconds - clock.monotonicSeconds());
      if (!connection.isOld() || leftSeconds <= 0) return;
      const failure = await withinLimit(stop, clock.timeLimit(leftSeconds), (signal) => logIn(parts, signal));
      if (failure !== null && isForPeople(failure)) parts.refusal = failure;
    },
    hasOtherProof: credentials.hasChanged,
    adjust: (next) => {
      limits = next;
    },
    close: connection.close,
  };
}

interface PollerParts {
  readonly server: ServerConfig;
  readonly connection: KeptConnection;
  readonly credentials: CredentialSource;
  readonly memory: ViewMemory;
  /** A login that was refused between polls, or in the middle of one: the next poll fails with it, and sends no other. */
  refusal: Failure | null;
}

interface PollOptions extends PollLimits, Required<Pick<PollerOptions, 'clock' | 'earlyAfterSeconds'>> {
  readonly stop: AbortSignal;
  /** Aborts at the poll's time limit too. */
  readonly signal: AbortSignal;
  readonly onEarly: (early: PollResult) => void;
}

async function pollOnce(parts: PollerParts, options: PollOptions): Promise<PollResult> {
  const { server, connection, credentials, memory } = parts;
  const { clock, stop, signal, onEarly, timeoutSeconds, earlyAfterSeconds } = options;
  const { plans = viewPlans({ views: {}, pollTimeoutSeconds: timeoutSeconds }) } = options;
  const { links, databases } = server.limits ?? defaultLimits;
  const shown = { links, databases, expected: options.expected ?? nothingExpected };
  const start = clock.monotonicSeconds();
  // The early word and the end tell of the same poll: of its logins both say all so far.
  let logins = 0;
  const end = (outcome: PollResult['outcome'], views: PollResult['views']): PollResult => {
    logins += connection.takeLogins();
    if (outcome.kind === 'failed') memory.kept.clear();
    return { outcome, views, durationSeconds: clock.monotonicSeconds() - start, logins };
  };
  const isKept = connection.current() !== null;
  const failure = isKept ? null : await firstLogIn(parts, signal);
  if (failure !== null) return end({ kind: 'failed', view: null, failure }, new Map());
  // It may go on when the poll has ended.
  credentials.renew(() => limitedBy(stop, clock.timeLimit(timeoutSeconds)));
  try {
    const { result, views } = await readSnapshot({
      ...{ line: lineOf(parts, isKept), clock, signal, stop, memory, plans, timeoutSeconds, earlyAfterSeconds },
      deadlineSeconds: start + timeoutSeconds,
      onEarly: (early) => onEarly(end(bounded(early.result, shown), early.views)),
    });
    // What this poll fails with is told by it, and not once more by the next.
    if (result.kind === 'failed') parts.refusal = null;
    return end(bounded(result, shown), views);
  } catch (error) {
    // A defect of this program, which must not end the polling.
    connection.close();
    return end({ kind: 'failed', view: null, failure: connectFailure(error) }, new Map());
  }
}

/** Logs in at the beginning of a poll, unless it is known already that the login is refused. */
async function firstLogIn(parts: PollerParts, signal: AbortSignal): Promise<Failure | null> {
  const { refusal } = parts;
  parts.refusal = null;
  return refusal ?? logIn(parts, signal);
}

/** Resolves to why it failed; null when it did not. */
async function logIn({ connection, credentials, memory }: PollerParts, signal: AbortSignal): Promise<Failure | null> {
  try {
    await connection.open(signal);
    forgetRests(memory);
    return null;
  } catch (error) {
    const failure = connectFailure(error);
    if (failure.reason === 'login') credentials.forget();
    return failure;
  }
}

function lineOf(parts: PollerParts, wasKept: boolean): PollLine {
  const { connection } = parts;
  let isReplaced = false;
  let isNew = !wasKept;
  return {
    current: connection.current,
    isKept: () => !isNew,
    canReplace: () => !isReplaced,
    replace: async (signal, ended) => {
      isNew = true;
      const failure = await logIn(parts, signal);
      isReplaced = ended !== 'batch' || failure !== null;
      if (failure !== null && isForPeople(failure)) parts.refusal = failure;
      return failure;
    },
    close: connection.close,
  };
}

const nothingExpected: ExpectedNames = { links: new Set(), databases: new Set() };

function bounded(outcome: SnapshotReading['result'], limits: ShownLimits): SnapshotReading['result'] {
  return outcome.kind === 'failed' ? outcome : { kind: 'ok', snapshot: boundedSnapshot(outcome.snapshot, limits) };
}

function ignore(): void {}
