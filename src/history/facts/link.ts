import type { LinkDatabase } from '../../link/data/database.ts';
import type { LinkEnd } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import type { FindingCode } from '../../link/findings/kinds.ts';
import type { ServerState } from '../../model/server-state.ts';
import { unseenValue } from '../event.ts';
import { type Fact, fact, type Source } from './fact.ts';

/** What only says that this program has not looked yet, or has a fact of its own. */
const untold: ReadonlySet<FindingCode> = new Set<FindingCode>(['end_pending', 'primary_pending', 'last_connect_error']);

/** What is known of a link besides the link. */
interface LinkScene {
  readonly servers: ReadonlyMap<string, ServerState>;
  readonly objectives: Objectives;
}

/** All that is known of a link now and is worth remembering when it changes. */
export function linkFacts(link: AssessedLink, scene: LinkScene): readonly Fact[] {
  const of = { link: link.name, managedInstance: link.managedInstance };
  const source = sourceOf(link);
  return [
    fact({ kind: 'verdict', ...of, value: link.verdict, source }),
    ...findingFacts(link),
    ...link.ends.flatMap((end) => endFacts(link, end, scene)),
    ...databaseFacts(link),
    ...link.seedings.flatMap(({ database, status, told }) => {
      const [first] = told;
      if (status === 'unseen' || first === undefined) return [];
      const { server } = first.end;
      const stage = [status, first.attempt.currentState, first.transfer?.row.internalState].filter(Boolean).join(' ');
      const view: Source = { kind: 'view', server, view: 'automatic_seeding' };
      return [fact({ kind: 'seeding', ...of, server, database, value: stage, source: view })];
    }),
    ...objectiveFacts(link, scene.objectives, source),
  ];
}

/** Every server that has to do with a link. */
export function sourceOf({ ends, unseen, goneAt }: AssessedLink): Source {
  const servers = [...ends.map(({ server }) => server), ...unseen.map(({ server }) => server), ...goneAt];
  return { kind: 'ends', servers };
}

function findingFacts(link: AssessedLink): readonly Fact[] {
  const of = { link: link.name, managedInstance: link.managedInstance };
  return link.findings
    .filter(({ code }) => !untold.has(code))
    .map(({ code, severity, scope }) =>
      fact({ kind: 'finding', ...of, ...scope, name: code, value: severity, source: sourceOf(link) }),
    );
}

function endFacts(link: AssessedLink, end: LinkEnd, { servers }: LinkScene): readonly Fact[] {
  const of = { link: link.name, managedInstance: link.managedInstance, server: end.server };
  const source: Source = { kind: 'view', server: end.server, view: 'availability_replica_states' };
  const known = (kind: Fact['kind'], name: string, value: string | null): readonly Fact[] =>
    value === null ? [] : [fact({ kind, ...of, name, value, source })];
  return [
    ...roleFacts(of, end, servers.get(end.server)),
    ...known('connection', '', end.partner?.connectedState ?? null),
    ...known('health', 'partner', end.partner?.synchronizationHealth ?? null),
    ...known('health', 'local', end.local?.synchronizationHealth ?? null),
    ...[end.partner, end.local].flatMap((row) => connectErrorFacts(of, row, source)).slice(0, 1),
    ...memberFacts(of, end),
  ];
}

type EndSubject = Pick<Fact, 'link' | 'managedInstance'> & { readonly server: string };

/** Only the roles that last: an end that restarts is RESOLVING for a moment. */
function roleFacts(of: EndSubject, { groupId }: LinkEnd, state: ServerState | undefined): readonly Fact[] {
  const { settled, turn } = state?.history.roles.get(groupId) ?? {};
  if (settled === undefined) return [];
  const source: Source = { kind: 'view', server: of.server, view: 'availability_replica_states' };
  const between =
    turn?.to === settled.role
      ? { between: { afterSeconds: turn.afterTimestampSeconds, bySeconds: turn.byTimestampSeconds } }
      : {};
  return [fact({ kind: 'role', ...of, name: groupId, value: settled.role, source, ...between })];
}

