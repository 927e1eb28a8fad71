import { nothing } from '../../history/event.ts';
import type { Ledger } from '../../history/ledger.ts';
import { type Answers, answersOf } from '../../link/answer.ts';
import { certificatesOfLink, type LinkCertificateState } from '../../link/certificates-of-link.ts';
import { compareNatural, compareText } from '../../link/compare.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import type { Severity } from '../../link/data/verdict.ts';
import { compareSeverities, worstOf } from '../../link/severity.ts';
import type { AzureReading, AzureState } from '../../model/azure/state.ts';
import { quoteName } from '../../text/tsql.ts';
import { beginningsOf } from './beginning.ts';
import { databasesOf, failoverOf, seedingsOf } from './databases.ts';
import { endsOf } from './ends.ts';
import { errorsOf } from './errors.ts';
import { nextStepsOf } from './next-steps.ts';
import type { CertificateReport, CheckReport, LinkReport, NextStep, UnreadInAzure } from './report.ts';
import { type CheckedServer, serverReport } from './servers.ts';

/** One poll of every server, and the links put together from it. */
interface CheckInput {
  readonly servers: readonly CheckedServer[];
  readonly links: readonly AssessedLink[];
  readonly nowSeconds: number;
  /** The links that were asked for, of `links`; null: all. */
  readonly chosen: readonly AssessedLink[] | null;
  /** Null or absent where Azure is not read. */
  readonly azure?: AzureState | null;
  /** Since when things hold; absent where nobody watched. */
  readonly held?: HeldSince;
}

/** Everything that a check tells, worst first. Pure. */
export function buildReport({
  servers,
  links,
  nowSeconds,
  chosen,
  azure = null,
  held = unwatched,
}: CheckInput): CheckReport {
  const states = servers.map(({ state }) => state);
  const answers = answersOf(states);
  const withLogins = createLogins(servers);
  const linkReports = (chosen ?? links)
    .map((link) => linkReport(link, { states, answers, nowSeconds, held }))
    .map((report) => ({ ...report, nextSteps: withLogins(report.nextSteps) }))
    .toSorted(
      (one, other) =>
        compareSeverities(one.severity, other.severity) ||
        compareNatural(one.name, other.name) ||
        compareText(one.managedInstance, other.managedInstance),
    );
  const named = new Set(links.flatMap(({ ends, unseen }) => [...ends, ...unseen].map(({ server }) => server)));
  const unread = unreadInAzure(azure);
  const serverReports = servers
    .map((server) => serverReport(server, named, links))
    .map((report) => ({ ...report, nextSteps: withLogins(report.nextSteps) }));
  return {
    generatedAtSeconds: nowSeconds,
    severity: overall(
      linkReports,
      chosen === null && (serverReports.some(({ mayHideLinks }) => mayHideLinks) || azureMayHideLinks(unread, links)),
    ),
    links: linkReports,
    servers: serverReports,
    unreadInAzure: unread,
  };
}

/** Without any link nothing is known to be in order; a server that no link accounts for may hide one. */
function overall(links: readonly LinkReport[], isIncomplete: boolean): Severity {
  return worstOf([
    ...links.map(({ severity }) => severity),
    ...(links.length === 0 || isIncomplete ? (['unknown'] as const) : []),
  ]);
}

interface Seen {
  readonly states: readonly CheckedServer['state'][];
  readonly answers: ReturnType<typeof answersOf>;
  readonly nowSeconds: number;
  readonly held: HeldSince;
}

function linkReport(link: AssessedLink, { states, answers, nowSeconds, held }: Seen): LinkReport {
  const ends = endsOf(link, states);
  const seedings = seedingsOf(link);
  const databases = databasesOf(link);
  const report = {
    name: link.name,
    managedInstance: link.managedInstance,
    isExpected: link.isExpected,
    verdict: link.verdict,
    severity: link.severity,
    ...heldOf(link, held),
    errors: errorsOf({ findings: link.findings, ends, seedings, azure: link.azure }),
    ends,
    databases,
    seedings,
    beginnings: beginningsOf(link, { databases, seedings }),
    certificates: certificatesOf(link, answers),
    certificateMatches: link.certificateMatches,
    failover: failoverOf(link),
    azure: link.azure,
    isSeenThroughAzure: link.azureEnd !== null,
  };
  return { ...report, nextSteps: nextStepsOf(link, report, { states, nowSeconds }) };
}

