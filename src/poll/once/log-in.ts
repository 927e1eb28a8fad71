import type { ServerConfig } from '../../config/config.ts';
import type { Failure } from '../../model/failure-reason.ts';
import type { Connect, Connection } from '../../sql/connection.ts';
import { connectFailure } from '../login/connect-failure.ts';
import { createCredentialSource } from '../login/credentials.ts';
import type { Clock } from '../time/clock.ts';

/** How a server is logged in to that is asked once, and not polled. */
export interface LoginOptions {
  readonly connect: Connect;
  readonly clock: Clock;
  /** For connecting, and for each statement. */
  readonly timeoutSeconds: number;
  readonly stop: AbortSignal;
}

/**
 * Logs in once as a poll does, and closes the connection whatever came of it. Never rejects: a failure is one to connect, or
 * what `ask` rejects with.
 */
export async function logInOnce<Answer>(
  server: ServerConfig,
  { connect, clock, timeoutSeconds, stop }: LoginOptions,
  ask: (connection: Connection) => Promise<Answer>,
): Promise<{ readonly answer: Answer } | { readonly failure: Failure }> {
  let connection: Connection | null = null;
  try {
    const signal = AbortSignal.any([stop, clock.timeLimit(timeoutSeconds)]);
    const credentials = await createCredentialSource(server.authentication, clock).read(signal);
    connection = await connect(server, { credentials, signal });
    return { answer: await ask(connection) };
  } catch (error) {
    return { failure: connectFailure(error) };
  } finally {
    connection?.close();
  }
}
