import type { ServerState } from '../../model/server-state.ts';
import type { Snapshot, ViewName } from '../../model/snapshot.ts';
import { type HistoryEvent, kept, nothing } from '../event.ts';
import { type Fact, fact, type Source } from './fact.ts';

/** What is known of a server now and is worth remembering when it changes. Nothing before its first poll. */
export function serverFacts(state: ServerState): readonly Fact[] {
  const { name: server, outcome } = state;
  if (outcome.kind === 'pending') return [];
  const source: Source = { kind: 'poll', server };
  if (outcome.kind === 'failed') return [fact({ kind: 'poll', server, value: 'failed', source })];
  return [
    fact({ kind: 'poll', server, value: 'answered', source }),
    ...viewFacts(state, source),
    ...identityFacts(outcome.snapshot, server, source),
    ...certificateFacts(outcome.snapshot, server),
    ...endpointFacts(outcome.snapshot, server),
  ];
}

function viewFacts({ name: server, views }: ServerState, source: Source): readonly Fact[] {
  return [...views].map(([view, { failure }]) =>
    fact({ kind: 'view', server, name: view, value: failure === null ? 'read' : 'not read', source }),
  );
}

function identityFacts({ server: facts }: Snapshot, server: string, source: Source): readonly Fact[] {
  const own = { instance: facts.serverName, version: facts.version, edition: facts.edition };
  return Object.entries(own).map(([name, value]) => fact({ kind: 'configuration', server, name, value, source }));
}

/** A certificate is replaced where another one has its name. */
function certificateFacts({ views }: Snapshot, server: string): readonly Fact[] {
  const own = (views.certificates ?? []).map((each) => ({ ...each, view: 'certificates' as const }));
  const ofEndpoint = (views.endpoint_certificate ?? []).map((each) => ({
    ...{ ...each, name: 'the endpoint' },
    view: 'endpoint_certificate' as const,
  }));
  return [...own, ...ofEndpoint].flatMap(({ name, thumbprint, expiryTimestampSeconds: expiry, view }) => {
    if (thumbprint === null || expiry === null) return [];
    const value = `${thumbprint.slice(0, 8)}, ends ${dayText(expiry)}`;
    return [fact({ kind: 'certificate', server, certificate: name, value, source: { kind: 'view', server, view } })];
  });
}

function endpointFacts({ views }: Snapshot, server: string): readonly Fact[] {
  return (views.database_mirroring_endpoints ?? []).flatMap(({ name, state }) => {
    if (state === null) return [];
    const source: Source = { kind: 'view', server, view: 'database_mirroring_endpoints' };
    return [fact({ kind: 'endpoint', server, name, value: state, source })];
  });
}

function dayText(seconds: number): string {
  return Math.abs(seconds) <= 8.64e12 ? new Date(seconds * 1000).toISOString().slice(0, 10) : 'out of range';
}

/** Whether the absence of a fact means that it is gone: its view was read, and shows all that there is. */
export function isShownWhole({ outcome, views }: ServerState, view: ViewName): boolean {
  return outcome.kind === 'ok' && views.get(view)?.failure === null;
}

/** The entries of a server's error log that are new since the former look: each has the server's own time. */
export function loggedEvents(former: ServerState | undefined, state: ServerState): readonly HistoryEvent[] {
  const recent = state.errorLog?.recent;
  if (recent === undefined || recent === former?.errorLog?.recent) return [];
  const told = new Set((former?.errorLog?.recent ?? []).map((each) => JSON.stringify(each)));
  const { readTimestampSeconds } = state.errorLog?.reading ?? {};
  const bySeconds = readTimestampSeconds ?? state.lastPollTimestampSeconds ?? 0;
  return recent
    .filter((each) => !told.has(JSON.stringify(each)))
    .map(({ number, timestampSeconds, text }) => ({
      ...nothing,
      ...{ kind: 'error', server: kept(state.name), name: String(number), from: null, to: kept(text) },
      ...{ afterSeconds: null, bySeconds, saidSeconds: timestampSeconds },
    }));
}
