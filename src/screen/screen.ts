import type { CheckReport, LinkReport } from '../check/report/report.ts';
import { joinBlocks, type Line, line, paragraph } from '../terminal/line.ts';
import { countText, timeText } from '../text/quantity.ts';
import { span } from '../text/span.ts';
import { headlineText, isUnremarkable, noLinksText, onlyLink } from '../words/links.ts';
import { linkText, severityTone, severityWord, stateText } from '../words/state.ts';
import { unreadLines } from './azure.ts';
import { healthyLines, type LinkScene, linkLines } from './link.ts';
import { serverLines } from './servers.ts';

/** Up to so many links are shown in full even when they are healthy. */
const fullLinks = 3;

/** So many causes are listed first: more would push the first step off the screen. */
const fullCauses = 4;

export interface ScreenOptions {
  readonly width: number;
}

/** The whole screen: what is worst first. No line is wider than asked for. */
export function screenLines(report: CheckReport, { width }: ScreenOptions): readonly Line[] {
  const { links, servers, generatedAtSeconds: nowSeconds } = report;
  const scene = { width, nowSeconds, servers, hasHeadline: onlyLink(report) === null };
  const isFull = (link: LinkReport): boolean => links.length <= fullLinks || !isUnremarkable(link);
  const short = links.filter((link) => !isFull(link));
  // With few links each is told in full; of many with one cause the first stands for all of them.
  const causes = Map.groupBy(links.filter(isFull), (link) =>
    links.length <= fullLinks ? linkText(link) : causeOf(link),
  );
  return joinBlocks([
    [...summaryLines(report, width), ...causeLines([...causes.values()], width)],
    ...[...causes.values()].map((same) => sameCauseLines(same, scene)),
    healthyLines(short, width),
    serverLines(servers, width),
    unreadLines(report.unreadInAzure, width),
  ]);
}

/** What makes links alike for whoever has to mend them: the verdict, the kinds of findings, and the same ends in the same roles. */
function causeOf({ verdict, findings, ends }: LinkReport): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  return JSON.stringify([verdict, codes, ends.map(({ server, role, state }) => [server, role, state])]);
}

/** Of more than one cause: each in a line, before the first of them is told in full. */
function causeLines(causes: readonly (readonly LinkReport[])[], width: number): readonly Line[] {
  if (causes.length < 2) return [];
  const hidden = causes.slice(fullCauses).length;
  return [
    ...causes.slice(0, fullCauses).flatMap(([first, ...others]) => {
      if (first === undefined) return [];
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      return [line(width, '  ', severityWord(first.severity), `  ${stateText(first)}: ${linkText(first)}${more}`)];
    }),
    ...(hidden === 0 ? [] : [line(width, span(`  and ${countText(hidden, 'more cause')} below`, 'faint'))]),
  ];
}

/** The first link of one cause in full, and the names of the others. */
function sameCauseLines(same: readonly LinkReport[], scene: LinkScene): readonly Line[] {
  const [first, ...others] = same;
  if (first === undefined) return [];
  const lines = linkLines(first, scene);
  if (others.length === 0) return lines;
  const names = others.map(linkText).join(', ');
  const text = `The same of ${countText(others.length, 'more link')}, each with databases of its own: ${names}. --link=NAME has the details of one.`;
  return [...lines, ...paragraph(text, { width: scene.width, first: '  ', tone: 'strong' })];
}

/** The first line is what a monitoring system shows of the whole. */
function summaryLines(report: CheckReport, width: number): readonly Line[] {
  const { severity, links, servers, generatedAtSeconds } = report;
  const answered = servers.filter(({ state }) => state === 'polled');
  const seconds = Math.max(0, ...servers.map(({ pollDurationSeconds }) => pollDurationSeconds ?? 0));
  const took = `in ${seconds.toFixed(1)} s`;
  const polled = `${answered.length} of ${countText(servers.length, 'server')} answered, ${took}`;
  return [
    line(width, severityWord(severity), '  ', span(headlineText(report), severityTone(severity))),
    line(width, span(`${timeText(generatedAtSeconds)}, ${polled}`, 'faint')),
    ...(links.length > 0 ? [] : paragraph(noLinksText(servers), { width, first: '' })),
  ];
}
