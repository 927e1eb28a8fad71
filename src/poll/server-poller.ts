import type { ServerConfig } from '../config/config.ts';
import { readSecret, SecretError } from '../config/secret.ts';
import type { Failure } from '../model/failure-reason.ts';
import type { Outcome } from '../model/server-state.ts';
import type { ViewName, ViewReading } from '../model/snapshot.ts';
import { classifyError } from '../sql/classify-error.ts';
import type { Connect, Connection } from '../sql/connection.ts';
import type { Clock } from './clock.ts';
import { readSnapshot } from './read-snapshot.ts';
import { type KeptView, type ViewPlans, viewPlans } from './view-schedule.ts';

export interface PollerOptions {
  readonly server: ServerConfig;
  readonly connect: Connect;
  readonly clock: Clock;
  /** For connecting and for the views without a time limit of their own. */
  readonly timeoutSeconds: number;
  /** When each view is read; every view in every poll unless given. */
  readonly plans?: ViewPlans;
  /** How long the slow views may take before what was read until then is told; 1 unless given. */
  readonly earlyAfterSeconds?: number;
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
  readonly close: () => void;
}

export function createServerPoller(options: PollerOptions): ServerPoller {
  const { server, connect, clock, timeoutSeconds, earlyAfterSeconds = 1 } = options;
  const plans = options.plans ?? viewPlans({ views: {}, pollTimeoutSeconds: timeoutSeconds });
  const kept = new Map<ViewName, KeptView>();
  const withoutNewerColumns = new Set<ViewName>();
  let connection: Connection | null = null;

  const close = (): void => {
    connection?.close();
    connection = null;
  };

  async function poll(stop: AbortSignal, onEarly: (early: PollResult) => void = ignore): Promise<PollResult> {
    const start = clock.monotonicSeconds();
    const signal = AbortSignal.any([stop, clock.timeLimit(timeoutSeconds)]);
    const views = new Map<ViewName, ViewReading>();
    let logins = 0;
    const end = (outcome: PollResult['outcome'], read: PollResult['views'] = views): PollResult => {
      return { outcome, views: read, durationSeconds: clock.monotonicSeconds() - start, logins };
    };
    try {
      if (connection === null) {
        const password = await readPassword(server, signal);
        logins = 1;
        connection = await connect(server, { password, signal });
      }
      const reading = await readSnapshot({
        ...{ connection, clock, signal, stop, withoutNewerColumns, plans, kept, earlyAfterSeconds },
        onEarly: ({ result, views: read }) => onEarly(end(result, read)),
      });
      if (!reading.isConnectionUsable) close();
      if (reading.result.kind === 'failed') kept.clear();
      return end(reading.result, reading.views);
    } catch (error) {
      close();
      kept.clear();
      return end({ kind: 'failed', view: null, failure: connectFailure(error) });
    }
  }

  return { poll, close };
}

function ignore(): void {}

/** The file behind a secret may be on a share that hangs, or a pipe: the time limit holds for it too. */
async function readPassword({ authentication }: ServerConfig, signal: AbortSignal): Promise<string> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const onAbort = (): void =>
    reject(new SecretError('password', 'it could not be read within the time limit of a poll'));
  const password = readSecret(authentication.password);
  // The loser of the race may still reject, with nobody waiting.
  password.catch(() => undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([late, password]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Before the login has succeeded, an answer that makes no sense is not the server we look for. */
function connectFailure(error: unknown): Failure {
  // Not its whole message: that holds the path, where somebody may have put the password by mistake.
  if (error instanceof SecretError)
    return { reason: 'secret', message: `password: ${error.reason}`, errorNumber: null };
  return classifyError(error);
}
