import type { AssessedLink } from '../../link/data/link.ts';
import type { MirroringEndpoint } from '../../model/endpoint.ts';
import type { Engine } from '../../model/server.ts';
import type { ServerState } from '../../model/server-state.ts';
import { fillStatement, type Names, type Statement } from '../../text/tsql.ts';
import { changesServer } from '../advice/earned/losing.ts';
import type { AdviceStep, Place } from '../advice/step.ts';
import type { EndReport, NextStep } from './report.ts';

/** What a step's names are taken from. */
export interface StepScene {
  readonly link: AssessedLink;
  readonly ends: readonly EndReport[];
  readonly servers: readonly ServerState[];
  /** Of the report, Unix seconds. */
  readonly nowSeconds: number;
  /** Those that the step is about; a statement with `[database]` is repeated for each. */
  readonly databases: readonly string[];
  /** Where the place `teller` is. */
  readonly teller?: string;
  readonly certificate?: string;
}

/** A step for this link: its ends named, its statements filled in as far as the names are known. */
export function fillStep(step: AdviceStep, scene: StepScene): NextStep {
  const servers = step.at === undefined ? [] : serversAt(step.at, scene);
  const [server, ...others] = servers;
  const only = server !== undefined && others.length === 0 ? server : null;
  const named = only === null ? scene : { ...scene, end: only };
  if (step.onManagedInstance !== undefined && isManagedInstance(only, scene))
    return nextStep({ text: fillText(step.onManagedInstance, named) });
  return nextStep({
    text: fillText(step.text, named),
    servers: step.sql === undefined ? [] : servers,
    statements: fillStatements(step.sql ?? [], only, scene),
  });
}

function isManagedInstance(server: string | null, { ends }: StepScene): boolean {
  return ends.some((end) => end.server === server && end.engine === 'managed_instance');
}

/** Statements with the names of the link; `[database]` for each database, and what only one server can tell where it is one. */
export function fillStatements(
  templates: readonly string[],
  server: string | null,
  scene: StepScene,
): readonly Statement[] {
  const names: Names = {
    link: scene.link.name,
    ...(scene.certificate === undefined ? {} : { certificate: scene.certificate }),
    // Each server has its own: where a step runs on several, a person fills in.
    ...(server === null ? {} : namesOn(server, scene)),
  };
  const authentication = server === null ? null : (endpointOf(server, scene)?.connectionAuthentication ?? null);
  return templates.flatMap((written) => {
    const template = keepAuthentication(written, authentication);
    const isPerDatabase = /\[database\]|'<database>'/.test(template) && scene.databases.length > 0;
    const databases = isPerDatabase ? scene.databases : [null];
    return databases.map((database) => fillStatement(template, database === null ? names : { ...names, database }));
  });
}

/** Configured names; words where none is known. */
export function serversAt(place: Place, { link, ends, teller }: StepScene): readonly string[] {
  const named = (which: (end: EndReport) => boolean, otherwise: string): readonly string[] => {
    const names = ends.filter(which).map((end) => end.server);
    return names.length > 0 ? names : [otherwise];
  };
  switch (place) {
    case 'sql_server':
      return named(({ engine }) => engine === 'sql_server', 'the SQL Server');
    case 'managed_instance':
      return named(({ engine }) => engine === 'managed_instance', managedInstanceText(link));
    case 'primary':
      return named(({ role }) => role === 'PRIMARY', 'the primary end');
    case 'secondary':
      return secondaries(ends);
    case 'each_end':
      return ends.length > 1 ? ends.map((end) => end.server) : ['each end'];
    case 'seen_ends':
      return ends.filter(({ state }) => state === 'seen').map((end) => end.server);
    case 'teller':
      return teller === undefined ? [] : [teller];
  }
}

/** Beside a primary that was seen, the end that was not is the secondary. */
function secondaries(ends: readonly EndReport[]): readonly string[] {
  const seen = ends.filter(({ role }) => role === 'SECONDARY');
  const hasPrimary = ends.some(({ role }) => role === 'PRIMARY');
  const found = seen.length > 0 || !hasPrimary ? seen : ends.filter(({ state }) => state !== 'seen');
  return found.length > 0 ? found.map((end) => end.server) : ['the secondary end'];
}

