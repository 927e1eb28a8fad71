import type { CheckReport, LinkReport, ServerReport } from '../check/report/report.ts';
import { joinBlocks, type Line, line, paragraph } from '../terminal/line.ts';
import { countText, timeText } from '../text/quantity.ts';
import { span } from '../text/visible.ts';
import { headlineText, isUnremarkable, noLinksText, onlyLink } from '../words/links.ts';
import { addressText, isTroubled, otherGroupsText, troubleTexts } from '../words/servers.ts';
import { linkText, severityTone, severityWord, stateText } from '../words/state.ts';
import { unreadLines } from './azure.ts';
import { firstHeading, healthyLines, type LinkScene, linkLines } from './link.ts';
import { stepLines } from './steps.ts';

/** Up to so many links are shown in full even when they are healthy. */
const fullLinks = 3;

/** So many causes are listed first: more would push the first step off the screen. */
const fullCauses = 4;

interface ScreenOptions {
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

/** Begins what is not seen of servers. */
const unseenHeading = 'Not seen';

/** The servers of which something is not seen, with why and what to do; nothing when all answered in full. */
function serverLines(servers: readonly ServerReport[], width: number): readonly Line[] {
  const troubled = servers.filter(isTroubled);
  const unseen =
    troubled.length === 0
      ? []
      : [line(width, span(unseenHeading, 'strong')), ...troubled.flatMap((server) => oneServer(server, width))];
  const others = servers.flatMap((server) => otherGroupsText(server) ?? []);
  return [...unseen, ...others.flatMap((text) => paragraph(text, { width, first: '' }))];
}

function oneServer(server: ServerReport, width: number): readonly Line[] {
  const where = `${server.name} (${addressText(server)})`;
  return [
    line(width, '  ', span(where, 'strong')),
    ...troubleTexts(server).flatMap((text) => paragraph(text, { width, first: '   - ', maximumLines: 4 })),
    ...stepLines(server.nextSteps, { width }),
  ];
}

const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/**
 * What the end of a screen says once more where its beginning scrolls away: what it is all about, and the one thing to do
 * first, with the link that it is of. Of lines, since a running exporter sends nothing else. `rows` are those of the terminal.
 */
export function endingLines(lines: readonly Line[], rows: number): readonly Line[] {
  // The cursor stands below the last line.
  if (lines.length <= rows - 1) return [];
  const summary = lines.slice(0, 1);
  const step = firstStepBlock(lines) ?? firstServerBlock(lines);
  const ending = [[], ...summary, ...step];
  return ending.length <= rows - 1 ? ending : [[], ...summary];
}

/** The block of lines in which the first of all first steps stands, up to the line after it; null where there is none. */
function firstStepBlock(lines: readonly Line[]): readonly Line[] | null {
  const at = lines.findIndex((line) => textOf(line) === firstHeading);
  if (at < 0) return null;
  const start = lines.findLastIndex((line, index) => index < at && textOf(line) === '') + 1;
  const end = lines.findIndex((line, index) => index > at && textOf(line) === '');
  return lines.slice(Math.max(1, start), end < 0 ? lines.length : end);
}

/** Where no link has a step: the first server that is not seen, with why and what to do; empty where all are. */
function firstServerBlock(lines: readonly Line[]): readonly Line[] {
  const start = lines.findIndex((line) => textOf(line) === unseenHeading) + 1;
  if (start === 0) return [];
  const isServer = (line: Line): boolean => /^ {2}\S/.test(textOf(line)) && !/^ {2}\d+\. /.test(textOf(line));
  const end = lines.findIndex((line, index) => index > start && (textOf(line) === '' || isServer(line)));
  return lines.slice(start, end < 0 ? lines.length : end);
}
