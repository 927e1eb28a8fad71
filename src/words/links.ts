import type { CheckReport, FindingReport, LinkReport, ServerReport } from '../check/report/report.ts';
import { compareNatural } from '../link/compare.ts';
import type { FailoverCheck } from '../link/data/database.ts';
import { severities } from '../link/data/verdict.ts';
import { countText } from '../text/quantity.ts';
import { tellingCopies } from './databases.ts';
import { linkText, sinceText, stateText } from './state.ts';

/** The largest lag of a copy of the link, as the copies that matter tell it; null where none is known. */
export function worstLagSeconds({ databases }: Pick<LinkReport, 'databases'>): number | null {
  const lags = databases
    .flatMap(({ copies }) => tellingCopies(copies))
    .flatMap(({ lagSeconds }) => (lagSeconds === null ? [] : [lagSeconds]));
  return lags.length === 0 ? null : Math.max(...lags);
}

/** Whether a planned failover would go well, with what stands against it; null where nobody would ask. */
export function failoverText({ failover, databases, severity }: LinkReport): string | null {
  const { isReady, checks } = failover;
  const after = checks.flatMap(({ remark }) => remark ?? []).map((remark) => `; ${remark}`);
  if (isReady === true) return `planned failover: ready${after.join('')}`;
  // Of a link in trouble nobody asks for what can't be told.
  if (isReady === null && severity !== 'healthy' && severity !== 'degraded') return null;
  const status = isReady === false ? 'failed' : 'unknown';
  const open = (all: readonly FailoverCheck[]): readonly string[] =>
    all.filter((each) => each.status === status).map(({ check }) => check);
  const ofDatabases = databases.flatMap(({ failoverChecks }) => open(failoverChecks));
  const names = [...new Set([...open(checks), ...ofDatabases])].map((name) => name.replaceAll('_', ' '));
  if (names.length === 0) return null;
  const isOnlyLoad = isReady === false && names.every((name) => name === 'no lag' || name === 'hardened lsn equal');
  if (isOnlyLoad) {
    return `planned failover: not now, writes arrive (${names.join(', ')}); ready once the workload is stopped${after.join('')}`;
  }
  return `planned failover: ${isReady === false ? 'not ready, fails' : 'not known'}: ${names.join(', ')}`;
}

interface WhyText {
  /** Of the finding, or `error`. */
  readonly code: string;
  readonly text: string;
}

/** Why a link is as it is, and what the errors behind that mean. */
export function whyTexts({ findings, errors, held }: LinkReport, nowSeconds: number): readonly WhyText[] {
  return [
    ...grouped(findings.map((finding) => dated(finding, { verdict: held, nowSeconds }))),
    ...errors.map(({ number, name, meaning }) => ({ code: 'error', text: `${number} ${name}: ${meaning}` })),
  ];
}

/** The finding with the time since which it holds, where that is not the verdict's, which stands above. */
function dated(
  finding: FindingReport,
  { verdict, nowSeconds }: { readonly verdict: FindingReport['held']; readonly nowSeconds: number },
): FindingReport {
  const { held, text } = finding;
  if (held === null || held.bySeconds === verdict?.bySeconds) return finding;
  return { ...finding, text: `${text} (${sinceText(held, nowSeconds)})` };
}

/** So many findings of one kind at one server are told in full. */
const fullFindings = 2;

/** Findings of one kind that one server tells of many databases, as the first of them and the names of the others. */
function grouped(findings: readonly FindingReport[]): readonly WhyText[] {
  const kinds = Map.groupBy(findings, ({ code, scope }) => JSON.stringify([code, scope.server, scope.certificate]));
  return [...kinds.values()].flatMap((same): readonly WhyText[] => {
    const sorted = same.toSorted((one, other) => compareNatural(one.scope.database ?? '', other.scope.database ?? ''));
    const [first, ...others] = sorted;
    const isOfDatabases = sorted.every(({ scope }) => scope.database !== null);
    if (first === undefined || !isOfDatabases || sorted.length <= fullFindings) {
      return sorted.map(({ code, text }) => ({ code, text }));
    }
    const names = others.map(({ scope }) => scope.database).join(', ');
    const text = `${first.text} The same of ${countText(others.length, 'more database')}: ${names}.`;
    return [{ code: first.code, text }];
  });
}

/** Healthy, and nothing but that to say. */
export function isUnremarkable({ severity, findings }: LinkReport): boolean {
  return severity === 'healthy' && findings.length === 0;
}

/** The link that the first line is about: the only one, unless it is not what makes the whole as bad as it is. */
export function onlyLink({ links, severity }: CheckReport): LinkReport | null {
  const [link, ...others] = links;
  return link !== undefined && others.length === 0 && link.severity === severity ? link : null;
}

/** What the whole is, in one line: the only link, or how many links are in which state. */
export function headlineText(report: CheckReport): string {
  const { links, servers } = report;
  if (links.length === 0) return 'no link was seen';
  const link = onlyLink(report);
  if (link !== null) return `${stateText(link)}  ${linkText(link)}`;
  const counts = severities.toReversed().flatMap((severity) => {
    const count = links.filter((link) => link.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const hidden = servers.some(({ mayHideLinks }) => mayHideLinks) ? '; more may be unseen' : '';
  return `${countText(links.length, 'link')}: ${counts.join(', ')}${hidden}`;
}

/** What to make of it that there is no link. */
export function noLinksText(servers: readonly ServerReport[]): string {
  return servers.every(({ state }) => state === 'polled')
    ? 'Every server answered, none has a distributed availability group, and none is configured under `links`. Only the node that is primary of its availability group shows one.'
    : 'No server that answered has a distributed availability group, and none is configured under `links`.';
}
