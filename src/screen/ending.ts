import type { Line } from '../terminal/line.ts';
import { firstHeading } from './link.ts';
import { unseenHeading } from './servers.ts';

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
