import { answersOf } from '../../link/answer.ts';
import type { AssessedLink } from '../../link/link.ts';
import { compareText } from '../../link/order.ts';
import type { ReasonCode } from '../../link/reason.ts';
import type { ServerState } from '../../model/server-state.ts';
import { compareSeverities, type Severity, severityOfVerdict, worstOf } from '../severity.ts';
import { certificateReasons, certificatesOf } from './certificates.ts';
import { databasesOf, failoverOf } from './databases.ts';
import { endsOf } from './ends.ts';
import { errorsOf } from './errors.ts';
import { nextStepsOf } from './next-steps.ts';
import type { CheckReport, LinkReport, ReportReason } from './report.ts';
import { seedingsOf } from './seedings.ts';
import { type CheckedServer, serverReport } from './servers.ts';

/** One poll of every server, and the links put together from it. */
export interface CheckInput {
  readonly servers: readonly CheckedServer[];
  readonly links: readonly AssessedLink[];
  readonly nowSeconds: number;
  /** The links that were asked for, of `links`; null: all. */
  readonly chosen: readonly AssessedLink[] | null;
}

/** Everything that a check tells, worst first. Pure. */
export function buildReport({ servers, links, nowSeconds, chosen }: CheckInput): CheckReport {
  const states = servers.map(({ state }) => state);
  const answers = answersOf(states);
  const linkReports = (chosen ?? links)
    .map((link) => linkReport(link, { states, answers }))
    .toSorted(
      (one, other) =>
        compareSeverities(one.severity, other.severity) ||
        compareText(one.name, other.name) ||
        compareText(one.managedInstance, other.managedInstance),
    );
  const named = new Set(links.flatMap(({ ends, unseen }) => [...ends, ...unseen].map(({ server }) => server)));
  const serverReports = servers.map((server) => serverReport(server, named));
  return {
    generatedAtSeconds: nowSeconds,
    severity: overall(linkReports, chosen === null && serverReports.some(({ mayHideLinks }) => mayHideLinks)),
    links: linkReports,
    servers: serverReports,
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
}

function linkReport(link: AssessedLink, { states, answers }: Seen): LinkReport {
  const ends = endsOf(link, states);
  const seedings = seedingsOf(link);
  const certificates = certificatesOf(link, answers);
  const reasons = [...link.reasons, ...unreadReasons(link, states), ...certificateReasons(certificates)];
  const report = {
    name: link.name,
    managedInstance: link.managedInstance,
    isExpected: link.isExpected,
    verdict: link.verdict,
    severity: worstOf([
      severityOfVerdict[link.verdict],
      ...reasons.map(({ code }) => severityOfReason[code] ?? 'healthy'),
      ...certificates.map((certificate) => certificate.severity),
    ]),
    reasons,
    errors: errorsOf({ verdict: link.verdict, ends, seedings }),
    ends,
    databases: databasesOf(link),
    seedings,
    certificates,
    certificateMatches: link.certificateMatches,
    failover: failoverOf(link),
  };
  return { ...report, nextSteps: nextStepsOf(link, report, states) };
}

/** A view that an end could not read may hold what makes the link worse. */
function unreadReasons({ ends }: AssessedLink, states: readonly ServerState[]): readonly ReportReason[] {
  return ends.flatMap(({ server }) => {
    const views = [...(states.find(({ name }) => name === server)?.views ?? [])];
    const failed = views.filter(([, { failure }]) => failure !== null).map(([view]) => view);
    if (failed.length === 0) return [];
    const text = `${server} answered, but ${failed.join(', ')} could not be read: what it would say is not known.`;
    return [{ code: 'view_not_read', text }];
  });
}

/** By code, what makes a link worse than its verdict says. */
const severityOfReason: Readonly<Record<string, Severity>> = {
  split_brain_not_excluded: 'degraded',
  other_end_has_no_row: 'degraded',
  connection_not_recognised: 'degraded',
  several_primaries_on_one_side: 'degraded',
  view_not_read: 'degraded',
  seeding_stalled: 'critical',
  certificate_differs: 'critical',
  database_missing: 'degraded',
  database_not_healthy: 'degraded',
} satisfies Partial<Record<ReasonCode | 'view_not_read', Severity>>;