/** It stays after the connection recovers: another time is another error. */
function connectErrorFacts(of: EndSubject, row: LinkEnd['local'], source: Source): readonly Fact[] {
  if (row === null || row.lastConnectErrorNumber === null) return [];
  const { lastConnectErrorNumber: number, lastConnectErrorDescription: text } = row;
  const saidSeconds = row.lastConnectErrorTimestampSeconds;
  const value = [String(number), saidSeconds === null ? '' : `at ${timeOf(saidSeconds)}`, text?.slice(0, 120) ?? ''];
  return [
    fact({ kind: 'error', ...of, name: 'last_connect_error', value: value.join(' ').trim(), source, saidSeconds }),
  ];
}

function timeOf(seconds: number): string {
  return Math.abs(seconds) <= 8.64e12 ? new Date(Math.floor(seconds) * 1000).toISOString() : 'no time';
}

function memberFacts(of: EndSubject, { localMember, partnerMember }: LinkEnd): readonly Fact[] {
  const source: Source = { kind: 'view', server: of.server, view: 'availability_replicas' };
  const members = [['own', localMember] as const, ['partner', partnerMember] as const];
  return members.flatMap(([which, member]) =>
    member === null
      ? []
      : Object.entries({
          availability_mode: member.availabilityMode,
          failover_mode: member.failoverMode,
          seeding_mode: member.seedingMode,
          endpoint_url: member.endpointUrl,
        }).flatMap(([name, value]) =>
          value === null ? [] : [fact({ kind: 'configuration', ...of, name: `${which} ${name}`, value, source })],
        ),
  );
}

function databaseFacts(link: AssessedLink): readonly Fact[] {
  const of = { link: link.name, managedInstance: link.managedInstance };
  return link.databases.flatMap(({ name: database, ends, isPresent }) => [
    ...(isPresent === null
      ? []
      : [
          fact({
            ...{ kind: 'configuration', ...of, database, name: 'database' },
            value: isPresent ? 'in the link' : 'not in the link',
            source: sourceOf(link),
          }),
        ]),
    ...ends.flatMap(({ server, local }) => {
      if (local === null || local.isSuspended === null) return [];
      const value = local.isSuspended ? `SUSPENDED ${local.suspendReason ?? ''}`.trimEnd() : 'moving';
      const source: Source = { kind: 'view', server, view: 'database_replica_states' };
      return [fact({ kind: 'suspension', ...of, server, database, value, source })];
    }),
  ]);
}

/** What a link is to keep to: `history.objectives` of the configuration. */
export interface Objectives {
  /** How many seconds of commits a forced failover may lose. */
  readonly dataLossSeconds: number;
  /** How long the copy may need until it can be used. */
  readonly recoverySeconds: number;
}

/** As the alerts have them (`dataLossSeconds` of the mixin). */
export const defaultObjectives: Objectives = { dataLossSeconds: 900, recoverySeconds: 3600 };

/** Whether each objective is met by every database of the link; `unseen` where one has no figure and no other misses it. */
export function objectiveFacts(link: AssessedLink, objectives: Objectives, source: Source): readonly Fact[] {
  const of = { link: link.name, managedInstance: link.managedInstance };
  // In a split brain a failover is no question, and each end's figure is about the other.
  const databases = link.verdict === 'split_brain' ? [] : link.databases;
  const told = (figuresOf: (database: LinkDatabase) => readonly number[]): readonly (readonly number[])[] =>
    databases
      .map((database) => ({ isCarried: database.isCarried, figures: figuresOf(database) }))
      // Of what may be no part of the link a figure counts, and that there is none says nothing.
      .flatMap(({ isCarried, figures }) => (isCarried === null && figures.length === 0 ? [] : [figures]));
  const losses = told(({ ends }) => ends.flatMap(({ figures }) => figures.estimatedDataLossSeconds ?? []));
  const recoveries = told(({ ends }) =>
    ends
      .filter(({ role }) => role === 'SECONDARY')
      .flatMap(({ figures }) => figures.estimatedRecoverySeconds.local ?? []),
  );
  return [
    fact({ kind: 'objective', ...of, name: 'data_loss', value: outcomeOf(losses, objectives.dataLossSeconds), source }),
    fact({
      kind: 'objective',
      ...of,
      name: 'recovery',
      value: outcomeOf(recoveries, objectives.recoverySeconds),
      source,
    }),
  ];
}

/** `figures` are those of each database: none where nobody tells one, which is not one that is met. */
function outcomeOf(figures: readonly (readonly number[])[], most: number): string {
  if (figures.flat().some((each) => each > most)) return 'missed';
  return figures.length === 0 || figures.some((own) => own.length === 0) ? unseenValue : 'met';
}