/** The names that only this server can tell: its own group and its endpoint. */
function namesOn(server: string, { link, servers }: StepScene): Names {
  const end = link.ends.find((each) => each.server === server);
  const group = end?.localMember?.replicaServerName ?? null;
  const endpoint = endpointOf(server, { servers })?.name;
  return { ...(group === null ? {} : { group }), ...(endpoint === undefined ? {} : { endpoint }) };
}

/** A server has one endpoint for availability groups at most. */
function endpointOf(server: string, { servers }: Pick<StepScene, 'servers'>): MirroringEndpoint | undefined {
  const outcome = servers.find(({ name }) => name === server)?.outcome;
  return outcome?.kind === 'ok' ? outcome.snapshot.views.database_mirroring_endpoints?.[0] : undefined;
}

/** The text with the ends named. */
export function fillText(text: string, { link, ends, end }: StepScene & { readonly end?: string }): string {
  const endText = (which: (end: EndReport) => boolean, otherwise: string): string => {
    const [found, ...others] = ends.filter(which);
    return found === undefined || others.length > 0 ? otherwise : describe(found);
  };
  const byEngine =
    (engine: Engine): ((each: EndReport) => boolean) =>
    (each) =>
      each.engine === engine;
  return text
    .replaceAll('{sql_server}', () => endText(byEngine('sql_server'), 'the SQL Server'))
    .replaceAll('{managed_instance}', () => endText(byEngine('managed_instance'), managedInstanceText(link)))
    .replaceAll('{primary}', () => endText(({ role }) => role === 'PRIMARY', 'the primary end'))
    .replaceAll('{secondary}', () => endText(({ role }) => role === 'SECONDARY', 'the secondary end'))
    .replaceAll('{end}', () => endText(({ server }) => server === end, end ?? 'that end'));
}

function describe({ server, engine }: EndReport): string {
  if (engine === null) return server;
  return `${server} (${engine === 'sql_server' ? 'SQL Server' : 'managed instance'})`;
}

function managedInstanceText({ managedInstance }: AssessedLink): string {
  return managedInstance === '' ? 'the managed instance' : `the managed instance ${managedInstance}`;
}

/**
 * AUTHENTICATION replaces all that an endpoint has. An endpoint that lets an availability group's own replicas in by Windows
 * authentication, the usual one to which a link is added, would cut them off: what is there has to be said again, in its order.
 */
const clause = 'AUTHENTICATION = CERTIFICATE ';

/** The statement with what `connection_auth_desc` shows now kept beside the certificate; as it is where that is not known. */
export function keepAuthentication(statement: string, connectionAuthentication: string | null): string {
  const start = statement.indexOf(clause);
  const end = statement.indexOf(']', start) + 1;
  const parts = (connectionAuthentication ?? '').toUpperCase().split(/,\s?/);
  const windows = parts.find((part) => ['NTLM', 'KERBEROS', 'NEGOTIATE'].includes(part));
  if (start < 0 || end === 0 || windows === undefined) return statement;
  const certificate = statement.slice(start + clause.length, end);
  const isCertificateFirst = parts[0] === 'CERTIFICATE';
  const kept = isCertificateFirst
    ? `CERTIFICATE ${certificate} WINDOWS ${windows}`
    : `WINDOWS ${windows} CERTIFICATE ${certificate}`;
  return `${statement.slice(0, start)}AUTHENTICATION = ${kept}${statement.slice(end)}`;
}

/** A step with what follows from its statements. */
export function nextStep(step: Pick<NextStep, 'text'> & Partial<Omit<NextStep, 'changes'>>): NextStep {
  const { text, servers = [], statements: written = [], alternative = null } = step;
  const statements = written.map(inMaster);
  return { text, servers, statements, changes: written.some((each) => changesServer(each.template)), alternative };
}

/**
 * What is of the server and refused, or of another certificate, where the session is in another database: GRANT of a right of
 * the server is error 4621 outside of master, and certificates are of the database they are looked for in.
 */
const ofMaster =
  /\bGRANT (?:VIEW|CONNECT|ALTER)\b|\b(?:CREATE|DROP|ALTER|BACKUP) CERTIFICATE\b|\bCERT_ID\b|(?<!master\.)\bsys\.certificates\b/;

/** The statement with the database that it needs before it. */
export function inMaster(statement: Statement): Statement {
  const { text, template } = statement;
  if (!ofMaster.test(template) || template.startsWith('USE ')) return statement;
  return { text: `USE master; ${text}`, template: `USE master; ${template}` };
}
