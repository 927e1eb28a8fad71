import type { ServerConfig } from '../config/config.ts';
import { readSecret, SecretError } from '../config/secret.ts';
import type { Failure } from '../model/failure-reason.ts';
import type { Outcome } from '../model/server-state.ts';
import type { ViewName, ViewReading } from '../model/snapshot.ts';
import { classifyError } from '../sql/classify-error.ts';
import type { Connect, Connection } from '../sql/connection.ts';
import type { Clock } from './clock.ts';
import { readSnapshot } from './read-snapshot.ts';

export interface PollerOptions {
  readonly server: ServerConfig;
  readonly connect: Connect;
  readonly clock: Clock;
  readonly timeoutSeconds: number;
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
  /** Never rejects. Ends within the time limit, or as soon as `stop` aborts, whatever the server does. */
  readonly poll: (stop: AbortSignal) => Promise<PollResult>;
  readonly close: () => void;
}

export function createServerPoller({ server, connect, clock, timeoutSeconds }: PollerOptions): ServerPoller {
  const withoutNewerColumns = new Set<ViewName>();
  let connection: Connection | null = null;

  const close = (): void => {
    connection?.close();
    connection = null;
  };

  async function poll(stop: AbortSignal): Promise<PollResult> {
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
      const reading = await readSnapshot({ connection, clock, signal, withoutNewerColumns });
      if (!reading.isConnectionUsable) close();
      return end(reading.result, reading.views);
    } catch (error) {
      close();
      return end({ kind: 'failed', view: null, failure: connectFailure(error) });
    }
  }

  return { poll, close };
}

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
