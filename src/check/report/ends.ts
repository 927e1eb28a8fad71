import type { LinkEnd, UnseenEnd } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { identityOf } from '../../link/identity.ts';
import type { ServerState } from '../../model/server-state.ts';
import type { ConnectErrorReport, EndReport } from './report.ts';

/** The ends of a link: those that were seen, then the servers that may carry what was not. */
export function endsOf(link: AssessedLink, servers: readonly ServerState[]): readonly EndReport[] {
  return [...link.ends.map(seenEnd), ...link.unseen.map((unseen) => unseenEnd(unseen, servers))];
}

function seenEnd(end: LinkEnd): EndReport {
  const { server, engine, role, partner } = end;
  return {
    server,
    state: 'seen',
    engine,
    role,
    partner:
      role !== 'PRIMARY' || partner === null
        ? null
        : { connectedState: partner.connectedState, health: partner.synchronizationHealth },
    lastConnectError: lastConnectError(end),
  };
}

/** Whichever row carries it: which side knows the cause depends on who could not connect. */
function lastConnectError({ local, partner }: LinkEnd): ConnectErrorReport | null {
  for (const row of [partner, local]) {
    if (row === null || row.lastConnectErrorNumber === null) continue;
    return {
      number: row.lastConnectErrorNumber,
      description: row.lastConnectErrorDescription,
      timestampSeconds: row.lastConnectErrorTimestampSeconds,
    };
  }
  return null;
}

function unseenEnd({ server, why }: UnseenEnd, servers: readonly ServerState[]): EndReport {
  const state = servers.find(({ name }) => name === server);
  return {
    server,
    state: why,
    engine: state === undefined ? null : identityOf(state).engine,
    role: null,
    partner: null,
    lastConnectError: null,
  };
}
