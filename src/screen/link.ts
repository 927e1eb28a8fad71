import type { CertificateReport, LinkReport } from '../check/report/report.ts';
import { joinBlocks, type Line, line, paragraph, table } from '../terminal/line.ts';
import { countText, durationText } from '../text/quantity.ts';
import { span } from '../text/visible.ts';
import { certificateColumns, certificateRows, type EndFacts, endColumns, endRemarks, endRow } from '../words/ends.ts';
import { failoverText, whyTexts, worstLagSeconds } from '../words/links.ts';
import { heldText, linkText, orDash, severityWord, stateSpan } from '../words/state.ts';
import { azureLines } from './azure.ts';
import { databaseLines } from './databases.ts';
import { beginningLines, seedingLines } from './seedings.ts';
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
export interface LinkScene extends EndFacts {
  readonly width: number;
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

function failoverLines(link: LinkReport, width: number): readonly Line[] {
  const text = failoverText(link);
  return text === null ? [] : paragraph(text, { width, first: '  ' });
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

/** Both ends with role, reachability and freshness, then what the primary says of its partner. */
function endLines({ ends }: Pick<LinkReport, 'ends'>, scene: LinkScene): readonly Line[] {
  if (ends.length === 0) return [];
  return [
    ...table(
      scene.width,
      endColumns,
      ends.map((end) => endRow(end, scene)),
    ),
    ...ends
      .flatMap((end) => endRemarks(end, scene))
      .flatMap(({ text, tone }) => paragraph(text, { width: scene.width, first: '  ', tone })),
  ];
}

/** The certificates that a link rests on with the days that are left; roots in order are one row per server. */
function certificateLines(certificates: readonly CertificateReport[], width: number): readonly Line[] {
  return certificates.length === 0 ? [] : table(width, certificateColumns, certificateRows(certificates));
}
