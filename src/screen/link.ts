import type { FindingReport, LinkReport } from '../check/report/report.ts';
import type { FailoverCheck } from '../link/failover.ts';
import { compareNatural } from '../link/order.ts';
import { joinBlocks, type Line, line, paragraph, span } from '../terminal/line.ts';
import { table } from '../terminal/table.ts';
import { countText, durationText } from '../text/quantity.ts';
import { certificateLines } from '../words/certificates.ts';
import { type EndScene, endLines } from '../words/ends.ts';
import { heldText, sinceText } from '../words/since.ts';
import { linkText, orDash, severityWord, stateSpan } from '../words/state.ts';
import { azureLines } from './azure.ts';
import { beginningLines } from './beginnings.ts';
import { databaseLines, tellingCopies } from './databases.ts';
import { seedingLines } from './seedings.ts';
import { stepLines } from './steps.ts';

const maximumReasons = 8;

/** Above the first step of a link. */
export const firstHeading = '  first';

/** Everything about one link. */
export function linkLines(link: LinkReport, scene: LinkScene): readonly Line[] {
  const { width } = scene;
  const [first, ...others] = link.nextSteps;
  const top = [...(scene.hasHeadline ? [headline(link, width)] : []), ...heldLines(link, scene)];
  return joinBlocks([
    // Before all else, so that it stands in the first screen of a terminal whatever follows.
    ...(first === undefined
      ? [[...top, ...endLines(link, scene)]]
      : [[...top, line(width, span(firstHeading, 'strong')), ...stepLines([first], { width })], endLines(link, scene)]),
    [...databaseLines(link, scene), ...seedingLines(link.seedings, scene)],
    beginningLines(link.beginnings, width),
    [...certificateLines(link.certificates, width), ...failoverLines(link, width)],
    azureLines(link, scene),
    reasonLines(link, scene),
    others.length === 0 ? [] : [line(width, span('  next', 'strong')), ...stepLines(others, { width, firstNumber: 2 })],
  ]);
}

/** What the lines of a link need besides it. */
export interface LinkScene extends EndScene {
  /** Where the screen is about one link only, its first line says the same. */
  readonly hasHeadline: boolean;
}

/** Since when the verdict holds, where somebody watched. */
function heldLines({ held, severity }: LinkReport, { width, nowSeconds }: LinkScene): readonly Line[] {
  if (held === null || severity === 'healthy') return [];
  return paragraph(heldText(held, nowSeconds), { width, first: '  ' });
}

function headline(link: LinkReport, width: number): Line {
  // A long name must not push the verdict off the line.
  return line(width, severityWord(link.severity), '  ', stateSpan(link), '  ', span(linkText(link), 'strong'));
}

/** The healthy links of which there is nothing more to say, one line each. */
export function healthyLines(links: readonly LinkReport[], width: number): readonly Line[] {
  if (links.length === 0) return [];
  const columns = [
    { heading: 'link', isName: true },
    { heading: 'primary', isName: true },
    { heading: 'secondary', isName: true },
    { heading: 'lag', align: 'right' },
  ] as const;
  const head = line(width, severityWord('healthy'), '  ', countText(links.length, 'link'));
  return [head, ...table(width, columns, links.map(healthyRow))];
}

function healthyRow(link: LinkReport): readonly string[] {
  const named = (isPrimary: boolean): string =>
    link.ends
      .filter(({ role }) => (role === 'PRIMARY') === isPrimary)
      .map(({ server }) => server)
      .join(', ');
  return [linkText(link), named(true), named(false), orDash(worstLagSeconds(link), durationText)];
}

/** The largest lag of a copy of the link, as the copies that matter tell it; null where none is known. */
export function worstLagSeconds({ databases }: Pick<LinkReport, 'databases'>): number | null {
  const lags = databases
    .flatMap(({ copies }) => tellingCopies(copies))
    .flatMap(({ lagSeconds }) => (lagSeconds === null ? [] : [lagSeconds]));
  return lags.length === 0 ? null : Math.max(...lags);
}

function failoverLines(link: LinkReport, width: number): readonly Line[] {
  const text = failoverText(link);
  return text === null ? [] : paragraph(text, { width, first: '  ' });
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

/** Why it is as it is; of a healthy link only what is remarkable. */
function reasonLines(link: LinkReport, { width, nowSeconds }: LinkScene): readonly Line[] {
  // The server's own words are long, and what they mean comes after them.
  const all = whyTexts(link, nowSeconds).map(({ code, text }) => ({
    text,
    maximumLines: code === 'last_connect_error' ? 2 : 4,
  }));
  if (all.length === 0) return [];
  const hidden = all.length - maximumReasons;
  return [
    line(width, span(link.severity === 'healthy' ? '  note' : '  why', 'strong')),
    ...all
      .slice(0, maximumReasons)
      .flatMap(({ text, maximumLines }) => paragraph(text, { width, first: '   - ', maximumLines })),
    ...(hidden <= 0 ? [] : [line(width, span(`     and ${hidden} more: --json has them all`, 'faint'))]),
  ];
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
