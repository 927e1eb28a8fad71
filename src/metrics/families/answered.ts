import type { ServerState } from '../../model/server-state.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { State } from '../family.ts';

/** A server whose latest poll succeeded, with what that poll saw. */
export interface AnsweredServer {
  readonly server: string;
  readonly state: ServerState;
  readonly snapshot: Snapshot;
}

/** The servers that state series may be about: a pending or failed poll has none, and an older snapshot is never shown. */
export function answeredServers(state: State): readonly AnsweredServer[] {
  return state.servers.flatMap((server) =>
    server.outcome.kind === 'ok' ? [{ server: server.name, state: server, snapshot: server.outcome.snapshot }] : [],
  );
}
