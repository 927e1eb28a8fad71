import type { ServerConfig } from '../../config/config.ts';
import type { Failure } from '../../model/failure-reason.ts';
import type { Permission, ServerFacts } from '../../model/server.ts';
import type { ViewName } from '../../model/snapshot.ts';
import { classifyError } from '../../sql/classify-error.ts';
import type { Connection } from '../../sql/connection.ts';
import { pollingOrder } from '../../views/index.ts';
import { permissions as permissionsView } from '../../views/permissions.ts';
import { server as serverView } from '../../views/server.ts';
import { isViewOf, type View } from '../../views/view.ts';
import { type LoginOptions, logInOnce } from './log-in.ts';

/** What a server says of itself and of the login that looks at it. */
export interface LookResult {
  readonly facts: ServerFacts;
  /** Null: they could not be read. */
  readonly permissions: readonly Permission[] | null;
  /** The views that could not be read; `source` is the object in sys, null where it reads none. */
  readonly failures: readonly { readonly view: ViewName; readonly source: string | null; readonly failure: Failure }[];
}

/**
 * Logs in to a server once as a poll does, and tries to read every view. Never rejects; a failure is one to connect, or
 * to learn what the server is.
 */
export async function lookAtLogin(server: ServerConfig, options: LoginOptions): Promise<LookResult | Failure> {
  const outcome = await logInOnce(server, options, (connection) => look(connection, options));
  return 'failure' in outcome ? outcome.failure : outcome.answer;
}

async function look(connection: Connection, options: LoginOptions): Promise<LookResult> {
  const context = { localOffsetSeconds: 0 };
  const [facts] = serverView.parse(await ask(connection, serverView, null, options), context);
  if (facts === undefined) throw new Error('the server did not say what it is');
  const failures: { view: ViewName; source: string | null; failure: Failure }[] = [];
  let permissions: readonly Permission[] | null = null;
  for (const view of pollingOrder.filter((each) => isViewOf(each, facts.engine))) {
    try {
      const records = await ask(connection, view, facts, options);
      if (view.name === permissionsView.name) permissions = permissionsView.parse(records, context);
    } catch (error) {
      failures.push({ view: view.name, source: view.source, failure: classifyError(error) });
    }
  }
  return { facts, permissions, failures };
}

/** A view that takes too long is cancelled, as in a poll, and the next one is tried. */
function ask(
  connection: Connection,
  view: View,
  facts: ServerFacts | null,
  { clock, timeoutSeconds, stop }: LoginOptions,
): ReturnType<Connection['query']> {
  return connection.query(view.sql(facts), stop, clock.timeLimit(timeoutSeconds));
}
