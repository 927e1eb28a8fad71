import type { LinkInAzure } from '../../link/azure/witness.ts';
import type { Finding } from '../../link/data/finding.ts';
import { describeError } from '../../model/errors/catalogue.ts';
import type { SqlErrorDescription } from '../../model/errors/description.ts';
import type { ServerState } from '../../model/server-state.ts';
import {
  behindListener,
  connectClass,
  connectSteps,
  endpointTexts,
  networkTexts,
  provesNetwork,
} from '../advice/connection.ts';
import { stepsOfTexts } from '../advice/step.ts';
import { linkStands, startsOver } from '../advice/withheld.ts';
import { fillStep, type StepScene } from './fill-step.ts';
import type { EndReport, ErrorReport, LinkReport, NextStep, SeedingReport } from './report.ts';

/** What the errors of a link are about. */
interface LinkTrouble {
  readonly findings: readonly Finding[];
  readonly ends: readonly EndReport[];
  readonly seedings: readonly SeedingReport[];
  readonly azure: LinkInAzure | null;
}

/**
 * The errors behind the findings that the catalogue knows, each once. The last connection error stays after recovery: it
 * counts only while the ends are disconnected.
 */
export function errorsOf({ findings, ends, seedings, azure }: LinkTrouble): readonly ErrorReport[] {
  const isDown = findings.some(({ code }) => code === 'last_connect_error');
  const ofConnection = isDown ? ends.flatMap(connectErrorOf) : [];
  const ofSeeding = seedings
    .filter(({ status }) => status === 'failed')
    .flatMap(({ errorCode, server }) => described(errorCode, server));
  // Of others the most recent one may be over.
  const inAzure = (azure?.databases ?? [])
    .filter(({ stage }) => stage === 'error')
    .flatMap(({ error }) => described(error?.number ?? null, 'Azure'));
  const all = [...ofConnection, ...ofSeeding, ...inAzure];
  return all.filter((error, index) => all.findIndex(({ number }) => number === error.number) === index);
}

function connectErrorOf({ lastConnectError, server }: EndReport): readonly ErrorReport[] {
  return described(lastConnectError?.number ?? null, server);
}

function described(number: number | null, server: string): readonly ErrorReport[] {
  const description = number === null ? null : describeError(number);
  return description === null ? [] : [errorReport(description, server)];
}

function errorReport(description: SqlErrorDescription, server: string): ErrorReport {
  const { number, name, severity, meaning, likelyCauses, whatToDo } = description;
  return { number, name, severity, meaning, likelyCauses, whatToDo, server };
}

/** A link as `check` reports it, and what its steps are filled from. */
export interface Told {
  readonly report: Omit<LinkReport, 'nextSteps'>;
  readonly scene: StepScene;
}

function seedingNumbers({ seedings }: Pick<LinkReport, 'seedings'>): ReadonlySet<number> {
  return new Set(seedings.flatMap(({ errorCode }) => errorCode ?? []));
}

/** Of the ends: what Azure says has steps of its own, and is nowhere to run a statement. */
export function connectErrors(report: Omit<LinkReport, 'nextSteps'>): LinkReport['errors'] {
  const ends = new Set(report.ends.map(({ server }) => server));
  return report.errors.filter(({ number, server }) => ends.has(server) && !seedingNumbers(report).has(number));
}

/** Databases whose first copy is being made or has failed. */
export function beingSeeded(findings: readonly Finding[]): ReadonlySet<string> {
  const seeding = findings.filter(({ code }) => code.startsWith('seeding_') && code !== 'seeding_failed_before');
  return new Set(seeding.flatMap(({ scope }) => scope.database ?? []));
}

export function seedingErrorSteps({ report, scene }: Told): readonly NextStep[] {
  return report.errors
    .filter(({ number }) => seedingNumbers(report).has(number))
    .flatMap(({ whatToDo, server }) =>
      stepsOfTexts(whatToDo, 'teller').map((step) => fillStep(step, { ...scene, teller: server })),
    );
}

/** What the catalogue says of the errors that Azure shows of these databases. */
export function azureErrorSteps(found: readonly Finding[], { scene }: Told): readonly NextStep[] {
  const names = new Set(found.map(({ scope }) => scope.database));
  const numbers = (scene.link.azure?.databases ?? []).flatMap(({ name, error }) =>
    names.has(name) ? (error?.number ?? []) : [],
  );
  return [...new Set(numbers)].flatMap((number) =>
    stepsOfTexts(unread(describeError(number)?.whatToDo ?? [], scene), 'each_end').map((step) => fillStep(step, scene)),
  );
}

/** What Azure says of a link that never came about decides, before the way is tried: its certificate, its address, its build. */
export function creationSteps(told: Told): readonly NextStep[] {
  const { databases, findings } = told.scene.link;
  if (linkStands(databases, beingSeeded(findings))) return [];
  const errors = findings.filter(({ code }) => code === 'azure_link_error');
  return azureErrorSteps(errors, told).filter((step) => !startsOver(step));
}

/**
 * What to do about a connection that is down, by what its last errors prove, then by their numbers. What was read and is in
 * order is not asked for again.
 */
export function connectionSteps(errors: readonly ErrorReport[], scene: StepScene): readonly NextStep[] {
  const told = scene.ends.flatMap(({ server, lastConnectError: error }) =>
    error === null ? [] : [{ server, is: connectClass(error.number, error.description) }],
  );
  const classes = [...new Set(told.map(({ is }) => is))];
  const isNetworkGood = classes.some(provesNetwork);
  const kept = (texts: readonly string[]): readonly string[] =>
    unread(texts, scene).filter((text) => !(isNetworkGood && networkTexts.includes(text)));
  const before = told.flatMap(({ server, is }, index) => {
    // What both ends tell is told once, but for a certificate: which end does not take it matters.
    if (is !== 'certificate' && told.findIndex((each) => each.is === is) < index) return [];
    return connectSteps[is].map((step) => fillStep(step, { ...scene, teller: server }));
  });
  const ofErrors = errors.flatMap(({ whatToDo, server }) =>
    stepsOfTexts(kept(whatToDo), 'teller').map((step) => fillStep(step, { ...scene, teller: server })),
  );
  const rest = stepsOfTexts(kept([...networkTexts, ...endpointTexts]), 'sql_server');
  const last = isNetworkGood || classes.includes('name') ? [] : [behindListener];
  return [...before, ...ofErrors, ...[...rest, ...last].map((step) => fillStep(step, scene))];
}

/** Texts of the catalogue without those that ask for an endpoint that was read. */
function unread(texts: readonly string[], scene: StepScene): readonly string[] {
  return isEndpointRead(scene) ? texts.filter((text) => !endpointTexts.includes(text)) : texts;
}

/** Every endpoint of a SQL Server end was read: one that is not started is a finding with a step of its own. */
function isEndpointRead({
  ends,
  servers,
}: {
  readonly ends: readonly EndReport[];
  readonly servers: readonly ServerState[];
}): boolean {
  const own = ends.filter(({ engine }) => engine === 'sql_server');
  return (
    own.length > 0 &&
    own.every(({ server }) => {
      const outcome = servers.find(({ name }) => name === server)?.outcome;
      const endpoints = outcome?.kind === 'ok' ? (outcome.snapshot.views.database_mirroring_endpoints ?? []) : [];
      return endpoints.length > 0 && endpoints.every(({ state }) => state !== null);
    })
  );
}
