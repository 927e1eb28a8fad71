import type { AssessedLink } from '../../link/data/link.ts';
import { identityOf } from '../../link/identity.ts';
import { unlinkedGroups, whyUnseen } from '../../link/standing.ts';
import type { Failure } from '../../model/failure-reason.ts';
import type { Permission } from '../../model/server.ts';
import type { ServerState } from '../../model/server-state.ts';
import { type LeftOut, nothingLeftOut } from '../../model/snapshot.ts';
import { serverAdvice } from '../advice/server.ts';
import { nextStep } from './fill-step.ts';
import type { FailureReport, NextStep, ServerReport, UnreadableColumn } from './report.ts';

/** A configured server that was polled, with what the configuration calls its port. */
export interface CheckedServer {
  readonly state: ServerState;
  /** Null: it is told by the name of its instance. */
  readonly port: number | null;
  /** Absent: it is told by its port. */
  readonly instance?: string;
  /** As the server knows it; absent or null: only Entra ID knows its name. */
  readonly login?: string | null;
}

/** How polling a server went; `namedByLinks` holds the servers that some link accounts for. */
export function serverReport(
  { state, port, instance }: CheckedServer,
  namedByLinks: ReadonlySet<string>,
  links: readonly AssessedLink[],
): ServerReport {
  const { name, host, outcome } = state;
  const snapshot = outcome.kind === 'ok' ? outcome.snapshot : null;
  return {
    name,
    host,
    port,
    instance: instance ?? null,
    engine: identityOf(state).engine,
    version: snapshot?.server.version ?? null,
    state: outcome.kind === 'ok' ? 'polled' : outcome.kind,
    failure: outcome.kind === 'failed' ? { view: outcome.view, ...outcome.failure } : null,
    failedViews: snapshot === null ? [] : failedViews(state),
    unreadableColumns: snapshot === null ? [] : unreadableColumns(state),
    missingPermissions: missingPermissions(snapshot?.views.permissions ?? []),
    lastPollTimestampSeconds: state.lastPollTimestampSeconds,
    lastSuccessTimestampSeconds: state.lastSuccessTimestampSeconds,
    databasesReadTimestampSeconds: state.views.get('database_replica_states')?.readTimestampSeconds ?? null,
    pollDurationSeconds: state.lastPollDurationSeconds,
    leftOut: snapshot?.leftOut ?? nothingLeftOut,
    mayHideLinks: mayHideLinks(state, namedByLinks),
    unlinkedGroups: unlinkedGroups(state, links) ?? [],
    nextSteps: serverSteps({ state, port }),
  };
}

/** A server that answered without the rights or views for it shows fewer links than it has, or none. */
function mayHideLinks(state: ServerState, namedByLinks: ReadonlySet<string>): boolean {
  if (state.outcome.kind === 'ok' && (state.outcome.snapshot.leftOut?.groups ?? 0) > 0) return true;
  const why = whyUnseen(state);
  return why === 'view_failed' || (why !== null && !namedByLinks.has(state.name));
}

function placed(advice: string, host: string, port: number | null): string {
  const filled =
    port === null
      ? advice
          .replaceAll('{host}:{port}', '{host}')
          .replaceAll('is {port} its port', 'is the name of its instance right')
      : advice.replaceAll('{port}', String(port));
  return filled.replaceAll('{host}', () => host);
}

function serverSteps({ state, port }: CheckedServer): readonly NextStep[] {
  const { name, host, outcome } = state;
  const advice = (failure: Failure): NextStep => nextStep({ text: placed(serverAdvice(failure), host, port) });
  switch (outcome.kind) {
    case 'pending':
      return [];
    case 'failed':
      return [advice(outcome.failure)];
    case 'ok': {
      const missing = missingPermissions(outcome.snapshot.views.permissions ?? []);
      const tooMuch = isAnyLeftOut(outcome.snapshot.leftOut ?? nothingLeftOut) ? [leftOutStep] : [];
      const failures = [...state.views.values()].flatMap(({ failure }) => failure ?? []);
      const texts = new Map(failures.map((failure) => [serverAdvice(failure), failure]));
      if (missing.length === 0) return [...tooMuch, ...[...texts.values()].map(advice)];
      // The statement says it better.
      const others = [...texts.values()].filter(({ reason }) => reason !== 'permission');
      const template = `USE master; GRANT ${missing.join(', ')} TO [<login>];`;
      return [
        nextStep({ text: grantText, servers: [name], statements: [{ text: template, template }] }),
        ...tooMuch,
        ...others.map(advice),
      ];
    }
  }
}

/** Whether a server has more than is shown of it. */
export function isAnyLeftOut({ groups, databases, rows }: LeftOut): boolean {
  return groups + databases + rows > 0;
}

const leftOutStep: NextStep = nextStep({
  text: 'Raise `limits.links` and `limits.databases` in the configuration if the server is that large; else find out who made that many groups or databases.',
});

const grantText = 'Let the login see the whole server: without these rights views hold fewer rows, or none.';

/** Without these the server shows less than it has. Either of the first two is enough for the dynamic management views. */
function missingPermissions(permissions: readonly Permission[]): readonly string[] {
  const held = new Map(permissions.map((permission) => [permission.name, permission.held]));
  const [wide, narrow] = [held.get('VIEW SERVER STATE'), held.get('VIEW SERVER PERFORMANCE STATE')];
  // SQL Server 2022 brought the narrow one: where it has a name, it is the one to ask for.
  const state = typeof narrow === 'boolean' ? 'VIEW SERVER PERFORMANCE STATE' : 'VIEW SERVER STATE';
  return [
    ...(wide === false && narrow !== true ? [state] : []),
    ...(held.get('VIEW ANY DEFINITION') === false ? ['VIEW ANY DEFINITION'] : []),
  ];
}

function failedViews({ views }: ServerState): readonly FailureReport[] {
  return [...views].flatMap(([view, { failure }]) => (failure === null ? [] : [{ view, ...failure }]));
}

function unreadableColumns({ views }: ServerState): readonly UnreadableColumn[] {
  return [...views].flatMap(([view, { oddities = [], unreadableColumns: columns = [] }]) =>
    oddities.filter((text) => columns.some((column) => text.startsWith(`${column}: `))).map((text) => ({ view, text })),
  );
}
