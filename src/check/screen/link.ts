import type { FailoverCheck } from '../../link/failover.ts';
import type { LinkReport } from '../report/report.ts';
import { durationText } from '../text/quantity.ts';
import { certificateLines } from './certificates.ts';
import { databaseLines, tellingCopies } from './databases.ts';
import { type EndScene, endLines } from './ends.ts';
import { type Line, line, paragraph, span } from './line.ts';
import { seedingLines } from './seedings.ts';
import { stepLines } from './steps.ts';
import { linkText, severityTone, severityWord, verdictText } from './words.ts';

const maximumReasons = 8;

/** Everything about one link. */
export function linkLines(link: LinkReport, scene: EndScene): readonly Line[] {
  const { width } = scene;
  return [
    headline(link, width),
    ...endLines(link, scene),
    ...databaseLines(link, width),
    ...seedingLines(link.seedings, scene),
    ...certificateLines(link.certificates, width),
    ...failoverLines(link, width),
    ...reasonLines(link, width),
    ...(link.nextSteps.length === 0
      ? []
      : [line(width, span('  next', 'strong')), ...stepLines(link.nextSteps, width)]),
  ];
}

function headline(link: LinkReport, width: number): Line {
  const verdict = span(verdictText(link.verdict), severityTone(link.severity));
  // A long name must not push the verdict off the line.
  return line(width, severityWord(link.severity), '  ', verdict, '  ', span(linkText(link), 'strong'));
}

/** One line for a link of which there is nothing more to say. */
export function linkRow(link: LinkReport, width: number): Line {
  const primary = link.ends.find(({ role }) => role === 'PRIMARY');
  const others = link.ends.filter(({ role }) => role !== 'PRIMARY').map(({ server }) => server);
  const ends = primary === undefined ? [] : [`  ${[primary.server, ...others].join(' -> ')}`];
  const lags = link.databases
    .flatMap(({ copies }) => tellingCopies(copies))
    .flatMap(({ lagSeconds }) => (lagSeconds === null ? [] : [lagSeconds]));
  const lag = lags.length === 0 ? '' : `  lag ${durationText(Math.max(...lags))}`;
  return line(
    width,
    severityWord(link.severity),
    '  ',
    span(verdictText(link.verdict), severityTone(link.severity)),
    '  ',
    span(linkText(link), 'strong'),
    ...ends,
    lag,
  );
}

/** Whether a planned failover would go well: on the line only what stands against it. */
function failoverLines({ failover, databases }: LinkReport, width: number): readonly Line[] {
  const { isReady, checks } = failover;
  if (isReady === true) return paragraph('planned failover: ready', { width, first: '  ' });
  const status = isReady === false ? 'failed' : 'unknown';
  const open = (all: readonly FailoverCheck[]): readonly string[] =>
    all.filter((each) => each.status === status).map(({ check }) => check);
  const ofDatabases = databases.flatMap(({ failoverChecks }) => open(failoverChecks));
  const names = [...new Set([...open(checks), ...ofDatabases])].map((name) => name.replaceAll('_', ' '));
  if (names.length === 0) return [];
  const what = isReady === false ? 'not ready, fails' : 'not known, can not tell';
  return paragraph(`planned failover: ${what}: ${names.join(', ')}`, { width, first: '  ' });
}

/** Why it is as it is; of a healthy link only what is remarkable. */
function reasonLines(link: LinkReport, width: number): readonly Line[] {
  const reasons = link.reasons.filter(({ code }) => code !== 'partner_healthy').map(({ text }) => text);
  const errors = link.errors.map(({ number, name, meaning }) => `${number} ${name}: ${meaning}`);
  const all = [...reasons, ...errors];
  if (all.length === 0) return [];
  const hidden = all.length - maximumReasons;
  return [
    line(width, span(link.severity === 'healthy' ? '  note' : '  why', 'strong')),
    ...all.slice(0, maximumReasons).flatMap((text) => paragraph(text, { width, first: '   - ', maximumLines: 6 })),
    ...(hidden <= 0 ? [] : [line(width, span(`     and ${hidden} more: --json has them all`, 'faint'))]),
  ];
}