/** The certificates that this link rests on, the first to end first, each as bad as the finding about it. */
function certificatesOf(link: AssessedLink, answers: Answers): readonly CertificateReport[] {
  return certificatesOfLink(link, answers).map((each) => ({
    server: each.server,
    name: each.row.name,
    usage: each.usage,
    startTimestampSeconds: each.row.startTimestampSeconds,
    expiryTimestampSeconds: each.row.expiryTimestampSeconds,
    secondsLeft: each.secondsLeft,
    severity: severityOf(each, link),
  }));
}

function severityOf({ server, row }: LinkCertificateState, { findings }: AssessedLink): Severity {
  const own = findings.filter(({ scope }) => scope.server === server && scope.certificate === row.name);
  if (own.some(({ severity }) => severity === 'critical')) return 'critical';
  return own.some(({ severity }) => severity === 'warning') ? 'degraded' : 'healthy';
}

/** What stands for the login of this program in the statements that let it see more: a login of a partner is another one. */
const ownGrant = /^(?:USE master; )?GRANT VIEW [A-Z ,]*TO \[<login>\];$/;

/** Fills in the login that the configuration has, and says which command of ours prints the whole script. */
export function createLogins(servers: readonly CheckedServer[]): (steps: readonly NextStep[]) => readonly NextStep[] {
  const logins = new Map(servers.map(({ state, login }) => [state.name, login ?? null]));
  return (steps) => steps.map((step) => named(step, logins));
}

function named(step: NextStep, logins: ReadonlyMap<string, string | null>): NextStep {
  if (!step.statements.some(({ template }) => ownGrant.test(template))) return step;
  const [login, ...others] = new Set(step.servers.map((server) => logins.get(server) ?? null));
  const known = others.length === 0 ? (login ?? null) : null;
  const command = step.servers.map((server) => `milink-exporter grants --for=${server}`).join(', ');
  return {
    ...step,
    text: `${step.text}${command === '' ? '' : ` The whole script: \`${command}\`.`}`,
    statements: step.statements.map((statement) =>
      known === null || !ownGrant.test(statement.template)
        ? statement
        : { ...statement, text: statement.text.replace('[<login>]', () => quoteName(known)) },
    ),
  };
}

/** What of Azure could not be read when it was last due. */
function unreadInAzure(azure: AzureState | null): readonly UnreadInAzure[] {
  return (azure?.subscriptions ?? []).flatMap(({ name: subscription, listing, instances }) => {
    const of = (
      managedInstance: string | null,
      resource: string,
      reading: AzureReading<unknown> | null,
    ): readonly UnreadInAzure[] => {
      const failure = reading?.failure ?? null;
      return failure === null ? [] : [{ subscription, managedInstance, resource, failure }];
    };
    return [
      ...of(null, 'instances', listing),
      ...instances.flatMap((each) => [
        // What the list tells of each instance fails with it.
        ...of(each.name, 'instance', listing === null ? each.instance : null),
        ...of(each.name, 'links', each.links),
        ...of(each.name, 'operations', each.operations),
        ...of(each.name, 'endpoint_certificates', each.endpointCertificates),
        ...of(each.name, 'server_trust_certificates', each.serverTrustCertificates),
      ]),
    ];
  });
}

/** Whether links are unseen of which no other witness tells: those of an instance that shows none here. */
function azureMayHideLinks(unread: readonly UnreadInAzure[], links: readonly AssessedLink[]): boolean {
  const shown = new Set(links.map(({ managedInstance }) => managedInstance));
  return unread.some(
    ({ resource, managedInstance }) =>
      (resource === 'instances' || resource === 'links') && (managedInstance === null || !shown.has(managedInstance)),
  );
}

/** Answers since when a fact of the history has a value. */
export type HeldSince = Ledger['held'];

/** Of a look by itself nobody knows. */
export const unwatched: HeldSince = () => null;

/** Since when the verdict and each finding of a link hold. */
function heldOf(link: AssessedLink, held: HeldSince): Pick<LinkReport, 'held' | 'findings'> {
  const of = { ...nothing, link: link.name, managedInstance: link.managedInstance };
  return {
    held: held({ ...of, kind: 'verdict', name: '' }, link.verdict),
    findings: link.findings.map((finding) => ({
      ...finding,
      held: held({ ...of, ...finding.scope, kind: 'finding', name: finding.code }, finding.severity),
    })),
  };
}
